import type { Op } from "../../op.ts";
import {
  type Column,
  type Id,
  type Loop,
  listedIn,
  operandsOf,
  type Program,
  resultsOf,
  type Source,
} from "../program.ts";

/** A program that is being rewritten: instructions and loops are added, and results stand in for others. */
export class Editor {
  readonly codes: (Op | Source)[];
  readonly starts: number[];
  readonly operands: Id[];
  readonly immediates: number[];
  readonly seconds: number[];
  readonly loops: Loop[];
  /** Per instruction: the loop whose body it is in; −1 outside of all. */
  readonly regions: number[];
  readonly #inputCount: number;
  readonly #replacements = new Map<Id, Id>();
  /** Per loop: the instruction that runs it. */
  readonly #runs = new Map<number, Id>();
  /** Per loop: what must be known before it runs, once asked for. */
  readonly #needsOfLoops = new Map<number, readonly Id[]>();
  #outputs: readonly Id[];

  constructor(program: Program) {
    this.codes = [...program.codes];
    this.starts = [...program.starts];
    this.operands = [...program.operands];
    this.immediates = [...program.immediates];
    this.seconds = [...program.seconds];
    this.loops = [...program.loops];
    this.regions = new Array<number>(program.codes.length).fill(-1);
    program.loops.forEach((loop, index) => {
      for (const id of loop.body) this.regions[id] = index;
    });
    program.codes.forEach((code, id) => {
      if (code === "loop") this.#runs.set(program.immediates[id]!, id);
    });
    this.#inputCount = program.inputCount;
    this.#outputs = program.outputs;
  }

  write(code: Op | Source, operands: readonly Id[], region: number, immediate = 0, second = 0): Id {
    const id = this.codes.length;
    this.codes.push(code);
    for (const operand of operands) this.operands.push(operand);
    this.starts.push(this.operands.length);
    this.immediates.push(immediate);
    this.seconds.push(second);
    this.regions.push(region);
    if (code === "loop") this.#runs.set(immediate, id);
    return id;
  }

  operandsOf(id: Id): readonly Id[] {
    return operandsOf(this, id);
  }

  /** What must be known before an instruction runs. */
  needsOf(id: Id): readonly Id[] {
    return this.codes[id] === "loop" ? this.#needsOfLoop(this.immediates[id]!) : this.operandsOf(id);
  }

  /** From now on `by` stands for `id` wherever that is used. */
  replace(id: Id, by: Id): void {
    this.#replacements.set(id, by);
  }

  /** What stands for a result. */
  current(id: Id): Id {
    let found = id;
    for (let by = this.#replacements.get(found); by !== undefined; by = this.#replacements.get(found))
      found = by;
    return found;
  }

  /** What a body is run for: the results of the program, or of a loop. */
  resultsOf(region: number): readonly Id[] {
    return region < 0 ? this.#outputs : resultsOf(this.loops[region]!);
  }

  /** The program with all replacements made and each body in order, without what is not needed. */
  finish(): Program {
    const { codes, starts, immediates, seconds } = this;
    this.#needsOfLoops.clear();
    this.operands.forEach((id, i) => {
      this.operands[i] = this.current(id);
    });
    this.#outputs = this.#outputs.map((id) => this.current(id));
    this.loops.forEach((loop, index) => {
      this.loops[index] = this.#renewed(loop);
    });
    const body = this.#ordered(-1);
    return {
      inputCount: this.#inputCount,
      codes,
      starts,
      operands: this.operands,
      immediates,
      seconds,
      loops: this.loops,
      body,
      outputs: this.#outputs,
    };
  }

  #renewed(loop: Loop): Loop {
    const renew = (ids: readonly Id[]) => ids.map((id) => this.current(id));
    const columns = loop.columns.map(
      (column): Column => (column.kind === "list" ? { kind: "list", ids: renew(column.ids) } : column),
    );
    const { inits, nexts, sums, stacks } = loop;
    return {
      ...loop,
      columns,
      inits: renew(inits),
      nexts: renew(nexts),
      sums: renew(sums),
      stacks: renew(stacks),
    };
  }

  /** The instructions of a body that its results need, operands first; orders the bodies of its loops, too. */
  #ordered(region: number): readonly Id[] {
    const order: Id[] = [];
    const state = new Map<Id, "entered" | "done">();
    const stack: Id[] = [...this.resultsOf(region)].reverse();
    while (stack.length > 0) {
      const id = stack.at(-1)!;
      const seen = state.get(id);
      if (seen !== undefined || this.regions[id] !== region) {
        stack.pop();
        if (seen === "entered") {
          state.set(id, "done");
          order.push(id);
        }
        continue;
      }
      state.set(id, "entered");
      if (this.codes[id] === "loop") this.#orderBody(this.immediates[id]!);
      const needs = this.needsOf(id);
      for (let i = needs.length - 1; i >= 0; i--) {
        const seen = state.get(needs[i]!);
        if (seen === "entered") throw new Error("compile: two loops wait for each other.");
        if (seen === undefined) stack.push(needs[i]!);
      }
    }
    return order;
  }

  #orderBody(index: number): void {
    this.loops[index] = { ...this.loops[index]!, body: this.#ordered(index) };
  }

  /** Results of the bodies around a loop, and the instructions that run the loops whose stacks it reads. */
  #needsOfLoop(index: number): readonly Id[] {
    const known = this.#needsOfLoops.get(index);
    if (known !== undefined) return known;
    const loop = this.loops[index]!;
    const needs = new Set<Id>([...loop.inits, ...resultsOf(loop), ...listedIn(loop)]);
    for (const column of loop.columns) {
      if (column.kind === "stack") needs.add(this.#runs.get(column.loop)!);
    }
    for (const inner of loop.body) for (const id of this.needsOf(inner)) needs.add(id);
    const outside = [...needs].filter((id) => this.regions[id] !== index);
    this.#needsOfLoops.set(index, outside);
    return outside;
  }
}
