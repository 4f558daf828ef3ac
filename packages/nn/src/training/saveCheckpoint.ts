import { readBytes, writeFileAtomically } from "#files";
import { decodeUtf8 } from "../saving/decodeUtf8.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpointJson.ts";

/**
 * Writes a checkpoint to a file, as JSON in which every number is exact. The file is written atomically: whatever
 * happens, the path holds either the old checkpoint or the new one.
 *
 * @param checkpoint - of `history.checkpoint`, or of a report to `onEpoch`
 * @throws TypeError or RangeError that names the entry, if it is none
 * @throws Error if the file cannot be written, or there are no files, as in a browser
 */
export async function saveCheckpoint(checkpoint: Checkpoint, path: string): Promise<void> {
  const text = writeCheckpoint("saveCheckpoint: checkpoint", checkpoint);
  await writeFileAtomically("saveCheckpoint", path, text);
}

/**
 * Reads a checkpoint from a file of {@link saveCheckpoint}: `await fit(model, data, { …, resume: await
 * loadCheckpoint(path) })`. `fit` checks that it fits.
 *
 * @throws TypeError or RangeError if the file is no checkpoint
 * @throws Error if the file cannot be read, or there are no files, as in a browser
 */
export async function loadCheckpoint(path: string): Promise<Checkpoint> {
  const what = `loadCheckpoint: ${JSON.stringify(path)}`;
  const text = decodeUtf8(`${what}: the text`, await readBytes("loadCheckpoint", path));
  return readCheckpoint(what, text);
}
