import { walk } from "../graph.ts";
import { NodeNumbers } from "../nodeNumbers.ts";
import type { Op } from "../op.ts";
import { describe, type Scalar, type Value } from "../value.ts";
import { Builder } from "./builder.ts";
import { columnOf, sameColumn } from "./columns.ts";
import { leakedValue, stampAt } from "./levels.ts";
import type { Column, Id, Program } from "./program.ts";
import { type Step, stepsOf } from "./steps.ts";
import type { TracedLoop } from "./tracedLoop.ts";

/** A traced function: placeholders for its arguments, what it returned, and the leaves made on the way. */
export interface Traced {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Scalar[];
  readonly constants: ReadonlySet<Value>;
}

/** A program, and the leaves from outside that it reads: they are inputs after those of the arguments. */
export interface Lowered {
  readonly program: Program;
  readonly captured: readonly Value[];
  /** How many Values the graph has, those in the bodies of loops included. */
  readonly nodes: number;
}

/** Writes the graph of a traced function as a program of simple operations. */
export function lower(traced: Traced): Lowered {
  return new Lowering(traced).lower();
}

/** Loops that run as one: they have the same number of rows and do not wait for each other. */
interface LoopGroup {
  readonly loops: TracedLoop[];
  readonly placeholders: Set<Value>;
  results: number;
}

/** Loops that share no work run as one up to this many results: registers hold them. */
const MOST_RESULTS = 4;

class Lowering {
  readonly #builder = new Builder();
  readonly #ids = new NodeNumbers();
  readonly #runs = new Map<
    TracedLoop,
    { run: Id; sums: number; stacks: number; carries: readonly Value[] }
  >();
  readonly #captured: Value[] = [];
  readonly #traced: Traced;
  #nodes = 0;

  constructor(traced: Traced) {
    this.#traced = traced;
    traced.inputs.forEach((input, i) => {
      this.#ids.set(input, this.#builder.input(i));
    });
  }

