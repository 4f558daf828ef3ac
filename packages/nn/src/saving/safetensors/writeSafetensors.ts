import { quoted } from "../quoted.ts";
import type { SavedTensors } from "../tensor.ts";
import { LONGEST_HEADER } from "./readSafetensors.ts";

/**
 * The bytes of a safetensors file, the same that the library of the format writes: tensors by name, numbers as F64, the
 * header filled up with spaces so that the data begins at a multiple of 8 bytes.
 *
 * @param what - whose tensors they are, for the message
 * @throws RangeError if a tensor is named `__metadata__`, or the header gets longer than 100 MB
 * @see https://github.com/huggingface/safetensors#format
 */
export function writeSafetensors(what: string, { tensors, metadata }: SavedTensors): Uint8Array {
  if (tensors.has("__metadata__")) {
    throw new RangeError(
      `${what}: a tensor cannot be named ${quoted("__metadata__")} in a safetensors file.`,
    );
  }
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  const entries: (readonly [name: string, entry: unknown])[] = [];
  if (Object.keys(metadata).length > 0) entries.push(["__metadata__", metadata]);
  let size = 0;
  for (const [name, { shape, data }] of sorted) {
    entries.push([name, { dtype: "F64", shape, data_offsets: [size, size + 8 * data.length] }]);
    size += 8 * data.length;
  }
  const header = encodedHeader(entries);
  if (header.length > LONGEST_HEADER) {
    throw new RangeError(
      `${what}: the header would have ${header.length} bytes, at most ${LONGEST_HEADER} are allowed. ` +
        "Use fewer or shorter names and metadata, or JSON.",
    );
  }
  const bytes = new Uint8Array(8 + header.length + size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  let at = 8 + header.length;
  for (const [, { data }] of sorted) {
    for (let i = 0; i < data.length; i++, at += 8) view.setFloat64(at, data[i]!, true);
  }
  return bytes;
}

/** As text, because objects reorder names such as "0" and do not take the name "__proto__". */
function encodedHeader(entries: readonly (readonly [name: string, entry: unknown])[]): Uint8Array {
  const text = entries.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`).join(",");
  const json = new TextEncoder().encode(`{${text}}`);
  const header = new Uint8Array(8 * Math.ceil(json.length / 8)).fill(" ".charCodeAt(0));
  header.set(json);
  return header;
}
