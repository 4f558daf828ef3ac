/** The bytes of a safetensors file put together by the text of the format's specification. */
export function file(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  return fileOf(typeof header === "string" ? header : JSON.stringify(header), data);
}

function fileOf(header: string, data: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

/** The same bytes with another length of the header. */
export function withHeaderLength(bytes: Uint8Array, length: bigint): Uint8Array {
  const changed = bytes.slice();
  new DataView(changed.buffer).setBigUint64(0, length, true);
  return changed;
}

/** Doubles as little-endian bytes. */
export function doubles(...xs: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * xs.length));
  xs.forEach((x, i) => {
    view.setFloat64(8 * i, x, true);
  });
  return new Uint8Array(view.buffer);
}
