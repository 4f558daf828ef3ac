import { checkOptions, describe } from "../check.ts";
import { assignTensors } from "./assignTensors.ts";
import { readJson } from "./json/readJson.ts";
import type { Metadata } from "./metadata.ts";
import { type NamesOptions, parameterTensors } from "./parameterTensors.ts";
import type { Savable } from "./savable.ts";

/**
 * Gives the parameters of a model the numbers of a text that {@link modelToJson} wrote.
 *
 * The text may come from anywhere: it is checked wholly before the model is touched. Gradients stay as they are.
 *
 * @returns the metadata of the text
 * @throws TypeError or RangeError, and the model stays as it was, if the text is not the JSON of a model, or its names
 *   or shapes do not fit the model
 * @example const mlp = new MLP(2, [1]); loadModelJson(mlp, modelToJson(mlp, { metadata: { epochs: "200" } })) // { epochs: "200" }
 */
export function loadModelJson(model: Savable, text: string, options: NamesOptions = {}): Metadata {
  checkOptions("loadModelJson", options, ["names"]);
  if (typeof text !== "string")
    throw new TypeError(`loadModelJson: text must be a string, got ${describe(text)}.`);
  const expected = parameterTensors("loadModelJson", model, options.names);
  const { tensors, metadata } = readJson("loadModelJson", text);
  assignTensors("loadModelJson", expected, tensors);
  return metadata;
}
