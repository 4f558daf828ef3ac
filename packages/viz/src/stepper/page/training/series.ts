import type { Packed } from "../pageData.ts";
import { unpack } from "../unpack.ts";

/** An exponent that no number has: its mantissa says what there is in place of one. */
export const SPECIAL = 400;
/** Mantissas of what is no finite number. */
export const SPECIALS: readonly (number | null)[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  null,
];

/** Numbers frame by frame; `null` where there was none. */
export function readSeries(packed: Packed): (frame: number) => number | null {
  const parts = unpack(packed);
  return (frame) => {
    const at = parts.length === 2 ? 0 : 2 * frame;
    const [mantissa, exponent] = [parts[at]!, parts[at + 1]!];
    return exponent === SPECIAL ? SPECIALS[mantissa]! : Number(`${mantissa}e${exponent}`);
  };
}

/** Gradients frame by frame; `undefined` where there was none. */
export function readGradients(packed: Packed): (frame: number) => number | undefined {
  const read = readSeries(packed);
  return (frame) => read(frame) ?? undefined;
}

/** Letters frame by frame. */
export function readLevels(letters: string): (frame: number) => string {
  return (frame) => letters[letters.length === 1 ? 0 : frame]!;
}
