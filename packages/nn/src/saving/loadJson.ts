import { checkOptions, describe } from "../check.ts";
import { assignTensors } from "./assignTensors.ts";
import { readJson } from "./json/readJson.ts";
import type { Metadata } from "./metadata.ts";
import { type NamesOptions, parameterTensors } from "./parameterTensors.ts";
import type { Savable } from "./savable.ts";

/**
 * Gives the parameters of a model the numbers of a text that {@link toJson} wrote.
 *
 * The text may come from anywhere: it is checked wholly before the model is touched. Gradients stay as they are.
 *
 * @returns the metadata of the text
 * @throws TypeError or RangeError, and the model stays as it was, if the text is not the JSON of a model, or its names
 *   or shapes do not fit the model
 * @example const mlp = new MLP(2, [1]); loadJson(mlp, toJson(mlp, { metadata: { epochs: "200" } })) // { epochs: "200" }
 */
export function loadJson(model: Savable, text: string, options: NamesOptions = {}): Metadata {
  checkOptions("loadJson", options, ["names"]);
  if (typeof text !== "string")
    throw new TypeError(`loadJson: text must be a string, got ${describe(text)}.`);
  const expected = parameterTensors("loadJson", model, options.names);
  const { tensors, metadata } = readJson("loadJson", text);
  assignTensors("loadJson", expected, tensors);
  return metadata;
}