  lower(): Lowered {
    const { inputs, outputs } = this.#traced;
    this.#lowerBody(outputs, 0);
    const results = outputs.map((output) => this.#idOf(output));
    const program = this.#builder.finish(inputs.length + this.#captured.length, results);
    return { program, captured: this.#captured, nodes: this.#nodes };
  }

  /** Lowers what the results need, in the body that is open, of loops at this depth; gives the nodes that were new. */
  #lowerBody(results: readonly Scalar[], depth: number): readonly Value[] {
    const outside = { has: (node: Value) => node.stamp > stampAt(depth) };
    const roots = results.filter((x) => typeof x === "object");
    const reached = walk(roots, depth === 0 ? {} : { until: outside });
    const order = depth === 0 ? reached : reached.filter((node) => !this.#ids.has(node));
    this.#nodes += order.length;
    for (const { nodes, groups } of stagesOf(order)) {
      for (const node of nodes) if (!this.#ids.has(node)) this.#ids.set(node, this.#lowerNode(node));
      for (const group of groups) this.#lowerLoops(group);
    }
    return order;
  }

  #lowerNode(node: Value): Id {
    const { op } = node;
    if (op === undefined) return this.#lowerLeaf(node);
    if (op.loop !== undefined) return this.#lowerResult(node);
    return this.#apply(op, this.#operandsOf(node));
  }

  #operandsOf({ first, second }: Value): readonly Id[] {
    if (Array.isArray(first)) return first.map((x: Scalar) => this.#idOf(x));
    const id = this.#idOf(first as Scalar);
    return second === undefined ? [id] : [id, this.#idOf(second as Scalar)];
  }

  #lowerLeaf(leaf: Value): Id {
    if (this.#traced.constants.has(leaf)) return this.#builder.constant(leaf.data);
    if (leaf.stamp < 0) throw leakedValue();
    return this.#builder.input(this.#traced.inputs.length + this.#captured.push(leaf) - 1);
  }

  #lowerResult(node: Value): Id {
    const { kind, loop, stack } = node.op!.loop!;
    const index = node.second as number;
    const { run, sums, stacks, carries } = this.#runs.get(loop)!;
    if (kind === "sum") return this.#builder.resultOf(run, "sum", sums + index);
    if (kind === "element") return this.#builder.resultOf(run, "element", index, stacks + stack!);
    return this.#builder.resultOf(run, "final", carries.indexOf(loop.carries[index]!.placeholder));
  }

  /** Lowered further, until only operations that are no simpler ones remain. */
  #apply(op: Op, operands: readonly Id[]): Id {
    const lowered = stepsOf(op, () => operands.map((id) => this.#builder.constantAt(id)));
    if (lowered === undefined) return this.#builder.apply(op, operands);
    const results: Id[] = [...operands];
    for (const step of lowered.steps) results.push(this.#applyStep(step, results));
    return results[lowered.result]!;
  }

  #applyStep(step: Step, results: readonly Id[]): Id {
    if (typeof step === "number") return this.#builder.constant(step);
    return this.#apply(
      step.op,
      step.operands.map((at) => results[at]!),
    );
  }

  #lowerLoops({ loops }: LoopGroup): void {
    const builder = this.#builder;
    const [{ count, reversed, depth }] = loops as [TracedLoop];
    const columns: Column[] = [];
    const lists = new Map<Value, Column>();
    for (const loop of loops) {
      for (const { placeholder, rows, inputs } of loop.columns) {
        lists.set(placeholder, inputs === undefined ? this.#columnOf(rows) : { kind: "inputs", ...inputs });
      }
    }
    const carries = new Map<Value, { init: Id; next: Scalar }>();
    for (const loop of loops) {
      for (const { placeholder, init, next } of loop.carries) {
        carries.set(placeholder, { init: this.#idOf(init), next });
      }
    }
    this.#nodes += lists.size + carries.size;
    builder.openBody();
    for (const [placeholder, column] of lists) {
      let index = columns.findIndex((known) => sameColumn(known, column));
      if (index < 0) index = columns.push(column) - 1;
      this.#ids.set(placeholder, builder.column(index));
    }
    for (const [index, placeholder] of [...carries.keys()].entries()) {
      this.#ids.set(placeholder, builder.carry(index));
    }
    const inBody = this.#lowerBody(
      loops.flatMap((loop) => loop.bodyResults),
      depth,
    );
    const sums = loops.flatMap((loop) => loop.sums.map((x) => this.#idOf(x)));
    const stacks = loops.flatMap((loop) => loop.stacks.map((x) => this.#idOf(x)));
    const run = builder.closeBody({
      count,
      reversed,
      columns,
      inits: [...carries.values()].map(({ init }) => init),
      nexts: [...carries.values()].map(({ next }) => this.#idOf(next)),
      sums,
      stacks,
    });
    // Another loop may have the same nodes in its body: it computes them again.
    for (const node of [...inBody, ...lists.keys(), ...carries.keys()]) {
      if (node.stamp <= stampAt(depth)) this.#ids.delete(node);
    }
    const offset = { sums: 0, stacks: 0 };
    for (const loop of loops) {
      this.#runs.set(loop, { run, ...offset, carries: [...carries.keys()] });
      this.#ids.set(loop.run, run);
      offset.sums += loop.sums.length;
      offset.stacks += loop.stacks.length;
    }
  }

  /** Where a loop reads these scalars, one for each row. */
  #columnOf(rows: readonly Scalar[]): Column {
    if (rows.every((x) => typeof x === "number"))
      return { kind: "constants", numbers: Float64Array.from(rows) };
    return columnOf(
      this.#builder,
      rows.map((x) => this.#idOf(x)),
    );
  }

  #idOf(x: Scalar): Id {
    if (typeof x === "number") return this.#builder.constant(x);
    const id = this.#ids.get(x);
    if (id === undefined) throw new Error(`compile: ${describe(x)} was not lowered.`);
    return id;
  }
}

/**
 * Nodes in an order in which loops stand together where they can: a stage holds nodes that wait for the loops of the
 * stages before only, and then loops that wait for no more than these nodes.
 */
function stagesOf(order: readonly Value[]): { nodes: readonly Value[]; groups: LoopGroup[] }[] {
  // Most graphs have no loops.
  if (!order.some((node) => node.op?.loop !== undefined)) return [{ nodes: order, groups: [] }];
  const stages: { nodes: Value[]; groups: LoopGroup[] }[] = [{ nodes: [], groups: [] }];
  const stageOf = new NodeNumbers();
  for (const node of order) {
    let stage = 0;
    for (const operand of node.operands) {
      if (typeof operand === "object") stage = Math.max(stage, stageOf.get(operand) ?? 0);
    }
    const loop = node.op?.loop?.kind === "loop" ? node.op.loop.loop : undefined;
    if (stage === stages.length) stages.push({ nodes: [], groups: [] });
    if (loop === undefined) stages[stage]!.nodes.push(node);
    else addTo(stages[stage]!.groups, loop);
    if (loop !== undefined || stage > 0) stageOf.set(node, loop === undefined ? stage : stage + 1);
  }
  order.forEach((node) => {
    if (stageOf.has(node)) stageOf.delete(node);
  });
  return stages;
}

function addTo(groups: LoopGroup[], loop: TracedLoop): void {
  const fitting = groups.find((group) => fits(group, loop));
  const group = fitting ?? { loops: [], placeholders: new Set(), results: 0 };
  if (fitting === undefined) groups.push(group);
  group.loops.push(loop);
  group.results += loop.sums.length + loop.stacks.length;
  for (const { placeholder } of [...loop.columns, ...loop.carries]) group.placeholders.add(placeholder);
}

function fits({ loops, placeholders, results }: LoopGroup, loop: TracedLoop): boolean {
  const { count, carries, reversed, depth } = loops[0]!;
  const hasCarries = carries.length > 0;
  if (count !== loop.count || depth !== loop.depth || hasCarries !== loop.carries.length > 0) return false;
  if (hasCarries && reversed !== loop.reversed) return false;
  const isAkin = [...loop.columns, ...loop.carries].some(({ placeholder }) => placeholders.has(placeholder));
  return isAkin || results + loop.sums.length + loop.stacks.length <= MOST_RESULTS;
}
