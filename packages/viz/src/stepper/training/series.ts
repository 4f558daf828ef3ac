import { pack } from "../pack.ts";
import type { Packed } from "../page/pageData.ts";
import { SPECIAL, SPECIALS } from "../page/training/series.ts";

/** Numbers to 4 significant digits, as pictures show them; one where they are all the same. */
export function packSeries(numbers: readonly (number | null)[]): Packed {
  const all = numbers.map((number) => pack(partsOf(number)));
  return shortened(all).join("");
}

/** One where all are the same. */
export function shortened<Item>(items: readonly Item[]): readonly Item[] {
  return items.every((item) => item === items[0]) ? items.slice(0, 1) : items;
}

/** `mantissa × 10^exponent`, the mantissa as short as can be. */
function partsOf(number: number | null): [mantissa: number, exponent: number] {
  if (number === null || !Number.isFinite(number)) {
    return [SPECIALS.findIndex((special) => Object.is(special, number)), SPECIAL];
  }
  if (number === 0) return [0, 0];
  const [digits, power] = number.toExponential(3).split("e") as [string, string];
  const short = digits.replace(/\.?0+$/, "");
  const decimals = short.split(".")[1]?.length ?? 0;
  return [Number(short.replace(".", "")), Number(power) - decimals];
}
