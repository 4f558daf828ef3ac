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
import { summedOf } from "./emit/summed.ts";
import { usesOf } from "./emit/uses.ts";
import { withoutUnused } from "./emit/withoutUnused.ts";
import { type Image, writeImage } from "./image.ts";
import { Maths } from "./math/maths.ts";
import { type Id, operandCount, operationOf, type Program } from "./program.ts";
import { bodyOfLoop, structureOf } from "./structure.ts";

export type { EmitOptions } from "./emit/sizes.ts";

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
  const layout = {
    imports,
    inputsAt: emission.inputsAt,
    outputsAt: emission.outputsAt,
    outputCount: program.outputs.length,
    pages: memory.pages,
    lanes: program.loops.map((_, loop) =>
      lanes.distributes[loop] === 1 ? 2 * lanes.vectors[bodyOfLoop(loop)]! : 1,
    ),
  };
  return writeImage(layout, [...emission.functions, ...maths.functions], memory.data);
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
