import { describe } from "../check.ts";
import type { OptimiserState } from "../optimisers/optimiser.ts";
import { isNumberString, numbersFromJson, numbersToJson } from "../saving/json/numbersToJson.ts";
import { isRecord, parseJson } from "../saving/json/parseJson.ts";
import { quoted } from "../saving/quoted.ts";
import { checkCheckpoint } from "./checkCheckpoint.ts";
import type { Checkpoint } from "./checkpoint.ts";

const FORMAT = "chainrule checkpoint";
/** Goes up when an older reader could not understand the file. */
const VERSION = 1;

/**
 * A checkpoint as JSON in which every number is exact, also NaN and ±Infinity, which `JSON.stringify` would lose.
 *
 * @param checkpoint - of `history.checkpoint`, or of a report to `onEpoch`
 * @throws TypeError or RangeError that names the entry, if it is none
 */
export function checkpointToJson(checkpoint: Checkpoint): string {
  return writeCheckpoint("checkpointToJson: checkpoint", checkpoint);
}

/**
 * The checkpoint of a text of {@link checkpointToJson}, or of a file of {@link saveCheckpoint}. `fit` checks that it
 * fits.
 *
 * @throws TypeError or RangeError if the text is no checkpoint
 */
export function checkpointFromJson(text: string): Checkpoint {
  if (typeof text !== "string") {
    throw new TypeError(`checkpointFromJson: text must be a string, got ${describe(text)}.`);
  }
  return readCheckpoint("checkpointFromJson", text);
}

/** @param what - whose checkpoint it is, for the message */
export function writeCheckpoint(what: string, checkpoint: unknown): string {
  checkCheckpoint(what, checkpoint);
  const { optimiser, ...rest } = checkpoint;
  const saved = {
    ...(numbersToJson(what, rest) as object),
    optimiser: mapState(`${what}.optimiser`, optimiser, numbersToJson),
  };
  return `${JSON.stringify({ format: FORMAT, version: VERSION, checkpoint: saved })}\n`;
}

/** @param what - whose text it is, for the message */
export function readCheckpoint(what: string, text: string): Checkpoint {
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
  const name = `${what}: checkpoint`;
  const { optimiser, ...rest } = checkpoint;
  const read = {
    ...(numbersFromJson(name, rest) as object),
    optimiser: isRecord(optimiser) ? mapState(`${name}.optimiser`, optimiser, numbersFromJson) : optimiser,
  };
  checkCheckpoint(name, read);
  return read;
}

/** Maps the numbers of a state. Its words stay, such as the name of its method. */
function mapState(
  what: string,
  state: OptimiserState | Readonly<Record<string, unknown>>,
  f: (what: string, numbers: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(state).map(([name, entry]) => {
    const whose = `${what}.${name}`;
    if (typeof entry !== "string") return [name, f(whose, entry)];
    if (f === numbersFromJson) return [name, isNumberString(entry) ? f(whose, entry) : entry];
    if (!isNumberString(entry)) return [name, entry];
    throw new TypeError(`${whose} must not be the string ${quoted(entry)}, which stands for a number.`);
  });
  return Object.fromEntries(entries);
}
