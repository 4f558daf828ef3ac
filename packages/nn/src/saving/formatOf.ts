import { describe } from "../check.ts";
import { quoted } from "./quoted.ts";

/** What a file of a model is, by the end of its name. @throws TypeError or RangeError for any other path */
export function formatOf(caller: string, path: unknown): "safetensors" | "json" {
  if (typeof path !== "string") {
    throw new TypeError(`${caller}: path must be a string, got ${describe(path)}.`);
  }
  if (/\.safetensors$/i.test(path)) return "safetensors";
  if (/\.json$/i.test(path)) return "json";
  throw new RangeError(`${caller}: path must end in .safetensors or .json, got ${quoted(path)}.`);
}
