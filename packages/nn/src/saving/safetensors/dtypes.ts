/** How numbers of one type lie in a file; all are little-endian. */
export interface Dtype {
  /** How many bytes one number takes. */
  readonly size: number;
  /** The number at a byte. */
  read(view: DataView, at: number): number;
}

/** The floating-point types of safetensors that become doubles exactly. A Map, for names come from files. */
export const dtypes: ReadonlyMap<string, Dtype> = new Map([
  ["F64", { size: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) }],
  ["F32", { size: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) }],
  ["F16", { size: 2, read: (view: DataView, at: number) => float16(view.getUint16(at, true)) }],
  ["BF16", { size: 2, read: (view: DataView, at: number) => bfloat16(view.getUint16(at, true)) }],
]);

/** binary16 of IEEE 754 (2019), §3.4: 1 bit sign, 5 bits exponent with bias 15, 10 bits fraction. */
function float16(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The upper half of a binary32. */
function bfloat16(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}
