import { type Column, type Id, operandsOf, type Program } from "../../../src/compile/program.ts";
import type { Op } from "../../../src/op.ts";

/** Runs a program one instruction after the other. */
export function interpret(program: Program, inputs: readonly number[]): number[] {
  const results: number[] = [];
  const frames: { sums: number[]; carries: number[]; stacks: number[][] }[] = [];

  const read = (column: Column, row: number): number => {
    switch (column.kind) {
      case "inputs":
        return inputs[column.first + column.stride * row]!;
      case "constants":
        return column.numbers[row]!;
      case "stack":
        return frames[column.loop]!.stacks[column.stack]![row]!;
      case "list":
        return results[column.ids[row]!]!;
    }
  };
  const runLoop = (number: number) => {
    const loop = program.loops[number]!;
    const frame = {
      sums: loop.sums.map(() => 0),
      carries: loop.inits.map((id) => results[id]!),
      stacks: loop.stacks.map((): number[] => []),
    };
    frames[number] = frame;
    for (let i = 0; i < loop.count; i++) {
      const row = loop.reversed ? loop.count - 1 - i : i;
      runBody(loop.body, number, row);
      for (const [k, id] of loop.sums.entries()) frame.sums[k]! += results[id]!;
      for (const [k, id] of loop.stacks.entries()) frame.stacks[k]![row] = results[id]!;
      frame.carries = loop.nexts.map((id) => results[id]!);
    }
  };
  const runBody = (ids: readonly Id[], loop: number, row: number) => {
    for (const id of ids) {
      const index = program.immediates[id]!;
      const operands = operandsOf(program, id);
      const frame = () => frames[program.immediates[operands[0]!]!]!;
      const code = program.codes[id]!;
      if (code === "input") results[id] = inputs[index]!;
      else if (code === "constant") results[id] = index;
      else if (code === "column") results[id] = read(program.loops[loop]!.columns[index]!, row);
      else if (code === "carry") results[id] = frames[loop]!.carries[index]!;
      else if (code === "loop") runLoop(index);
      else if (code === "sum") results[id] = frame().sums[index]!;
      else if (code === "final") results[id] = frame().carries[index]!;
      else if (code === "element") results[id] = frame().stacks[program.seconds[id]!]![index]!;
      else
        results[id] = evaluate(
          code,
          operands.map((operand) => results[operand]!),
        );
    }
  };
  runBody(program.body, -1, -1);
  return program.outputs.map((id) => results[id]!);
}

function evaluate(op: Op, operands: number[]): number {
  if (op.arity === undefined) return (op.value as (operands: readonly number[]) => number)(operands);
  return (op.value as (...operands: number[]) => number)(...operands);
}
