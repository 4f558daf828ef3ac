import type { Op } from "../op.ts";
import { beginFunction, type Emission, endFunction, type FunctionWriter } from "./emit/emission.ts";
import { emitBody } from "./emit/emitBody.ts";
import { lanesOf } from "./emit/lanes.ts";
import { listsOf } from "./emit/lists.ts";
import { Memory } from "./emit/memory.ts";
import { emitCopy, type OutputRun, outputsOf } from "./emit/outputs.ts";
import { withPlacedColumns } from "./emit/placeColumns.ts";
import { type EmitOptions, functionSizeFor, vectorsFor } from "./emit/sizes.ts";
import { split } from "./emit/split.ts";
import { bodyOfLoop, operandCount, operationOf, structureOf } from "./emit/structure.ts";
import { summedOf } from "./emit/summed.ts";
import { usesOf } from "./emit/uses.ts";
import { withoutUnused } from "./emit/withoutUnused.ts";
import { Maths } from "./math/maths.ts";
import type { Id, Program } from "./program.ts";
import { encodeModule, type Signature } from "./wasm/encoder.ts";

export type { EmitOptions } from "./emit/sizes.ts";

/**
 * A compiled program, and how to run it.
 *
 * Instances export `memory` and `run: () => void`, and import `imports[i]` from module `"op"` as `importNames[i]`: an
 * operation on one to three operands as a function of that many numbers; one on any number of them as a function of the
 * address of the operands, one number after the other, and of how many they are. Before `run`, the numbers of the
 * arguments are to be in memory, in order, from `inputsAt` on, as doubles; after it the results are, from `outputsAt`
 * on. Nothing else in memory is to be changed, nor are the results: those that are constants are not written again.
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
export function emit(traced: Program, options: EmitOptions = {}): Image {
  const structure = structureOf(traced);
  const outputs = outputsOf(traced);
  const summed = summedOf(traced, structure);
  const lists = listsOf(traced, structure);
  const used = withoutUnused(traced, lists, summed, outputs);
  const program = withPlacedColumns(used, structure, lists);
  const lanes = lanesOf(program, vectorsFor(program, options));
  const parts = split(program, structure, lanes, lists, summed, functionSizeFor(lanes, options));
  const uses = usesOf(program, structure, lanes, lists, summed, parts, outputs);
  const memory = new Memory();
  const maths = new Maths(memory, options.maths ?? true);
  const imports = importsOf(
    program,
    (id, op) => uses.needed[id] === 1 && !maths.has(op, 1) && !(lanes.varies[id] === 1 && maths.has(op, 2)),
  );
  const emission: Emission = {
    program,
    structure,
    lanes,
    split: parts,
    lists,
    summed,
    uses,
    outputs,
    memory,
    imports: new Map(imports.map((op, index) => [op, index])),
    maths,
    inputsAt: memory.take(8 * program.inputCount),
    outputsAt: memory.take(8 * program.outputs.length),
    argumentsAt: memory.take(8 * mostOperands(program, imports)),
    places: [],
    slots: new Map(),
    listRows: new Map(),
    frames: [],
    functions: [],
  };
  presetOutputs(emission);
  const run = beginFunction(0, 0);
  emitBody(emission, run, 0);
  for (const copied of outputs.copied) emitRun(emission, run, copied);
  for (const [loop, totals] of outputs.totals) {
    if (lanes.distributes[loop] === 0) emitRun(emission, run, totals);
  }
  endFunction(emission, run);
  return imageOf(emission, imports);
}

/** Puts the outputs that are constants in the memory that instances begin with. It is zero where nothing is put. */
function presetOutputs({ program, outputs, memory, outputsAt }: Emission): void {
  const { constants } = outputs;
  for (let k = 0; k < constants.length; ) {
    const first = constants[k]!;
    const values: number[] = [];
    for (; constants[k] === first + values.length; k++)
      values.push(program.immediates[program.outputs[constants[k]!]!]!);
    if (!values.every((value) => Object.is(value, 0)))
      memory.preset(outputsAt + 8 * first, Float64Array.from(values));
  }
}

/** Copies entries of a stack, or sums, to the outputs. */
function emitRun({ frames, outputsAt }: Emission, writer: FunctionWriter, run: OutputRun): void {
  const { loop, stack, entry, entryStep, output, outputStep, length } = run;
  const { stacks, sums } = frames[loop]!;
  const from =
    stack !== undefined
      ? stacks[stack]!
      : { at: sums.kind === "memory" ? sums.addresses[0]! : 0, stride: 8, isWide: false };
  emitCopy(
    writer,
    { at: from.at + entry * from.stride, stride: entryStep * from.stride, isWide: false },
    { at: outputsAt + 8 * output, stride: 8 * outputStep, isWide: false },
    length,
  );
}

function imageOf(emission: Emission, imports: readonly Op[]): Image {
  const { memory, maths, inputsAt, outputsAt, lanes, program } = emission;
  const { pages } = memory;
  const functions = [...emission.functions, ...maths.functions];
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

/** The operations that are not an instruction and called from outside of the module, each once. */
function importsOf(program: Program, isCalled: (id: Id, op: Op) => boolean): Op[] {
  const ops = new Set<Op>();
  for (let id = 0; id < program.codes.length; id++) {
    const op = operationOf(program, id);
    if (op !== undefined && op.instruction === undefined && isCalled(id, op)) ops.add(op);
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
