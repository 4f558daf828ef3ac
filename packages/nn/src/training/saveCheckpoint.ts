import { readBytes, writeFileAtomically } from "#files";
import { describe } from "../check.ts";
import { decodeUtf8 } from "../saving/decodeUtf8.ts";
import { isRecord, parseJson } from "../saving/json/parseJson.ts";
import { checkCheckpoint } from "./checkCheckpoint.ts";
import type { Checkpoint } from "./checkpoint.ts";

const FORMAT = "chainrule checkpoint";
/** Goes up when an older reader could not understand the file. */
const VERSION = 1;

/**
 * Writes a checkpoint to a file, as JSON in which every number is exact. The file is written atomically: whatever
 * happens, the path holds either the old checkpoint or the new one.
 *
 * @param checkpoint - of `history.checkpoint`, or of a report to `onEpoch`
 * @throws TypeError or RangeError that names the entry, if it is none
 * @throws Error if the file cannot be written, or there are no files, as in a browser
 */
export async function saveCheckpoint(checkpoint: Checkpoint, path: string): Promise<void> {
  checkCheckpoint("saveCheckpoint: checkpoint", checkpoint);
  const saved = { format: FORMAT, version: VERSION, checkpoint };
  await writeFileAtomically("saveCheckpoint", path, `${JSON.stringify(saved, encode)}\n`);
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
  const saved = parseJson(`${what}: the text`, text);
  const { format, version, checkpoint } = isRecord(saved) ? saved : {};
  if (format !== FORMAT || !isRecord(checkpoint)) {
    throw new TypeError(`${what}: is no checkpoint of chainrule.`);
  }
  if (version !== VERSION) {
    throw new RangeError(
      `${what}: version must be ${VERSION}, got ${describe(version)}. A newer @chainrule/nn may read it.`,
    );
  }
  const decoded = decode(checkpoint);
  checkCheckpoint(`${what}: checkpoint`, decoded);
  return decoded;
}

/** JSON has no word for NaN, ±∞ and −0: they are written as `{"number": "NaN"}`. */
function encode(_: string, entry: unknown): unknown {
  if (typeof entry !== "number" || (Number.isFinite(entry) && !Object.is(entry, -0))) return entry;
  return { number: Object.is(entry, -0) ? "-0" : String(entry) };
}

function decode(entry: unknown): unknown {
  if (Array.isArray(entry)) return entry.map(decode);
  if (!isRecord(entry)) return entry;
  const entries = Object.entries(entry);
  const [first] = entries;
  if (entries.length === 1 && first![0] === "number" && typeof first![1] === "string")
    return Number(first![1]);
  return Object.fromEntries(entries.map(([name, value]) => [name, decode(value)]));
}
