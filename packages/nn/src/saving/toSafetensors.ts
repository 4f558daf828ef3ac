import { writeSafetensors } from "./safetensors/writeSafetensors.ts";
import type { Savable } from "./savable.ts";
import { type SaveOptions, savedTensors } from "./savedTensors.ts";

/**
 * The parameters of a model as the bytes of a safetensors file, which PyTorch and many others read.
 *
 * A layer is `weight` [outputs, inputs] and `bias` [outputs], as in `torch.nn.Linear`: those of an MLP are
 * `layers.0.weight`, `layers.0.bias`, …. So is every layer of your own model, under the name before `.neurons`. Any
 * other parameter is a tensor of shape [] under its name; without `namedParameters()` they are `parameters.0`, ….
 * Numbers are written as doubles, bit for bit. The activations are not written: the program makes the model, the file
 * fills it.
 *
 * @throws TypeError if a parameter has no name or is not a leaf, or two tensors have one name, or for wrong options
 * @example toSafetensors(new MLP(2, [1])).length // 168
 * @see https://github.com/huggingface/safetensors#format
 */
export function toSafetensors(model: Savable, options: SaveOptions = {}): Uint8Array {
  return writeSafetensors("toSafetensors", savedTensors("toSafetensors", model, options));
}
