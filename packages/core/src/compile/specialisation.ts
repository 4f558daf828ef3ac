import { walk } from "../graph.ts";
import type { Scalar, Value } from "../value.ts";
import type { Build } from "./executable.ts";
import type { Program } from "./program.ts";
import { type Interface, ShapedCode } from "./shapedCode.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { TracedCall } from "./trace.ts";
import type { TracedLoop } from "./tracedLoop.ts";

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

/** How many Values a trace made, those in the bodies of loops included. */
export function nodeCount({ outputs }: Pick<TracedCall, "outputs">): number {
  let count = 0;
  const loops = new Set<TracedLoop>();
  const countFrom = (scalars: readonly Scalar[], outside?: { has(node: Value): boolean }) => {
    const roots = scalars.filter((x) => typeof x === "object");
    for (const node of walk(roots, outside === undefined ? {} : { until: outside })) {
      if (outside?.has(node)) continue;
      count++;
      if (node.op?.loop !== undefined) loops.add(node.op.loop.loop);
    }
  };
  countFrom(outputs);
  // Loops found on the way join in.
  for (const loop of loops) countFrom(loop.bodyResults, loop.outside);
  return count;
}
