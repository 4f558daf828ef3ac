import { checkOptionNames } from "../options.ts";
import { describe } from "../value.ts";
import type { Tier } from "./executable.ts";
import { type Arguments, type Kernel, kernelOf, type LoadedKernel } from "./kernel.ts";
import { type LoadOptions, load } from "./load.ts";
import type { SavedKernel } from "./save.ts";
import { Specialisations, traceGradient } from "./specialisations.ts";
import { traceCall } from "./trace.ts";

/** How to compile. */
export interface CompileOptions {
  /** How the code runs; where that cannot be, compiling throws. By default the fastest that there is. */
  readonly tier?: Tier;
  /** For how many shapes of arguments the code is kept; 8 unless told. The least recently used goes first. */
  readonly cacheSize?: number;
}

/** How to compile without blocking. */
export interface CompileAsyncOptions<Args extends unknown[]> extends CompileOptions {
  /** Arguments of the shape whose code is to be ready. */
  readonly like?: Arguments<Args>;
}

/** See {@link compile}. */
export interface Compile {
  <Args extends unknown[], R>(f: (...args: Args) => R, options?: CompileOptions): Kernel<Args, R>;

  /**
   * As {@link compile}, but WebAssembly is compiled without blocking. The kernel that it resolves to runs the shape of
   * `like` at full speed; the first calls with arguments of any other shape run as JavaScript while their code is
   * compiled, with the same answers.
   *
   * Tracing is not put off: what f throws while it is traced comes as a rejection for `like`, from the call else.
   *
   * @example const f = await compile.async((x: Value) => x.square(), { like: [0] }); f(3) // 9
   */
  async<Args extends unknown[], R>(
    f: (...args: Args) => R,
    options?: CompileAsyncOptions<Args>,
  ): Promise<Kernel<Args, R>>;

  /**
   * A kernel from what `kernel.wasm` gave, here or in another process, without tracing or compiling anything but
   * WebAssembly. It takes arguments of the structure that it was saved for.
   *
   * @param saved - the module and its description, which may have been through JSON
   * @param options - operations made by `defineOp` and captured leaves, if the function used any
   * @throws TypeError or RangeError if something is missing, or the module is not what the description says
   * @example
   * const kernel = compile(grad((x: Value) => x.pow(3)));
   * kernel(1);
   * compile.load(kernel.wasm)(2) // 12
   */
  load<Args extends unknown[], R>(saved: SavedKernel, options?: LoadOptions): LoadedKernel<Args, R>;
}

/**
 * The same function of numbers at the speed of C: f is traced once for each structure of arguments, the graph is
 * simplified, and WebAssembly is written for it. Works for any function of scalars and any composition of transforms.
 *
 * The first call traces and compiles; calls with other lengths or keys do so again. Values that f captured are read at
 * each call. Plain numbers, arrays and objects that f captured are taken as they are when it is traced.
 *
 * @param f - takes and returns scalars in any structure; it must not branch on their numbers: choose by `where`
 * @returns a function of numbers (and strings, flags, functions, which are fixed for each code), with more methods:
 * see {@link Kernel}
 * @throws TypeError if not given a function, or an option is not one of those allowed. The kernel throws a TraceError
 * where f asks for the number of a traced Value, and a TypeError if f returns no scalars
 * @example compile(grad(([x, y]: [Value, Value]) => x.mul(y).add(x.square())))([2, 3]) // [7, 2]
 */
export const compile: Compile = Object.assign(
  <Args extends unknown[], R>(f: (...args: Args) => R, options: CompileOptions = {}): Kernel<Args, R> => {
    checkArguments("compile", f, options, ["tier", "cacheSize"]);
    const [calls, gradients] = specialisationsOf(f, options, false);
    return kernelOf(f, calls, gradients);
  },
  { async: compileAsync, load },
);

async function compileAsync<Args extends unknown[], R>(
  f: (...args: Args) => R,
  options: CompileAsyncOptions<Args> = {},
): Promise<Kernel<Args, R>> {
  checkArguments("compile.async", f, options, ["tier", "cacheSize", "like"]);
  const { like } = options;
  if (like !== undefined && !Array.isArray(like)) {
    throw new TypeError(`compile.async: like must be an array of arguments, got ${describe(like)}.`);
  }
  const [calls, gradients] = specialisationsOf(f, options, true);
  if (like !== undefined) await calls.prepare(like);
  return kernelOf(f, calls, gradients);
}

function specialisationsOf(
  f: (...args: never[]) => unknown,
  { tier, cacheSize = 8 }: CompileOptions,
  inBackground: boolean,
): [calls: Specialisations, gradients: Specialisations] {
  const options = { tier, size: cacheSize, inBackground };
  return [
    new Specialisations((shapes) => traceCall(f, shapes), options),
    new Specialisations((shapes) => traceGradient(f, shapes), options),
  ];
}

const TIERS: ReadonlySet<unknown> = new Set<Tier>(["wasm", "replay", "js"]);

function checkArguments(
  caller: string,
  f: unknown,
  options: CompileOptions,
  allowed: readonly string[],
): void {
  if (typeof f !== "function") throw new TypeError(`${caller}: needs a function, got ${describe(f)}.`);
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(
      `${caller}: options must be an object, got ${describe(options)}. Arguments are passed in a second call: ` +
        "compile(f)(x).",
    );
  }
  checkOptionNames(caller, options, allowed);
  const { tier, cacheSize = 1 } = options;
  if (tier !== undefined && !TIERS.has(tier)) {
    const tiers = [...TIERS].map((each) => `"${each}"`).join(", ");
    throw new TypeError(`${caller}: tier must be one of ${tiers}, got ${describe(tier)}.`);
  }
  if (!Number.isInteger(cacheSize) || cacheSize < 1) {
    throw new RangeError(`${caller}: cacheSize must be a whole number from 1, got ${describe(cacheSize)}.`);
  }
}
