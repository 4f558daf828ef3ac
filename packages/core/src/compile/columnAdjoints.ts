import { add } from "../ops/arithmetic.ts";
import type { Pull } from "../transforms/pullback.ts";
import type { Scalar, Value } from "../value.ts";
import type { LoopParts, TracedLoop } from "./tracedLoop.ts";

/** Makes a loop of these parts. Loops hand it in, as this file cannot import theirs. */
type MakeLoop = (parts: LoopParts) => TracedLoop;

interface ColumnAdjoint {
  readonly rows: readonly Scalar[];
  gradient: Scalar;
  parts: LoopParts;
}

/**
 * What loops send to columns in the course of one pullback. Several loops may read one column, as the neurons of a
 * layer read their inputs; what they send is added up in the body of one loop, before it reaches the entries.
 */
export class ColumnAdjoints {
  static readonly #known = new WeakMap<Pull, ColumnAdjoints>();
  readonly #pull: Pull;
  readonly #makeLoop: MakeLoop;
  /** By the entry that the pullback comes to first. */
  readonly #waiting = new Map<Value, ColumnAdjoint[]>();

  private constructor(pull: Pull, makeLoop: MakeLoop) {
    this.#pull = pull;
    this.#makeLoop = makeLoop;
    pull.settle = (node) => this.#settle(node);
  }

  static of(pull: Pull, makeLoop: MakeLoop): ColumnAdjoints {
    let adjoints = ColumnAdjoints.#known.get(pull);
    if (adjoints === undefined) {
      adjoints = new ColumnAdjoints(pull, makeLoop);
      ColumnAdjoints.#known.set(pull, adjoints);
    }
    return adjoints;
  }

  /** @param gradient - a scalar of the body of a loop of these parts: what the entry at the body's row gets */
  add(rows: readonly Scalar[], gradient: Scalar, parts: LoopParts): void {
    const last = this.#lastOf(rows);
    const isSame = (other: ColumnAdjoint) =>
      other.parts.depth === parts.depth &&
      other.rows.length === rows.length &&
      other.rows.every((x, row) => x === rows[row]);
    const waiting = this.#waiting.get(last) ?? [];
    const known = waiting.find(isSame);
    if (known !== undefined) {
      known.gradient = add(known.gradient, gradient);
      known.parts = { ...parts, columns: [...known.parts.columns, ...parts.columns] };
      return;
    }
    this.#waiting.set(last, [...waiting, { rows, gradient, parts }]);
  }

  /** The entry of a column that comes last in topological order. */
  #lastOf(rows: readonly Scalar[]): Value {
    let last = -1;
    let at = 0;
    for (let row = 0; row < rows.length; row++) {
      const place = this.#pull.placeOf(rows[row]!);
      if (place === undefined || place <= last) continue;
      last = place;
      at = row;
    }
    return rows[at] as Value;
  }

  #settle(node: Value): void {
    const entries = this.#waiting.get(node);
    if (entries === undefined) return;
    this.#waiting.delete(node);
    for (const entry of entries) {
      const loop = this.#makeLoop({ ...entry.parts, stacks: [entry.gradient] });
      sendRows(this.#pull, entry.rows, (row) => loop.element(0, row));
    }
  }
}

/** Sends a contribution to each active entry of a column. */
export function sendRows(pull: Pull, rows: readonly Scalar[], contribution: (row: number) => Scalar): void {
  rows.forEach((x, row) => {
    const place = pull.placeOf(x);
    if (place !== undefined) pull.send(place, contribution(row));
  });
}
