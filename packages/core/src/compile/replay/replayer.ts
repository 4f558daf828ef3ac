import type { NaryDeclaration, Op } from "../../op.ts";
import type { Executable } from "../executable.ts";
import type { Program } from "../program.ts";
import { type Pattern, SCALE, SUM } from "./patterns.ts";
import { planOf } from "./plan.ts";

/** Makes the results in slots `from` to `to` from the words after `at`, and returns where the next words are. */
type Pass = (slots: Float64Array, words: Int32Array, at: number, from: number, to: number) => number;

/** Runs a program without loops in plain JavaScript, one pass for each run of its plan. Gives the same numbers. */
export function replayer(program: Program): Executable {
  const {
    inputCount,
    constants,
    resultCount,
    patterns,
    words,
    outputs: outputSlots,
  } = planOf(program, { patterns: 0, leaves: 0, often: 0 });
  const resultsAt = inputCount + constants.length;
  const slots = new Float64Array(resultsAt + resultCount);
  const outputs = new Float64Array(outputSlots.length);
  slots.set(constants, inputCount);
  const passes = patterns.map(passOf);
  return {
    inputs: slots.subarray(0, inputCount),
    outputs,
    run() {
      let from = resultsAt;
      for (let at = 0; at < words.length; ) {
        const pass = passes[words[at]!]!;
        const to = from + words[at + 1]!;
        at = pass(slots, words, at + 2, from, to);
        from = to;
      }
      for (let i = 0; i < outputs.length; i++) outputs[i] = slots[outputSlots[i]!]!;
    },
  };
}

function passOf({ op }: Pattern): Pass {
  if (op === SCALE) return scales;
  if (op === SUM) return sums;
  // A call of a function that differs from pass to pass is not inlined.
  if (op?.instruction === "add") return additions;
  if (op?.instruction === "mul") return products;
  return callsOf(op!);
}

const additions: Pass = (slots, words, at, from, to) => {
  let next = at;
  for (let i = from; i < to; i++, next += 2) slots[i] = slots[words[next]!]! + slots[words[next + 1]!]!;
  return next;
};

const products: Pass = (slots, words, at, from, to) => {
  let next = at;
  for (let i = from; i < to; i++, next += 2) slots[i] = slots[words[next]!]! * slots[words[next + 1]!]!;
  return next;
};

const scales: Pass = (slots, words, at, from, to) => {
  let next = at;
  for (let i = from; i < to; i++, next += 2) {
    const a = slots[words[next]!]!;
    slots[i] = a === 0 ? 0 : a * slots[words[next + 1]!]!;
  }
  return next;
};

const sums: Pass = (slots, words, at, from, to) => {
  let next = at;
  for (let i = from; i < to; i++) {
    const end = next + 1 + words[next]!;
    let sum = slots[words[next + 1]!]!;
    for (next += 2; next < end; next++) sum += slots[words[next]!]!;
    slots[i] = sum;
  }
  return next;
};

function callsOf(op: Op): Pass {
  if (op.arity === undefined) return callsOnArray(op.value as NaryDeclaration["value"]);
  const value = op.value as (...operands: number[]) => number;
  if (op.arity === 1) {
    return (slots, words, at, from, to) => {
      let next = at;
      for (let i = from; i < to; i++) slots[i] = value(slots[words[next++]!]!);
      return next;
    };
  }
  if (op.arity === 2) {
    return (slots, words, at, from, to) => {
      let next = at;
      for (let i = from; i < to; i++, next += 2) {
        slots[i] = value(slots[words[next]!]!, slots[words[next + 1]!]!);
      }
      return next;
    };
  }
  return (slots, words, at, from, to) => {
    let next = at;
    for (let i = from; i < to; i++, next += 3) {
      slots[i] = value(slots[words[next]!]!, slots[words[next + 1]!]!, slots[words[next + 2]!]!);
    }
    return next;
  };
}

function callsOnArray(value: NaryDeclaration["value"]): Pass {
  return (slots, words, at, from, to) => {
    let next = at;
    for (let i = from; i < to; i++) {
      const end = next + 1 + words[next]!;
      const operands = Array.from(words.subarray(next + 1, end), (slot) => slots[slot]!);
      slots[i] = value(operands);
      next = end;
    }
    return next;
  };
}
