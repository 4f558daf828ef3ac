import { writeFileAtomically } from "#files";
import { formatOf } from "./formatOf.ts";
import { writeJson } from "./json/writeJson.ts";
import { writeSafetensors } from "./safetensors/writeSafetensors.ts";
import type { Savable } from "./savable.ts";
import { type SaveOptions, savedTensors } from "./savedTensors.ts";

/**
 * Writes the parameters of a model to a file: `await saveModel(mlp, "moons.safetensors")`, or `"moons.json"`.
 *
 * The file holds what {@link toSafetensors} or {@link modelToJson} gives, by the end of its name. It is written atomically:
 * whatever happens, the path holds either the old file or the new one.
 *
 * @throws TypeError or RangeError for a model, path or options that cannot be saved
 * @throws Error if the file cannot be written, or there are no files, as in a browser
 */
export async function saveModel(model: Savable, path: string, options: SaveOptions = {}): Promise<void> {
  const format = formatOf("saveModel", path);
  const saved = savedTensors("saveModel", model, options);
  const data = format === "json" ? writeJson(saved) : writeSafetensors("saveModel", saved);
  await writeFileAtomically("saveModel", path, data);
}
