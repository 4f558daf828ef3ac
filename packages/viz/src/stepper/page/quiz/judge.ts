/** What there is to say to an answer. */
export type Verdict = "right" | "no number" | "sign" | "a part" | "close" | "wrong";

/**
 * Compares what was typed with a gradient.
 *
 * @param text - a number, with a point or a comma, such as `-0.25`, `1,5e-3`, `∞`; or a fraction, `2/3`
 * @param answer - right is what differs by at most half a unit of its third significant digit
 * @param parts - what each use contributes to it
 */
export function judge(text: string, answer: number, parts: readonly number[]): Verdict {
  const given = numberIn(text);
  if (given === undefined) return "no number";
  if (isSame(given, answer)) return "right";
  if (answer !== 0 && isSame(-given, answer)) return "sign";
  if (parts.length > 1 && parts.some((part) => isSame(given, part))) return "a part";
  const isClose = Number.isFinite(answer) && Math.abs(given - answer) <= 0.05 * Math.abs(answer);
  return isClose ? "close" : "wrong";
}

/** Three significant digits are enough, and as many are needed. */
export function isSame(given: number, answer: number): boolean {
  if (Object.is(given, answer) || given === answer) return true;
  if (!Number.isFinite(answer) || answer === 0) return false;
  const digit = 10 ** (Math.floor(Math.log10(Math.abs(answer))) - 2);
  // What is written in decimals is not exactly that.
  return Math.abs(given - answer) <= 0.5 * digit * (1 + 1e-9);
}

/** In decimals, as one writes them. */
const NUMBER = /^[-+]?(Infinity|(\d+\.?\d*|\.\d+)(e[-+]?\d+)?)$/i;

/** `undefined` for what is no number. */
export function numberIn(text: string): number | undefined {
  const plain = text
    .replace(/\s/g, "")
    .replace(/[−–]/g, "-")
    .replace(/,/g, ".")
    .replace(/∞|inf(inity)?/i, "Infinity");
  if (plain === "") return undefined;
  if (/^nan$/i.test(plain)) return Number.NaN;
  const [over, under = 1, ...rest] = plain
    .split("/")
    .map((part) => (NUMBER.test(part) ? Number(part) : Number.NaN));
  const number = over! / under;
  return Number.isNaN(number) || rest.length > 0 ? undefined : number;
}
