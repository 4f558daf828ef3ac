import { describe } from "../check.ts";
import { linesOf } from "../text.ts";

/** Losses by name, one per epoch: `{ train: [0.9, 0.5], test: [1, 0.7] }`. */
export type LossSeries = Readonly<Record<string, readonly number[]>>;

/** One line of the picture. */
export interface Series {
  /** Empty if there is only one and it has no name. */
  readonly name: string;
  readonly losses: readonly number[];
}

/**
 * The lines to draw.
 *
 * @throws TypeError if losses is neither an array of numbers nor an object of them
 * @throws RangeError if there is nothing to draw, or a number is not finite
 */
export function checkSeries(losses: readonly number[] | LossSeries): Series[] {
  if (Array.isArray(losses)) return [checkLosses("losses", "", losses)];
  if (typeof losses !== "object" || losses === null) throw wrongKind(describe(losses));
  const entries = Object.entries(losses);
  const other = entries.find(([, numbers]) => !Array.isArray(numbers));
  if (other !== undefined) {
    const isHistory = entries.some(([name, numbers]) => name === "losses" && Array.isArray(numbers));
    const advice = isHistory ? " Of what fit gives, pass history.losses." : "";
    throw wrongKind(`${describe(losses)} where ${other[0]} is ${describe(other[1])}`, advice);
  }
  if (entries.length === 0 && losses.constructor === Object)
    throw new RangeError("lossCurve: losses is an empty object, there is nothing to draw.");
  if (entries.length === 0) throw wrongKind(describe(losses));
  return entries.map(([name, numbers]) => checkLosses(name, linesOf(name).join(" "), numbers));
}

function wrongKind(given: string, advice = ""): TypeError {
  return new TypeError(
    `lossCurve: losses must be an array of numbers or an object of such arrays, got ${given}.${advice}`,
  );
}

function checkLosses(path: string, name: string, losses: readonly number[]): Series {
  if (losses.length === 0) throw new RangeError(`lossCurve: ${path} is empty, there is nothing to draw.`);
  Array.from(losses as readonly unknown[]).forEach((loss, i) => {
    if (typeof loss !== "number") {
      throw new TypeError(`lossCurve: ${path}[${i}] must be a number, got ${describe(loss)}.`);
    }
    if (Number.isFinite(loss)) return;
    throw new RangeError(
      `lossCurve: ${path}[${i}] is ${loss}, and only finite losses can be drawn. Draw those before it.`,
    );
  });
  return { name, losses };
}
