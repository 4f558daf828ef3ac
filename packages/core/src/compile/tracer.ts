import { checkOperand } from "../apply.ts";
import { walk } from "../graph.ts";
import { mode, type Tracer, withMode } from "../mode.ts";
import type { Op } from "../op.ts";
import { dot } from "../ops/dot.ts";
import { identity, stopGradient } from "../ops/selection.ts";
import { clock, type Scalar, type Value } from "../value.ts";
import { stampAt, tracedNode } from "./levels.ts";
import { dotRows, mapRows, scanRows, sumRows } from "./tracedRows.ts";

/**
 * Inner products of this many pairs and more are traced as loops: in the body of a loop, and outside of all, where
 * what is alike is found later.
 */
const LONG = { inside: 8, outside: 64 };

/** The state of one trace. */
export class ProgramTracer implements Tracer {
  /** What stands for the numbers of the arguments. */
  readonly inputs: Value[] = [];
  /** What the placeholders in bodies of loops stand for. */
  readonly columns: Map<Value, readonly Scalar[]> = new Map();
  /** Nodes known to be numbers in a call that is not compiled, or known not to be. */
  readonly areNumbers: Map<Value, boolean> = new Map();
  /** Leaves made on the way: they hold the same number in every call. */
  readonly constants: Set<Value> = new Set();
  /** How many bodies of loops enclose what is being traced. */
  depth = 0;

  apply(op: Op, operands: readonly Scalar[]): Value {
    for (let i = 0; i < operands.length; i++) checkOperand(operands[i], op, i + 1);
    if (
      op === dot.op &&
      operands.length >= 2 * (this.depth > 0 ? LONG.inside : LONG.outside) &&
      mode.recording
    )
      return dotRows(this, operands);
    const node = tracedNode(op, op.arity === undefined || op.arity === 3 ? operands.slice() : operands);
    return mode.recording || op === stopGradient.op ? node : this.apply(stopGradient.op, [node]);
  }

  made(leaf: Value): void {
    this.constants.add(leaf);
  }

  isNumber(x: Scalar): boolean {
    if (typeof x === "number") return true;
    for (const node of walk([x], { until: this.areNumbers })) {
      if (this.areNumbers.has(node)) continue;
      const operands = this.columns.get(node) ?? node.operands;
      const isArgument = node.op === undefined && node.stamp === stampAt(0);
      // A transform gives each of its inputs an identity node, to be told from what it captured.
      const isMade = operands.length > 0 && node.op !== identity.op;
      const isNumber = isArgument || (isMade && operands.every((operand) => this.isNumber(operand)));
      this.areNumbers.set(node, isNumber);
    }
    return this.areNumbers.get(x)!;
  }

  map(rows: readonly unknown[], f: (row: never) => unknown): unknown[] {
    return mapRows(this, rows, f);
  }

  sum(rows: readonly unknown[], f: (row: never) => Scalar): Scalar {
    return sumRows(this, rows, f);
  }

  scan(rows: readonly unknown[], init: unknown, f: (carry: never, row: never) => unknown): unknown {
    return scanRows(this, rows, init, f);
  }
}

/** Runs f with all operations taken down. */
export function withTracer<R>(tracer: ProgramTracer, f: () => R): R {
  const { readableFrom } = clock;
  clock.readableFrom = Number.POSITIVE_INFINITY;
  try {
    return withMode("compile", { recording: true, checks: undefined, tracer }, f);
  } finally {
    clock.readableFrom = readableFrom;
  }
}
