import type { Op } from "../../op.ts";
import type { Maths } from "../math/maths.ts";
import type { Id, Program } from "../program.ts";
import type { Body, Structure } from "../structure.ts";
import { Code } from "../wasm/code.ts";
import type { FunctionDefinition } from "../wasm/encoder.ts";
import type { Lanes } from "./lanes.ts";
import type { List, Lists } from "./lists.ts";
import { Locals } from "./locals.ts";
import type { LoopFrame } from "./loopFrame.ts";
import type { Memory } from "./memory.ts";
import type { Outputs } from "./outputs.ts";
import type { Place } from "./places.ts";
import type { Rows } from "./rows.ts";
import type { Split } from "./split.ts";
import type { Summed } from "./summed.ts";
import type { Uses } from "./uses.ts";

/** What was decided about a program before code is written, and what is known of the code so far. */
export interface Emission {
  readonly program: Program;
  readonly structure: Structure;
  readonly lanes: Lanes;
  readonly split: Split;
  readonly lists: Lists;
  readonly summed: Summed;
  readonly uses: Uses;
  readonly outputs: Outputs;
  readonly memory: Memory;
  readonly imports: ReadonlyMap<Op, number>;
  readonly maths: Maths;
  readonly inputsAt: number;
  readonly outputsAt: number;
  /** Where the operands of an imported function of any number of them are put. */
  readonly argumentsAt: number;
  /** Per instruction. */
  readonly places: (Place | undefined)[];
  /** Per instruction whose result crosses: the address where other functions find it. */
  readonly slots: Map<Id, number>;
  /** Where lists are. */
  readonly listRows: Map<List, Rows>;
  /** Per loop. */
  readonly frames: (LoopFrame | undefined)[];
  readonly functions: FunctionDefinition[];
}

/** A function that is being written. */
export interface FunctionWriter {
  readonly number: number;
  readonly code: Code;
  readonly locals: Locals;
  /** The body whose code is being written. */
  body: Body;
  /** Per loop that is being run: the local with the number of the row. */
  readonly rows: Map<number, number>;
  /** Per loop with lanes that do not count in its first iteration: a mask of the others for each vector. */
  readonly masks: Map<number, readonly number[]>;
  /** Per comparison made before the loop being run: its mask, for each vector if it varies. */
  readonly conditions: Map<Id, readonly number[]>;
}

/** Begins a function, whose one parameter, if any, is the row of the loop whose body it is a piece of. */
export function beginFunction(number: number, body: Body): FunctionWriter {
  const isPiece = body > 0;
  return {
    number,
    code: new Code(),
    locals: new Locals(isPiece ? ["i32"] : []),
    body,
    rows: new Map(isPiece ? [[body - 1, 0]] : []),
    masks: new Map(),
    conditions: new Map(),
  };
}

export function endFunction(emission: Emission, { number, code, locals }: FunctionWriter): void {
  const signature = { params: locals.params, results: [] };
  emission.functions[number] = { signature, locals: locals.types, code };
}
