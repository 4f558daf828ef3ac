import { checkOptions, describe } from "../check.ts";
import { assignTensors } from "./assignTensors.ts";
import type { Metadata } from "./metadata.ts";
import { type NamesOptions, parameterTensors } from "./parameterTensors.ts";
import { readSafetensors } from "./safetensors/readSafetensors.ts";
import type { Savable } from "./savable.ts";

/**
 * Gives the parameters of a model the numbers of a safetensors file, such as {@link toSafetensors} or PyTorch wrote.
 *
 * Reads tensors of F64, F32, F16 and BF16. The bytes may come from anywhere: they are checked wholly before the model
 * is touched. Gradients stay as they are.
 *
 * @returns the metadata of the file
 * @throws TypeError or RangeError, and the model stays as it was, if the bytes are no safetensors file, or its names,
 *   shapes or types do not fit the model
 * @example const [old, mlp] = [new MLP(2, [1], { seed: 1 }), new MLP(2, [1])]; loadSafetensors(mlp, toSafetensors(old)); mlp.parameters()[0]!.data === old.parameters()[0]!.data // true
 * @see https://github.com/huggingface/safetensors#format
 */
export function loadSafetensors(model: Savable, bytes: Uint8Array, options: NamesOptions = {}): Metadata {
  checkOptions("loadSafetensors", options, ["names"]);
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(
      `loadSafetensors: bytes must be a Uint8Array, got ${describe(bytes)}. ` +
        "Of an ArrayBuffer, make one by new Uint8Array(buffer).",
    );
  }
  const expected = parameterTensors("loadSafetensors", model, options.names);
  const { tensors, metadata } = readSafetensors("loadSafetensors", bytes);
  assignTensors("loadSafetensors", expected, tensors);
  return metadata;
}
