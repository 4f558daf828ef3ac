import { readFileSync } from "node:fs";
import { checkIsFile } from "./loadModule.ts";
import { UsageError } from "./usageError.ts";

/** Text from outside, and what to call it in errors. */
export interface SourceText {
  readonly shown: string;
  readonly text: string;
}

/** @throws UsageError if there is nothing, or it is not text */
export async function readStandardInput(): Promise<SourceText> {
  const shown = "standard input";
  if (process.stdin.isTTY) {
    throw new UsageError(
      "there is nothing to draw. Name a module, or pipe DOT or JSON in. chainrule-viz --help tells more.",
    );
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return { shown, text: decode(Buffer.concat(chunks), shown) };
}

/** @throws UsageError if it cannot be read, or is not text */
export function readTextFile(path: string): SourceText {
  checkIsFile(path);
  return { shown: path, text: decode(readFileSync(path), path) };
}

function decode(bytes: Uint8Array, shown: string): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${shown} is not UTF-8 text. It must be DOT, or JSON of toJson.`);
  }
  if (text.trim() !== "") return text;
  throw new UsageError(`${shown} is empty. It must be DOT, or JSON of toJson; or name a module.`);
}
