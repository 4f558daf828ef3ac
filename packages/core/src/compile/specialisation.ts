import type { Value } from "../value.ts";
import type { Build } from "./executable.ts";
import type { Program } from "./program.ts";
import { type Interface, ShapedCode } from "./shapedCode.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** What a function was traced and lowered to, for arguments of certain shapes. */
export interface Source extends Interface {
  readonly program: Program;
  /** Of a gradient: the captured leaves that have one, in the order of the outputs after the first. */
  readonly targets: readonly Value[];
  /** How many Values the trace made. */
  readonly nodes: number;
  readonly watch: Stopwatch;
}

/** A function compiled for arguments of certain shapes. */
export class Specialisation extends ShapedCode {
  readonly targets: readonly Value[];
  readonly nodes: number;
  /** How many instructions and loops there were before any were found. */
  readonly lowered: { readonly instructions: number; readonly loops: number };
  readonly watch: Stopwatch;
  #build: Build;

  constructor(source: Source, build: Build) {
    super(source, build.executable);
    const { program, targets, nodes, watch } = source;
    this.targets = targets;
    this.nodes = nodes;
    this.lowered = { instructions: instructionCount(program), loops: program.loops.length };
    this.watch = watch;
    this.#build = build;
  }

  get build(): Build {
    return this.#build;
  }

  /** Another build of the same program takes over from the next call on. */
  set build(build: Build) {
    this.#build = build;
    this.executable = build.executable;
  }
}

/** How many instructions the bodies of a program hold. */
export function instructionCount({ body, loops }: Program): number {
  return loops.reduce((count, loop) => count + loop.body.length, body.length);
}
