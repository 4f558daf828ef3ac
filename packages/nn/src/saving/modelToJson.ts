import { writeJson } from "./json/writeJson.ts";
import type { Savable } from "./savable.ts";
import { type SaveOptions, savedTensors } from "./savedTensors.ts";

/**
 * The parameters of a model as JSON for people, with names and shapes as {@link toSafetensors} has them:
 *
 *     {
 *       "format": "chainrule model",
 *       "version": 1,
 *       "parameters": {
 *         "layers.0.weight": [
 *           [0.5, -1.25]
 *         ],
 *         "layers.0.bias": [0]
 *       }
 *     }
 *
 * Every double is kept: those that JSON has no word for are the strings "NaN", "Infinity", "-Infinity" and "-0".
 *
 * @throws TypeError if a parameter has no name or is not a leaf, or two tensors have one name, or for wrong options
 * @example Object.keys(JSON.parse(modelToJson(new MLP(2, [1]))).parameters) // ["layers.0.weight", "layers.0.bias"]
 */
export function modelToJson(model: Savable, options: SaveOptions = {}): string {
  return writeJson(savedTensors("modelToJson", model, options));
}
