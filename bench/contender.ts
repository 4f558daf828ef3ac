/** One contender of a work of several: does it step by step, or several steps when told. */
export type Running = {
  /** The value and then the gradient, flat, at the start. Called once, before the first step. */
  results(): Iterable<number>;
} & (
  | {
      /** Does the work once and returns its value. */
      step(): number;
    }
  | {
      /** Does the work so many times and resolves to its value. */
      steps(count: number): Promise<number>;
    }
);

/** What the file of a contender exports: makes ready for a work. */
export type Setup = (work: string) => Running | Promise<Running>;

/** The numbers of nested arrays and objects, in order. */
export function flatten(tree: unknown): number[] {
  if (typeof tree === "number") return [tree];
  return Object.values(tree as object).flatMap(flatten);
}
