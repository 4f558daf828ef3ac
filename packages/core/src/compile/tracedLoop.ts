import { walk } from "../graph.ts";
import { PassingNumbers } from "../nodeNumbers.ts";
import { numberActive, type Pull, pullback } from "../transforms/pullback.ts";
import { type Push, pushforward } from "../transforms/pushforward.ts";
import type { Scalar, Value } from "../value.ts";
import { ColumnAdjoints, sendRows } from "./columnAdjoints.ts";
import { leakedValue, placeholder, stampAt, tracedNode } from "./levels.ts";
import { Part } from "./part.ts";

/** What the body reads at each row: `placeholder` stands for the entry of `rows` there. */
export interface TracedColumn {
  readonly placeholder: Value;
  /** Called only if the body reads the column. Empty where `inputs` says where the numbers are. */
  readonly rows: () => readonly Scalar[];
  /** Positions among the numbers of the arguments: the first row's, and from one row to the next. */
  readonly inputs?: { readonly first: number; readonly stride: number } | undefined;
}

/** What the body hands from row to row: `placeholder` stands for it before the row, `next` is it after. */
export interface TracedCarry {
  readonly placeholder: Value;
  readonly init: Scalar;
  readonly next: Scalar;
}

/** What a loop is made of. */
export interface LoopParts {
  readonly count: number;
  readonly depth: number;
  /** Whether rows are taken last to first. */
  readonly reversed?: boolean;
  readonly columns: readonly TracedColumn[];
  readonly carries?: readonly TracedCarry[];
  /** Scalars of the body to add up. */
  readonly sums?: readonly Scalar[];
  /** Scalars of the body to keep for each row. */
  readonly stacks?: readonly Scalar[];
}

/**
 * A loop over rows in a traced function. Its body is a graph traced once, which may use Values from outside as they are.
 * In the graph a node stands for the run of the loop, with all that the body needs from outside as operands; its results
 * are nodes with that node as operand.
 */
export class TracedLoop {
  readonly count: number;
  readonly depth: number;
  readonly reversed: boolean;
  readonly columns: readonly (Omit<TracedColumn, "rows"> & { readonly rows: readonly Scalar[] })[];
  readonly carries: readonly TracedCarry[];
  readonly sums: readonly Scalar[];
  readonly stacks: Scalar[];
  /** Values from outside that the body uses. */
  readonly captured: readonly Value[];
  /** The node that stands for the run. */
  readonly run: Value;
  /** What the body computes, operands before results, with what it captured. */
  readonly #order: readonly Value[];
  readonly #sum: Part = new Part({ kind: "sum", loop: this });
  readonly #sums: Value[] = [];
  readonly #final: Part = new Part({ kind: "final", loop: this });
  readonly #finals: Value[] = [];
  readonly #element: Part[] = [];
  readonly #elements: Value[][] = [];

  constructor({ count, depth, reversed = false, columns, carries = [], sums = [], stacks = [] }: LoopParts) {
    this.count = count;
    this.depth = depth;
    this.reversed = reversed;
    this.carries = carries;
    this.sums = sums;
    this.stacks = [...stacks];
    this.#order = walk(nodesOf(this.bodyResults), { until: this.outside });
    this.captured = this.#order.filter((node) => this.outside.has(node));
    const read = new Set(
      this.#order.filter((node) => node.op === undefined && node.stamp === stampAt(depth)),
    );
    const byPlaceholder = new Map(columns.map((column) => [column.placeholder, column]));
    const ownCarries = new Set(carries.map((carry) => carry.placeholder));
    for (const node of read) if (!byPlaceholder.has(node) && !ownCarries.has(node)) throw leakedValue();
    this.columns = [...byPlaceholder.values()]
      .filter((column) => read.has(column.placeholder))
      .map((column) => ({ ...column, rows: column.rows() }));
    const operands: Scalar[] = [...this.captured];
    for (const { rows } of this.columns) for (const x of rows) if (typeof x === "object") operands.push(x);
    for (const { init } of carries) if (typeof init === "object") operands.push(init);
    this.run = tracedNode(new Part({ kind: "loop", loop: this }), operands);
  }

