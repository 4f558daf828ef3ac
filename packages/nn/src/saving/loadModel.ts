import { readBytes } from "#files";
import { checkOptions } from "../check.ts";
import { assignTensors } from "./assignTensors.ts";
import { decodeUtf8 } from "./decodeUtf8.ts";
import { formatOf } from "./formatOf.ts";
import { readJson } from "./json/readJson.ts";
import type { Metadata } from "./metadata.ts";
import { type NamesOptions, parameterTensors } from "./parameterTensors.ts";
import { readSafetensors } from "./safetensors/readSafetensors.ts";
import type { Savable } from "./savable.ts";

/**
 * Gives the parameters of a model the numbers of a file: `await loadModel(mlp, "moons.safetensors")`.
 *
 * The file is one of {@link saveModel}, or a safetensors file of PyTorch. See {@link loadSafetensors} and
 * {@link loadModelJson}.
 *
 * @returns the metadata of the file
 * @throws TypeError or RangeError, and the model stays as it was, if the file is not what its name says, or its names,
 *   shapes or types do not fit the model
 * @throws Error if the file cannot be read, or there are no files, as in a browser
 */
export async function loadModel(model: Savable, path: string, options: NamesOptions = {}): Promise<Metadata> {
  checkOptions("loadModel", options, ["names"]);
  const format = formatOf("loadModel", path);
  const expected = parameterTensors("loadModel", model, options.names);
  const bytes = await readBytes("loadModel", path);
  const what = `loadModel: ${JSON.stringify(path)}`;
  const saved =
    format === "json" ? readJson(what, decodeUtf8(`${what}: the text`, bytes)) : readSafetensors(what, bytes);
  assignTensors(what, expected, saved.tensors);
  return saved.metadata;
}
