import { interpreter } from "../../src/compile/interpret.ts";
import { lower } from "../../src/compile/lower.ts";
import type { Program } from "../../src/compile/program.ts";
import { shapeOf } from "../../src/compile/shape.ts";
import { traceCall } from "../../src/compile/trace.ts";

/** The program of a function at arguments of this shape, before anything is rolled. */
export function programOf(f: (...args: never[]) => unknown, ...args: readonly unknown[]): Program {
  const shapes = args.map((arg) => shapeOf(arg, "argument", (x) => typeof x === "number"));
  return lower(traceCall(f, shapes)).program;
}

/** What a program gives for the numbers of its arguments in order. */
export function run(program: Program, inputs: readonly number[]): number[] {
  const executable = interpreter(program);
  executable.inputs.set(inputs);
  executable.run();
  return [...executable.outputs];
}

/** The names of the operations of a body, in order. */
export function operationsIn({ codes, body }: Program): string[] {
  return body.flatMap((id) => {
    const code = codes[id]!;
    return typeof code === "string" ? [] : [code.name];
  });
}