  /** Whether a node does not change from row to row. */
  readonly outside: { has(node: Value): boolean } = { has: (node) => node.stamp > stampAt(this.depth) };

  /** All scalars of the body that are asked for: what carries become, sums, stacks. */
  get bodyResults(): readonly Scalar[] {
    return [...this.carries.map(({ next }) => next), ...this.sums, ...this.stacks];
  }

  /** The sum over rows of entry `index` of `sums`. */
  sum(index: number): Value {
    this.#sums[index] ??= tracedNode(this.#sum, [this.run, index]);
    return this.#sums[index];
  }

  /** A carry after the last row. */
  final(index: number): Value {
    this.#finals[index] ??= tracedNode(this.#final, [this.run, index]);
    return this.#finals[index];
  }

  /** Entry `index` of `stacks` at a row; without a node where it is the same in all rows. */
  element(index: number, row: number): Scalar {
    const kept = this.stacks[index]!;
    if (typeof kept === "number" || this.outside.has(kept)) return kept;
    this.#element[index] ??= new Part({ kind: "element", loop: this, stack: index });
    this.#elements[index] ??= [];
    this.#elements[index][row] ??= tracedNode(this.#element[index], [this.run, row]);
    return this.#elements[index][row];
  }

  /** A scalar of the body at every row. */
  #kept(scalar: Scalar): readonly Scalar[] {
    let index = this.stacks.indexOf(scalar);
    if (index < 0) index = this.stacks.push(scalar) - 1;
    return Array.from({ length: this.count }, (_, row) => this.element(index, row));
  }

  /** Reverse mode: sends what the adjoints of the results make of the loop on to its operands, by more loops. */
  pull(pull: Pull): void {
    const { depth, count } = this;
    const adjointOf = (node: Value | undefined) => (node === undefined ? undefined : pull.adjointOf(node));
    const { columns, carries, captured } = this.#active((x) => pull.placeOf(x) !== undefined);
    const adjointCarries = carries.map((carry) => ({ carry, adjoint: placeholder(depth) }));
    const adjointColumns: TracedColumn[] = [];
    const outputs: Value[] = [];
    const weights: Scalar[] = [];
    const weigh = (output: Scalar, weight: Scalar) => {
      if (typeof output === "number") return;
      outputs.push(output);
      weights.push(weight);
    };
    this.sums.forEach((sum, index) => {
      const adjoint = adjointOf(this.#sums[index]);
      if (adjoint !== undefined) weigh(sum, adjoint);
    });
    this.stacks.forEach((stack, index) => {
      const rows = Array.from({ length: count }, (_, row) => adjointOf(this.#elements[index]?.[row]));
      if (rows.every((adjoint) => adjoint === undefined)) return;
      const column = { placeholder: placeholder(depth), rows: () => rows.map((adjoint) => adjoint ?? 0) };
      adjointColumns.push(column);
      weigh(stack, column.placeholder);
    });
    const finals = carries.map((carry) => adjointOf(this.#finals[this.carries.indexOf(carry)]));
    if (outputs.length === 0 && finals.every((adjoint) => adjoint === undefined)) return;
    for (const { carry, adjoint } of adjointCarries) weigh(carry.next, adjoint);

    const inputs = [
      ...columns.map((column) => column.placeholder),
      ...carries.map((carry) => carry.placeholder),
      ...captured,
    ];
    const found = pullback(outputs, weights, inputs, true, this.outside);
    const ofColumns = found.slice(0, columns.length);
    const ofCarries = found.slice(columns.length, columns.length + carries.length);
    const ofCaptured = found.slice(columns.length + carries.length);
    const parts = {
      count,
      depth,
      reversed: !this.reversed,
      columns: [
        ...this.columns.map((column) => ({ ...column, rows: () => column.rows })),
        ...this.carries.map((carry) => ({ ...carry, rows: () => this.#kept(carry.placeholder) })),
        ...adjointColumns,
      ],
    };
    const isAlone = this.carries.length === 0;
    const reverse = new TracedLoop({
      ...parts,
      carries: adjointCarries.map(({ adjoint }, i) => ({
        placeholder: adjoint,
        init: finals[i] ?? 0,
        next: ofCarries[i] ?? 0,
      })),
      sums: ofCaptured.map((gradient) => gradient ?? 0),
      stacks: isAlone ? [] : ofColumns.map((gradient) => gradient ?? 0),
    });
    captured.forEach((node, i) => {
      if (ofCaptured[i] !== undefined) pull.send(pull.placeOf(node)!, reverse.sum(i));
    });
    columns.forEach(({ rows }, i) => {
      const gradient = ofColumns[i];
      if (gradient === undefined) return;
      if (isAlone) ColumnAdjoints.of(pull, (own) => new TracedLoop(own)).add(rows, gradient, parts);
      else sendRows(pull, rows, (row) => reverse.element(i, row));
    });
    carries.forEach(({ init }, i) => {
      const place = pull.placeOf(init);
      if (place !== undefined) pull.send(place, reverse.final(i));
    });
  }

  /** Forward mode: gives the results their tangents, by one more loop. */
  push({ tangentOf, give }: Push): void {
    const { depth, count, reversed } = this;
    const hasTangent = (x: Scalar) => typeof x === "object" && tangentOf(x) !== undefined;
    const tangentIn = (x: Scalar) => (typeof x === "object" ? (tangentOf(x) ?? 0) : 0);
    const { columns, carries, captured } = this.#active(hasTangent);
    const ofColumns = columns.map(({ rows }) => ({
      placeholder: placeholder(depth),
      rows: () => rows.map(tangentIn),
    }));
    const ofCarries = carries.map(() => placeholder(depth));
    const results = this.bodyResults;
    const tangents = pushforward(
      results,
      [
        ...columns.map((column) => column.placeholder),
        ...carries.map((carry) => carry.placeholder),
        ...captured,
      ],
      [...ofColumns.map((column) => column.placeholder), ...ofCarries, ...captured.map(tangentIn)],
      true,
      this.outside,
    );
    const forward = new TracedLoop({
      count,
      depth,
      reversed,
      columns: [...this.columns.map((column) => ({ ...column, rows: () => column.rows })), ...ofColumns],
      carries: [
        ...this.carries,
        ...carries.map((carry, i) => ({
          placeholder: ofCarries[i]!,
          init: tangentIn(carry.init),
          next: tangents[this.carries.indexOf(carry)]!,
        })),
      ],
      sums: tangents.slice(this.carries.length, this.carries.length + this.sums.length),
      stacks: tangents.slice(this.carries.length + this.sums.length),
    });
    this.#sums.forEach((sum, index) => {
      give(sum, forward.sum(index));
    });
    this.#elements.forEach((rows, index) => {
      rows.forEach((element, row) => {
        give(element, forward.element(index, row));
      });
    });
    this.#finals.forEach((final, index) => {
      const active = carries.indexOf(this.carries[index]!);
      if (active >= 0) give(final, forward.final(this.carries.length + active));
    });
  }

  /** What of the loop depends on active Values from outside. */
  #active(isActive: (x: Scalar) => boolean): Pick<TracedLoop, "columns" | "carries" | "captured"> {
    const captured = this.captured.filter(isActive);
    const columns = this.columns.filter(({ rows }) => rows.some(isActive));
    let carries = this.carries.filter(({ init }) => isActive(init));
    while (carries.length < this.carries.length) {
      const active = new PassingNumbers();
      for (const { placeholder } of [...columns, ...carries]) active.set(placeholder, 0);
      for (const node of captured) active.set(node, 0);
      numberActive(this.#order, active);
      const isActiveNext = ({ next }: TracedCarry) => typeof next === "object" && active.has(next);
      const more = this.carries.filter((carry) => carries.includes(carry) || isActiveNext(carry));
      active.end();
      if (more.length === carries.length) break;
      carries = more;
    }
    return { columns, carries, captured };
  }
}

function nodesOf(scalars: readonly Scalar[]): Value[] {
  return scalars.filter((x) => typeof x === "object");
}
