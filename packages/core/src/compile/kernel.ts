import { accumulate } from "../backward.ts";
import type { NumbersIn, Tree } from "../transforms/tree.ts";
import { describe, type Scalar, type Value } from "../value.ts";
import { copyNumbers } from "./copyNumbers.ts";
import { type Inspection, inspect } from "./inspection.ts";
import { LeafIndex } from "./leafIndex.ts";
import { programToDot } from "./programToDot.ts";
import { type SavedKernel, save } from "./save.ts";
import type { ShapedCode } from "./shapedCode.ts";
import type { Specialisation } from "./specialisation.ts";
import type { Specialisations } from "./specialisations.ts";

/** What is no tree of scalars: it passes through a compiled function as it is, and each one is compiled for. */
type Fixed = string | boolean | bigint | symbol | null | undefined | ((...args: never[]) => unknown);

/**
 * An argument of a compiled function: numbers in place of Values, and arrays of numbers may be Float64Arrays. What is
 * no tree of scalars (a string, a flag, a function) stays as it is.
 */
export type Argument<T> = T extends Fixed ? T : NumbersIn<T>;

/** The arguments of a compiled function. */
export type Arguments<Args extends unknown[]> = { [I in keyof Args]: Argument<Args[I]> };

/** What a compiled function returns: numbers in place of Values. What is no tree of scalars stays as it is. */
export type Result<T> = Tree extends T
  ? NumberTree
  : T extends Scalar
    ? number
    : T extends Fixed
      ? T
      : { [Key in keyof T]: Result<T[Key]> };

type NumberTree = number | readonly NumberTree[] | { readonly [key: string]: NumberTree };

/** A compiled function that was saved and loaded: see {@link Kernel}. */
export interface LoadedKernel<Args extends unknown[], R> {
  /**
   * The result for these arguments. What was a Float64Array in the arguments is one again in gradients with respect to
   * it.
   *
   * @throws TypeError if an argument holds a Value, or anything else that is no number and no plain structure
   */
  (...args: Arguments<Args>): Result<R>;
  /**
   * Calls it and writes all numbers of the result to `out`, in order: nothing is allocated.
   *
   * @returns `out`
   * @throws RangeError if `out` is too short
   * @example compile((x: Value) => [x, x.square()]).into(new Float64Array(2), 3) // Float64Array.of(3, 9)
   */
  into(out: Float64Array, ...args: Arguments<Args>): Float64Array;
  /**
   * Calls it and gives all numbers of the result, in order, where the code left them: nothing is copied. They are
   * valid until the next call, and not to be written to.
   *
   * @example compile((x: Value) => [x, x.square()]).view(3) // Float64Array.of(3, 9)
   */
  view(...args: Arguments<Args>): Float64Array;
}

/** A compiled function. */
export interface Kernel<Args extends unknown[], R> extends LoadedKernel<Args, R> {
  /**
   * Back-propagates: adds ∂result/∂leaf to the `grad` of every leaf that the function captured.
   *
   * @returns the result
   * @throws TypeError if the function does not return one scalar
   * @example const w = value(3); compile((x: Value) => x.mul(w)).backward(2); w.grad // 2
   */
  backward(...args: Arguments<Args>): number;
  /**
   * As `backward`, with the numbers and gradients of leaves in arrays: the leaves themselves are neither read nor
   * changed. For optimisers that keep all parameters in one array. Other leaves that the function captured are read as
   * ever, and get no gradient.
   *
   * @param leaves - n leaves; the gradient is 0 for those that the result does not depend on
   * @returns a function of n numbers, an array of n that the gradient is written to, and the arguments
   * @throws TypeError or RangeError if given anything but leaves, one twice, or arrays of another length
   * @example const w = value(3), gradient = new Float64Array(1); compile((x: Value) => x.mul(w)).gradientAt([w])(Float64Array.of(5), gradient, 2) // 10
   */
  gradientAt(
    leaves: readonly Value[],
  ): (numbers: Float64Array, gradient: Float64Array, ...args: Arguments<Args>) => number;
  /**
   * What became of the function for the arguments of the latest call.
   *
   * @throws Error before the first call
   */
  inspect(): Inspection;
  /**
   * The program of the latest call as DOT, the language of Graphviz: a node for each operation, a box for each loop.
   *
   * @throws Error before the first call
   */
  dot(): string;
  /**
   * The code of the latest call (not of `backward`), to be saved and {@link Compile.load | loaded} elsewhere.
   *
   * @throws Error before the first call; TypeError if the arguments hold functions or symbols
   */
  readonly wasm: SavedKernel;
}

/** The methods of a kernel that need its code only. */
export function runnersOf(run: (args: readonly unknown[]) => ShapedCode): {
  call: (...args: unknown[]) => unknown;
  into: (out: Float64Array, ...args: unknown[]) => Float64Array;
  view: (...args: unknown[]) => Float64Array;
} {
  return {
    call: (...args) => run(args).value,
    into: (out, ...args) => {
      if (!(out instanceof Float64Array)) {
        throw new TypeError(
          `compile: out must be a Float64Array, before the arguments, got ${describe(out)}.`,
        );
      }
      const { outputs } = run(args);
      if (out.length < outputs.length) {
        throw new RangeError(
          `compile: out must be a Float64Array of at least ${outputs.length}, got one of ${out.length}.`,
        );
      }
      copyNumbers(outputs, out, 0);
      return out;
    },
    view: (...args) => run(args).outputs,
  };
}

/** A kernel of f, and of its gradient. */
export function kernelOf<Args extends unknown[], R>(
  f: (...args: Args) => R,
  calls: Specialisations,
  gradients: Specialisations,
): Kernel<Args, R> {
  let used = calls;
  const { call, into, view } = runnersOf((args) => {
    const specialisation = calls.run(args);
    used = calls;
    return specialisation;
  });
  const backward = (...args: unknown[]): number => {
    const { outputs, targets } = gradients.run(args);
    used = gradients;
    for (let i = 0; i < targets.length; i++) accumulate(targets[i]!, outputs[i + 1]!);
    return outputs[0]!;
  };
  const gradientAt = (leaves: readonly Value[]) => {
    const index = new LeafIndex(leaves);
    return (numbers: Float64Array, gradient: Float64Array, ...args: unknown[]): number => {
      index.check("numbers", numbers);
      index.check("gradient", gradient);
      const { outputs, targets } = gradients.run(args, { index, numbers });
      used = gradients;
      const places = index.of(targets);
      gradient.fill(0);
      for (let i = 0; i < places.length; i++) {
        const place = places[i]!;
        if (place >= 0) gradient[place] = outputs[i + 1]!;
      }
      return outputs[0]!;
    };
  };
  const kernel = Object.assign(call, {
    into,
    view,
    backward,
    gradientAt,
    inspect: () => inspect(latestOf(used, "inspect()")),
    dot: () => programToDot(latestOf(used, "dot()")),
  });
  return Object.defineProperties(kernel, {
    name: { value: f.name || "kernel" },
    length: { value: f.length },
    wasm: { get: () => save(latestOf(calls, "wasm")), enumerable: true },
  }) as unknown as Kernel<Args, R>;
}

function latestOf({ latest }: Specialisations, asked: string): Specialisation {
  if (latest !== undefined) return latest;
  throw new Error(
    `compile: ${asked} is about the latest call, and the kernel was not called yet` +
      (asked === "wasm" ? " (kernel.backward does not count: what it runs is the gradient)." : "."),
  );
}
