import { emit, type Image } from "./emit.ts";
import { hasVectors, hasWebAssembly, instantiate, instantiateLater } from "./instantiate.ts";
import { interpreter } from "./interpret.ts";
import type { Program } from "./program.ts";
import { roll } from "./roll/roll.ts";
import type { Stopwatch } from "./stopwatch.ts";

/**
 * How code runs: as WebAssembly, as JavaScript.
 */
export type Tier = "wasm" | "js";

/** A program ready to run: fill `inputs`, run, read `outputs`. */
export interface Executable {
  /** The numbers of the arguments, then those of captured leaves. */
  readonly inputs: Float64Array;
  readonly outputs: Float64Array;
  readonly run: () => void;
}

/** A program made ready to run. */
export interface Build {
  readonly tier: Tier;
  /** Why it does not run in the tier that is the first choice. */
  readonly fallback: string | undefined;
  /** The program as it runs. */
  readonly program: Program;
  /** The module, where there is one. */
  readonly image: Image | undefined;
  readonly executable: Executable;
}

/** A program translated to WebAssembly. */
type Translated = Omit<Build, "executable" | "image"> & { readonly image: Image };

/**
 * Makes a program ready to run in the tier asked for; if none is, in the fastest that this place has.
 *
 * @throws Error if the tier asked for cannot be had
 */
export function build(program: Program, tier: Tier | undefined, watch: Stopwatch): Build {
  const missing = missingFor(tier);
  if (tier === "js" || missing !== undefined) return buildInJavaScript(program, missing, watch);
  const translated = translate(program, watch);
  try {
    return { ...translated, executable: watch.time("load", () => instantiate(translated.image)) };
  } catch (error) {
    return buildInJavaScript(program, refused(error, tier), watch);
  }
}

/** As {@link build}, with WebAssembly compiled in the background. */
export async function buildLater(
  program: Program,
  tier: Tier | undefined,
  watch: Stopwatch,
): Promise<Build> {
  const missing = missingFor(tier);
  if (tier === "js" || missing !== undefined) return buildInJavaScript(program, missing, watch);
  const translated = translate(program, watch);
  try {
    const executable = await watch.timeLater("load", () => instantiateLater(translated.image));
    return { ...translated, executable };
  } catch (error) {
    return buildInJavaScript(program, refused(error, tier), watch);
  }
}

/** Makes a program ready to run as JavaScript. */
export function buildInJavaScript(
  program: Program,
  fallback: string | undefined,
  watch: Stopwatch,
): Build {
  const executable = watch.time("load", () => interpreter(program));
  return { tier: "js", fallback, program, image: undefined, executable };
}

/** The module of a program, whatever it runs in here. */
export function imageOf({ image, program }: Build): Image {
  return image ?? emit(roll(program), { simd: hasVectors() });
}

function translate(program: Program, watch: Stopwatch): Translated {
  const rolled = watch.time("roll", () => roll(program));
  const image = watch.time("emit", () => emit(rolled, { simd: hasVectors() }));
  return { tier: "wasm", fallback: undefined, program: rolled, image };
}

function missingFor(tier: Tier | undefined): string | undefined {
  if (tier === "js" || hasWebAssembly()) return undefined;
  const missing = "there is no WebAssembly here";
  if (tier !== undefined) throw new Error(`compile: ${missing}, which tier "${tier}" needs.`);
  return missing;
}

/**
 * Why WebAssembly was refused: by a page's content policy without 'wasm-unsafe-eval', or as too large.
 *
 * @throws the error, where no other tier may be taken
 */
function refused(error: unknown, tier: Tier | undefined): string {
  const reason = `WebAssembly was refused (${String(error)})`;
  if (tier !== undefined) {
    throw new Error(`compile: ${reason}, and tier "${tier}" needs it.`, { cause: error });
  }
  return reason;
}
