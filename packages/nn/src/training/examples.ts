import { type Scalar, value } from "@chainrule/core";
import type { Dataset, Target } from "../data/dataset.ts";
import type { ScalarTarget } from "./loss.ts";

/** One example as numbers: its inputs, then its target. */
export type Row = Float64Array;

/** How many numbers of a target an error message shows. */
const MOST = 8;

/** The examples of a data set as rows, which compiled code takes as they are. */
export class Examples<T extends Target = Target> {
  readonly rows: readonly Row[];
  readonly #inputs: number;
  readonly #hasTargetRows: boolean;
  readonly #name: string;

  /** @param name - what an error message calls one of them */
  constructor({ inputs, targets }: Dataset<T>, name: string) {
    this.#name = name;
    this.#inputs = inputs[0]!.length;
    this.#hasTargetRows = typeof targets[0] !== "number";
    this.rows = inputs.map((row, i) => Float64Array.from([...row, ...[targets[i] as Target].flat()]));
  }

  inputsOf(row: ArrayLike<Scalar>): readonly Scalar[] {
    return Array.prototype.slice.call(row, 0, this.#inputs);
  }

  targetOf(row: ArrayLike<Scalar>): ScalarTarget<T> {
    const target: readonly Scalar[] = Array.prototype.slice.call(row, this.#inputs);
    return (this.#hasTargetRows ? target : target[0]) as ScalarTarget<T>;
  }

  /** What an error message calls the example of this row; `undefined` if it holds Values in place of its numbers. */
  nameOf(row: ArrayLike<Scalar>): string | undefined {
    const i = this.rows.indexOf(row as Row);
    if (i < 0) return undefined;
    const target = this.targetOf(row);
    const shown = Array.isArray(target)
      ? `[${target.slice(0, MOST).join(", ")}${target.length > MOST ? ", …" : ""}]`
      : target;
    return `${this.#name} ${i} (targets[${i}] = ${shown})`;
  }

  /** A row with leaves of a graph in place of its inputs. */
  withInputsAsValues(row: ArrayLike<Scalar>): Scalar[] {
    return Array.from(row, (x, i) => (i < this.#inputs && typeof x === "number" ? value(x) : x));
  }

  /**
   * Examples to try, as batches of this size, which repeat some to be full: the first one of each target if there are
   * not too many, and the first ones.
   *
   * @param least - how many there are at least, if there are as many
   * @param mostTargets - of how many different targets all are tried; of more, only some
   */
  probes(
    batchSize: number,
    { least, mostTargets }: { readonly least: number; readonly mostTargets: number },
  ): Row[][] {
    const firstOfTarget = new Map<string, Row>();
    for (const row of this.rows) {
      const target = String(this.targetOf(row));
      if (!firstOfTarget.has(target)) firstOfTarget.set(target, row);
      if (firstOfTarget.size > mostTargets) break;
    }
    const firsts = [...firstOfTarget.values()];
    const needed = firsts.length > mostTargets ? least : Math.max(least, firsts.length);
    const chosen = [...new Set([...firsts, ...this.rows.slice(0, needed)])].slice(0, needed);
    const batches: Row[][] = [];
    for (let start = 0; start < chosen.length; start += batchSize) {
      const part = chosen.slice(start, start + batchSize);
      batches.push(Array.from({ length: batchSize }, (_, i) => part[i % part.length]!));
    }
    return batches;
  }
}
