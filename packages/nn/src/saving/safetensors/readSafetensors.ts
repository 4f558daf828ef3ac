import { decodeUtf8 } from "../decodeUtf8.ts";
import { isRecord, parseJson } from "../json/parseJson.ts";
import { checkMetadata } from "../metadata.ts";
import { described, quoted } from "../quoted.ts";
import type { SavedTensors, Tensor } from "../tensor.ts";
import { type Dtype, dtypes } from "./dtypes.ts";

/** The longest header, as in the library of the format. */
export const LONGEST_HEADER = 100_000_000;

/** One entry of the header: which bytes of the data, and what they are. */
interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads the bytes of a safetensors file, which may be hostile: nothing is taken on trust from the header.
 *
 * The format: 8 bytes little-endian N, a header of N bytes of JSON, and the data, which the tensors cover without gap
 * or overlap. The header maps each name to `{ dtype, shape, data_offsets: [begin, end] }`.
 *
 * @param what - whose bytes they are, for the message
 * @throws TypeError or RangeError that says what is wrong
 * @see https://github.com/huggingface/safetensors#format
 */
export function readSafetensors(what: string, bytes: Uint8Array): SavedTensors {
  const { text, data } = parts(what, bytes);
  const header = parseJson(`${what}: the header`, text);
  if (!isRecord(header)) throw new TypeError(`${what}: the header must be an object.`);
  const { __metadata__: metadata = {} } = header;
  checkMetadata(`${what}: __metadata__`, metadata);
  const entries = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => checkEntry(`${what}: tensor ${quoted(name)}`, name, entry));
  checkCover(what, entries, data.byteLength);
  return { tensors: new Map(entries.map((entry) => [entry.name, tensorOf(entry, data)])), metadata };
}

function parts(what: string, bytes: Uint8Array): { text: string; data: DataView } {
  const { buffer, byteOffset, byteLength } = bytes;
  if (byteLength < 8) {
    throw new RangeError(`${what}: a safetensors file has at least 8 bytes, got ${byteLength}.`);
  }
  const given = new DataView(buffer, byteOffset).getBigUint64(0, true);
  if (given > LONGEST_HEADER) {
    throw new RangeError(
      `${what}: the header must not be longer than ${LONGEST_HEADER} bytes, got ${given}. ` +
        "Is it a safetensors file?",
    );
  }
  const length = Number(given);
  if (length > byteLength - 8) {
    throw new RangeError(
      `${what}: the header has ${length} bytes, but only ${byteLength - 8} are there. The file was cut short.`,
    );
  }
  if (bytes[8] !== "{".charCodeAt(0) || length === 0) {
    throw new TypeError(`${what}: the header must begin with "{". Is it a safetensors file?`);
  }
  return {
    text: decodeUtf8(`${what}: the header`, bytes.subarray(8, 8 + length)),
    data: new DataView(buffer, byteOffset + 8 + length, byteLength - 8 - length),
  };
}

function checkEntry(what: string, name: string, entry: unknown): Entry {
  if (!isRecord(entry)) throw new TypeError(`${what} must be an object, got ${described(entry)}.`);
  const { dtype: type, shape, data_offsets: offsets } = entry;
  const dtype = typeof type === "string" ? dtypes.get(type) : undefined;
  if (dtype === undefined) {
    throw new TypeError(
      `${what}: dtype must be one of ${[...dtypes.keys()].join(", ")}, got ${described(type)}. ` +
        "Convert the tensor before it is saved.",
    );
  }
  checkCounts(`${what}: shape`, shape);
  checkCounts(`${what}: data_offsets`, offsets);
  const [begin, end] = offsets;
  if (begin === undefined || end === undefined || offsets.length !== 2 || end < begin) {
    throw new RangeError(
      `${what}: data_offsets must be [begin, end], got [${offsets.slice(0, 3).join(", ")}].`,
    );
  }
  const size = shape.reduce((product, axis) => product * axis, dtype.size);
  // A product beyond 2⁵³ is rounded, but it stays far above the size of any file, and offsets are exact.
  if (size !== end - begin) {
    throw new RangeError(`${what}: dtype and shape make ${size} bytes, data_offsets ${end - begin}.`);
  }
  return { name, dtype, shape, begin, end };
}

function checkCounts(what: string, x: unknown): asserts x is readonly number[] {
  const isCount = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  if (Array.isArray(x) && x.every(isCount)) return;
  const wrong = Array.isArray(x) ? x.find((n) => !isCount(n)) : x;
  throw new TypeError(`${what} must be an array of integers ≥ 0, got ${described(wrong)}.`);
}

/** The tensors, in the order of their bytes, must each begin where the one before ends. */
function checkCover(what: string, entries: readonly Entry[], bytes: number): void {
  let covered = 0;
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered) {
      const fault = begin < covered ? "overlaps the tensor before it" : "leaves a gap before it";
      throw new RangeError(
        `${what}: tensor ${quoted(name)} ${fault}: it begins at byte ${begin} of the data, expected ${covered}.`,
      );
    }
    covered = end;
  }
  if (covered === bytes) return;
  throw new RangeError(
    `${what}: the tensors have ${covered} bytes, but ${bytes} are there. ` +
      (covered > bytes ? "The file was cut short." : "Something was added to the file."),
  );
}

/** A tensor of an entry that was checked. */
function tensorOf({ dtype, shape, begin, end }: Entry, data: DataView): Tensor {
  const numbers = new Float64Array((end - begin) / dtype.size);
  for (let i = 0; i < numbers.length; i++) numbers[i] = dtype.read(data, begin + i * dtype.size);
  return { shape, data: numbers };
}
