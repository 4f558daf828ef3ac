import { topologicalOrder } from "../graph.ts";
import { pullback } from "../transforms/pullback.ts";
import { describe, isScalar, type Value } from "../value.ts";
import { type Build, build, buildForNow, buildLater, type Tier } from "./executable.ts";
import type { LeafNumbers } from "./leafIndex.ts";
import { lower } from "./lower.ts";
import { type Shape, shapeOf } from "./shape.ts";
import { type Source, Specialisation } from "./specialisation.ts";
import { Stopwatch } from "./stopwatch.ts";
import { type TracedCall, traceCall } from "./trace.ts";

/** Traces a function for arguments of certain shapes. */
export type TraceFor = (shapes: readonly Shape[]) => TracedCall & { readonly targets?: readonly Value[] };

/** How specialisations are made and kept. */
export interface SpecialisationOptions {
  readonly tier: Tier | undefined;
  /** How many to keep; the least recently used goes first. */
  readonly size: number;
  /** Whether they run as JavaScript at first, while WebAssembly is compiled. */
  readonly inBackground: boolean;
}

/** What was compiled of one function, most recently used first. */
export class Specialisations {
  readonly #traceFor: TraceFor;
  readonly #options: SpecialisationOptions;
  readonly #known: Specialisation[] = [];

  constructor(traceFor: TraceFor, options: SpecialisationOptions) {
    this.#traceFor = traceFor;
    this.#options = options;
  }

  /** The latest used. */
  get latest(): Specialisation | undefined {
    return this.#known[0];
  }

  /** Runs the code for arguments, and compiles it first where their shape is new. */
  run(args: readonly unknown[], given?: LeafNumbers): Specialisation {
    let specialisation = this.#known[0];
    if (specialisation === undefined || !specialisation.fill(args, given)) {
      specialisation = this.#find(args, given);
    }
    specialisation.run();
    return specialisation;
  }

  /** Compiles the code for arguments without blocking. */
  async prepare(args: readonly unknown[]): Promise<void> {
    const source = this.#trace(args);
    await soon();
    const { tier } = this.#options;
    this.#keep(new Specialisation(source, await buildLater(source.program, tier, source.watch)));
  }

  #find(args: readonly unknown[], given: LeafNumbers | undefined): Specialisation {
    const at = this.#known.findIndex((known) => known.fill(args, given));
    if (at >= 0) {
      const [specialisation] = this.#known.splice(at, 1) as [Specialisation];
      this.#known.unshift(specialisation);
      return specialisation;
    }
    const specialisation = this.#compile(args);
    if (!specialisation.fill(args, given)) {
      throw new TypeError(
        "compile: the arguments changed while they were read, or while the function was traced: " +
          "it must not change arrays and objects that it was not given.",
      );
    }
    this.#keep(specialisation);
    return specialisation;
  }

  #keep(specialisation: Specialisation): void {
    this.#known.unshift(specialisation);
    if (this.#known.length > this.#options.size) this.#known.length = this.#options.size;
  }

  #compile(args: readonly unknown[]): Specialisation {
    const source = this.#trace(args);
    const { program, watch } = source;
    const { tier, inBackground } = this.#options;
    if (!inBackground || tier === "js") return new Specialisation(source, build(program, tier, watch));
    const first = buildForNow(program, watch);
    const specialisation = new Specialisation(source, first);
    void soon()
      .then(() => buildLater(program, tier, watch))
      .catch((error: unknown) => thatThrows(first, error))
      .then((later) => {
        specialisation.build = later;
      });
    return specialisation;
  }

  #trace(args: readonly unknown[]): Source {
    const watch = new Stopwatch();
    const shapes = args.map((arg, i) => shapeOf(arg, `argument ${i + 1}`, (x) => typeof x === "number"));
    const traced = watch.time("trace", () => this.#traceFor(shapes));
    const { program, captured, nodes } = watch.time("lower", () => lower(traced));
    const { result, targets = [] } = traced;
    return { shapes, result, program, captured, targets, nodes, watch };
  }
}

/** A tier was asked for that cannot be had: the next call says so. */
function thatThrows(build: Build, error: unknown): Build {
  const run = () => {
    throw error;
  };
  return { ...build, fallback: String(error), executable: { ...build.executable, run } };
}

/** Lets what waits run first, where the engine has timers. */
function soon(): Promise<void> {
  const { setTimeout } = globalThis as unknown as {
    readonly setTimeout?: (f: () => void, milliseconds: number) => unknown;
  };
  return setTimeout === undefined ? Promise.resolve() : new Promise((go) => void setTimeout(go, 0));
}

/** Traces f, which returns one scalar, and the gradient with respect to the leaves that it captured. */
export function traceGradient(
  f: (...args: never[]) => unknown,
  shapes: readonly Shape[],
): TracedCall & { readonly targets: readonly Value[] } {
  let targets: readonly Value[] = [];
  const traced = traceCall(f, shapes, (returned, tracer, inputs) => {
    if (!isScalar(returned)) {
      throw new TypeError(
        `compile: backward needs a function that returns one scalar, got ${describe(returned)}.`,
      );
    }
    if (typeof returned === "number") return [returned];
    const isArgument = new Set(inputs);
    const isCaptured = (node: Value) =>
      node.op === undefined && !tracer.constants.has(node) && !isArgument.has(node);
    const leaves = topologicalOrder(returned).filter(isCaptured);
    if (leaves.length === 0) {
      throw new TypeError(
        "compile: backward found no leaf to give a gradient: the result depends on no Value that the function captured. " +
          "Let the function capture the parameters, or use compile(valueAndGrad(f)) for the gradient of an argument.",
      );
    }
    const gradient = pullback([returned], [1], leaves, true);
    targets = leaves.filter((_, i) => gradient[i] !== undefined);
    return [returned, ...gradient.filter((entry) => entry !== undefined)];
  });
  return { ...traced, targets };
}
