import { Random } from "@chainrule/nn";

export const INPUTS = 100;
export const NODES = 100_000;
/** How far back operands lie at most. */
const WINDOW = 1000;

export const ADD = 0;
export const MUL = 1;
export const SIN = 2;
export const TANH = 3;

/** An irregular graph: node i of the first INPUTS is an input, the others have an operation and earlier operands. */
export interface Graph {
  readonly inputs: Float64Array;
  /** Per node, as `first` and `second`; inputs count. */
  readonly ops: Uint8Array;
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Nodes that no other reads; the result is their sum. */
  readonly ends: readonly number[];
}

/** 45 % additions, 45 % products, 5 % sines, 5 % tanh; where an addition would pass 2, a sine. */
export function randomGraph(): Graph {
  const random = new Random(5);
  const ops = new Uint8Array(NODES);
  const first = new Int32Array(NODES);
  const second = new Int32Array(NODES);
  const values = new Float64Array(NODES);
  const isRead = new Uint8Array(NODES);
  for (let i = 0; i < INPUTS; i++) values[i] = random.uniform(-1, 1);
  for (let i = INPUTS; i < NODES; i++) {
    const pick = () => Math.floor(random.uniform(Math.max(0, i - WINDOW), i));
    const a = pick();
    const b = pick();
    const kind = random.uniform(0, 1);
    const op = kind < 0.45 ? ADD : kind < 0.9 ? MUL : kind < 0.95 ? SIN : TANH;
    const tooLarge = op === ADD && Math.abs(values[a]! + values[b]!) > 2;
    ops[i] = tooLarge ? SIN : op;
    first[i] = a;
    second[i] = b;
    values[i] = apply(ops[i]!, values[a]!, values[b]!);
    isRead[a] = 1;
    if (ops[i]! <= MUL) isRead[b] = 1;
  }
  const ends = Array.from(isRead.keys()).filter((i) => isRead[i] === 0);
  return { inputs: values.slice(0, INPUTS), ops, first, second, ends };
}

/** As the contenders in C++ read it. */
export function graphInput({ inputs, ops, first, second, ends }: Graph): number[] {
  const nodes = Array.from(ops.subarray(INPUTS), (op, i) => [op, first[i + INPUTS]!, second[i + INPUTS]!]);
  return [...inputs, ...nodes.flat(), ends.length, ...ends];
}

function apply(op: number, a: number, b: number): number {
  if (op === ADD) return a + b;
  if (op === MUL) return a * b;
  return op === SIN ? Math.sin(a) : Math.tanh(a);
}
