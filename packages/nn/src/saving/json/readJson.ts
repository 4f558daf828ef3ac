import { checkMetadata } from "../metadata.ts";
import { described, listed, quoted } from "../quoted.ts";
import type { SavedTensors } from "../tensor.ts";
import { flat } from "./nested.ts";
import { numbersFromJson } from "./numbersToJson.ts";
import { isRecord, parseJson } from "./parseJson.ts";

/** What the first entry of the JSON form says that it is. */
export const FORMAT = "chainrule model";
/** Goes up when an older reader could not understand the file. */
export const VERSION = 1;

/**
 * Reads the JSON form of a model, which may be hostile. {@link modelToJson} says what it looks like.
 *
 * @param what - whose text it is, for the message
 * @throws TypeError or RangeError that says what is wrong
 */
export function readJson(what: string, text: string): SavedTensors {
  const json = parseJson(`${what}: the text`, text);
  if (!isRecord(json)) throw new TypeError(`${what}: must be an object, got ${described(json)}.`);
  const { format, version, metadata = {}, parameters, ...others } = json;
  if (format !== FORMAT) {
    throw new TypeError(`${what}: format must be ${quoted(FORMAT)}, got ${described(format)}.`);
  }
  if (version !== VERSION) {
    throw new RangeError(
      `${what}: version must be ${VERSION}, got ${described(version)}. A newer @chainrule/nn may read it.`,
    );
  }
  const unknown = Object.keys(others);
  if (unknown.length > 0) {
    throw new TypeError(`${what}: there must be no entry ${listed(unknown)}. Notes go into metadata.`);
  }
  checkMetadata(`${what}: metadata`, metadata);
  if (!isRecord(parameters)) {
    throw new TypeError(`${what}: parameters must be an object, got ${described(parameters)}.`);
  }
  const tensors = Object.entries(parameters).map(([name, entry]) => {
    const tensor = `${what}: tensor ${quoted(name)}`;
    return [name, flat(tensor, numbersFromJson(tensor, entry))] as const;
  });
  return { tensors: new Map(tensors), metadata };
}
