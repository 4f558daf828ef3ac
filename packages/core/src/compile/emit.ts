import type { Op } from "../op.ts";
import { beginFunction, type Emission, endFunction, type FunctionWriter } from "./emit/emission.ts";
import { emitBody } from "./emit/emitBody.ts";
import { lanesOf } from "./emit/lanes.ts";
import { Memory } from "./emit/memory.ts";
import { emitCopy, type OutputRun, outputsOf } from "./emit/outputs.ts";
import { type EmitOptions, functionSizeFor, vectorsFor } from "./emit/sizes.ts";
import { split } from "./emit/split.ts";
import { bodyOfLoop, operandCount, operationOf, structureOf } from "./emit/structure.ts";
import { usesOf } from "./emit/uses.ts";
import type { Program } from "./program.ts";
import { encodeModule, type Signature } from "./wasm/encoder.ts";

export type { EmitOptions } from "./emit/sizes.ts";

/**
 * A compiled program, and how to run it.
 *
 * Instances export `memory` and `run: () => void`, and import `imports[i]` from module `"op"` as `importNames[i]`: an
 * operation on one to three operands as a function of that many numbers; one on any number of them as a function of the
 * address of the operands, one number after the other, and of how many they are. Before `run`, the numbers of the
 * arguments are to be in memory, in order, from `inputsAt` on, as doubles; after it the results are, from `outputsAt`
 * on. The rest of the memory is not to be touched.
 */
export interface Image {
  readonly bytes: Uint8Array;
  readonly imports: readonly Op[];
  readonly importNames: readonly string[];
  /** Byte address, a multiple of 8. */
  readonly inputsAt: number;
  /** Byte address, a multiple of 8. */
  readonly outputsAt: number;
  readonly outputCount: number;
  /** Size of the memory, in pages of 65,536 bytes. */
  readonly pages: number;
  /** Per loop: how many of its rows are side by side; 1 where they go one by one. */
  readonly lanes: readonly number[];
  /** Per function: how many bytes its instructions take. The first runs the program. */
  readonly functionSizes: readonly number[];
}

/** Translates a program to a WebAssembly module. */
export function emit(program: Program, options: EmitOptions = {}): Image {
  const structure = structureOf(program);
  const lanes = lanesOf(program, vectorsFor(program, options));
  const parts = split(program, structure, lanes, functionSizeFor(lanes, options));
  const outputs = outputsOf(program);
  const uses = usesOf(program, structure, lanes, parts, outputs.stored);
  const memory = new Memory();
  const imports = importsOf(program, uses.needed);
  const emission: Emission = {
    program,
    structure,
    lanes,
    split: parts,
    uses,
    outputs,
    memory,
    imports: new Map(imports.map((op, index) => [op, index])),
    inputsAt: memory.take(8 * program.inputCount),
    outputsAt: memory.take(8 * program.outputs.length),
    argumentsAt: memory.take(8 * mostOperands(program, imports)),
    places: [],
    slots: new Map(),
    frames: [],
    functions: [],
  };
  const run = beginFunction(0, 0);
  emitBody(emission, run, 0);
  for (const copied of outputs.copied) emitRun(emission, run, copied);
  endFunction(emission, run);
  return imageOf(emission, imports);
}

/** Copies entries of a stack, or sums, to the outputs. */
function emitRun({ frames, outputsAt }: Emission, writer: FunctionWriter, run: OutputRun): void {
  const { loop, stack, entry, entryStep, output, outputStep, length } = run;
  const { stacks, sums } = frames[loop]!;
  const place = sums[0]?.place;
  const from =
    stack !== undefined
      ? stacks[stack]!
      : { at: place?.kind === "memory" ? place.at : 0, stride: 8, isWide: false };
  emitCopy(
    writer,
    { at: from.at + entry * from.stride, stride: entryStep * from.stride, isWide: false },
    { at: outputsAt + 8 * output, stride: 8 * outputStep, isWide: false },
    length,
  );
}

function imageOf(emission: Emission, imports: readonly Op[]): Image {
  const { memory, functions, inputsAt, outputsAt, lanes, program } = emission;
  const { pages } = memory;
  const importNames = imports.map((op, index) => `${op.name.replaceAll(/[^ -~]/g, "_")}${index}`);
  const bytes = encodeModule({
    imports: imports.map((op, index) => ({
      module: "op",
      name: importNames[index]!,
      signature: signatureOf(op),
    })),
    functions,
    pages,
    exports: [
      { name: "memory", kind: "memory", index: 0 },
      { name: "run", kind: "function", index: imports.length },
    ],
    data: memory.data,
  });
  return {
    bytes,
    imports,
    importNames,
    inputsAt,
    outputsAt,
    outputCount: program.outputs.length,
    pages,
    lanes: program.loops.map((_, loop) =>
      lanes.distributes[loop] === 1 ? 2 * lanes.vectors[bodyOfLoop(loop)]! : 1,
    ),
    functionSizes: functions.map(({ code }) => code.bytes.length),
  };
}

/** The operations that are not an instruction, each once. */
function importsOf(program: Program, needed: Uint8Array): Op[] {
  const ops = new Set<Op>();
  for (const id of program.codes.keys()) {
    const op = operationOf(program, id);
    if (op !== undefined && op.instruction === undefined && needed[id] === 1) ops.add(op);
  }
  return [...ops];
}

function mostOperands(program: Program, imports: readonly Op[]): number {
  if (imports.every((op) => op.arity !== undefined)) return 0;
  let most = 0;
  for (const id of program.codes.keys()) {
    if (operationOf(program, id) !== undefined) most = Math.max(most, operandCount(program, id));
  }
  return most;
}

function signatureOf(op: Op): Signature {
  if (op.arity === undefined) return { params: ["i32", "i32"], results: ["f64"] };
  return { params: Array.from({ length: op.arity }, () => "f64"), results: ["f64"] };
}
