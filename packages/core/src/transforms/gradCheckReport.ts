/** What a comparison says. The differences are inconclusive where they may be off by too much to tell. */
export type Verdict = "right" | "wrong" | "inconclusive";

/** One comparison. */
export interface GradCheckEntry {
  /** Which input, such as `x[0].w`; in fast mode, which direction. */
  readonly path: string;
  /** Where it is. */
  readonly at: number;
  /** The derivative by `grad` or `backward()`, whichever is further off. */
  readonly analytic: number;
  readonly numeric: number;
  /** How far off the numeric derivative may be. */
  readonly uncertainty: number;
  /** |analytic − numeric| relative to the larger of the two; 0 where the uncertainty explains it. */
  readonly error: number;
  readonly verdict: Verdict;
}

/** A partial derivative of an operation that its own values contradict. */
export interface WrongRule {
  readonly op: string;
  /** Which operand, from 1. */
  readonly operand: number;
  /** The numbers of the operands. */
  readonly operands: readonly number[];
  /** What the rule says; `null` where it says that no gradient flows. */
  readonly rule: number | null;
  readonly numeric: number;
}

/** What `gradCheck` found. */
export interface GradCheckReport {
  /** Whether every entry is right, and the result depends on every input. */
  readonly passed: boolean;
  /** The largest error of all entries. */
  readonly worst: number;
  readonly entries: readonly GradCheckEntry[];
  /** Where entries are wrong: the operations whose rules are to blame. */
  readonly wrongRules: readonly WrongRule[];
  /** The inputs that the result does not depend on. */
  readonly unconnected: readonly string[];
}

/** A report as the message of an error. */
export function explain({ entries, wrongRules, unconnected }: GradCheckReport, tolerance: number): string {
  const of = (wanted: Verdict) => entries.filter(({ verdict }) => verdict === wanted);
  const atEntry = ({ path, at, analytic, numeric }: GradCheckEntry) =>
    `  ${path} at ${at}: gradient ${analytic}, central difference ${numeric}`;
  const ofRule = ({ op, operand, operands, rule, numeric }: WrongRule) =>
    `  the partial of ${op} for operand ${operand} at (${operands.join(", ")}) is ${rule}, central difference ${numeric}`;
  const lines: string[] = [];
  const add = (heading: string, found: readonly string[]) => {
    if (found.length > 0) lines.push(heading, ...found.slice(0, 5));
  };
  const [wrong, unclear] = [of("wrong"), of("inconclusive")];
  add(`${wrong.length} of the derivatives are off by more than ${tolerance}, relative:`, wrong.map(atEntry));
  if (wrong.length > 0) lines.push(...wrongRules.slice(0, 5).map(ofRule));
  add(
    `${unclear.length} cannot be told by differences (a jump, or less change than rounding):`,
    unclear.map((entry) => `${atEntry(entry)} ± ${entry.uncertainty}`),
  );
  add(
    'the result does not depend on some inputs (if that is meant, pass { unconnected: "zero" }):',
    unconnected.map((path) => `  ${path}`),
  );
  return `gradCheck: ${lines.join("\n")}`;
}
