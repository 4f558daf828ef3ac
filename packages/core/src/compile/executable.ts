import { emit } from "./emit.ts";
import type { Image } from "./image.ts";
import { hasVectors, instantiate, instantiateLater, refusal, refusalBy } from "./instantiate.ts";
import { interpreter } from "./interpret.ts";
import type { Program } from "./program.ts";
import { canReplay } from "./replay/plan.ts";
import { replayer } from "./replay/replayer.ts";
import { replayImage } from "./replay/replayImage.ts";
import { roll } from "./roll/roll.ts";
import { Stopwatch } from "./stopwatch.ts";

/**
 * How code runs.
 * - `"wasm"`: as WebAssembly, each operation in its place, what is repeated as loops.
 * - `"replay"`: as WebAssembly that goes through a table of the operations: for large programs that repeat nothing, whose
 *   code would outgrow the caches. Not for functions with loops.
 * - `"js"`: as JavaScript, where WebAssembly is missing or forbidden.
 */
export type Tier = "wasm" | "replay" | "js";

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
type Translated = Omit<Build, "executable"> & { readonly image: Image };

/** Programs without loops are replayed from this many instructions on: code as long does not fit the caches. */
const REPLAYED_FROM = 10_000;

/**
 * Makes a program ready to run in the tier asked for; if none is, in the fastest that this place has.
 *
 * @throws Error if the tier asked for cannot be had
 */
export function build(program: Program, tier: Tier | undefined, watch: Stopwatch): Build {
  if (tier === "js") return buildInJavaScript(program, undefined, watch);
  const reason = refusal();
  if (reason !== undefined) return buildInJavaScript(program, withoutWebAssembly(reason, tier), watch);
  const translated = translate(program, tier, watch);
  try {
    return { ...translated, executable: watch.time("load", () => instantiate(translated.image)) };
  } catch (error) {
    return buildInJavaScript(program, withoutWebAssembly(refusalBy(error), tier, error), watch);
  }
}

/** As {@link build}, with WebAssembly compiled in the background. */
export async function buildLater(program: Program, tier: Tier | undefined, watch: Stopwatch): Promise<Build> {
  if (tier === "js") return buildInJavaScript(program, undefined, watch);
  const reason = refusal();
  if (reason !== undefined) return buildInJavaScript(program, withoutWebAssembly(reason, tier), watch);
  const translated = translate(program, tier, watch);
  try {
    const executable = await watch.timeLater("load", () => instantiateLater(translated.image));
    return { ...translated, executable };
  } catch (error) {
    return buildInJavaScript(program, withoutWebAssembly(refusalBy(error), tier, error), watch);
  }
}

/** Makes a program run at once, until another build of it is ready. */
export function buildForNow(program: Program, watch: Stopwatch): Build {
  const executable = watch.time("load", () => interpreter(program));
  const fallback = "WebAssembly is being compiled in the background";
  return { tier: "js", fallback, program, image: undefined, executable };
}

/** The module of a program, whatever it runs in here. */
export function imageOf({ image, program }: Build): Image {
  return image ?? translate(program, undefined, new Stopwatch()).image;
}

function buildInJavaScript(program: Program, fallback: string | undefined, watch: Stopwatch): Build {
  const executable = watch.time("load", () =>
    canReplay(program) ? replayer(program) : interpreter(program),
  );
  return { tier: "js", fallback, program, image: undefined, executable };
}

function translate(program: Program, tier: Tier | undefined, watch: Stopwatch): Translated {
  if (tier === "replay") {
    if (!hasVectors()) {
      throw new Error('compile: tier "replay" needs WebAssembly with vectors, which this engine lacks.');
    }
    if (canReplay(program)) return translateToReplay(program, watch);
    throw new RangeError(
      `compile: tier "replay" is for functions without loops, this one has ${program.loops.length} ` +
        "(by sum, mean, map or scan of a function over rows).",
    );
  }
  const rolled = watch.time("roll", () => roll(program));
  const isLong = rolled.body.length >= REPLAYED_FROM;
  if (tier === undefined && isLong && canReplay(rolled) && hasVectors()) {
    return translateToReplay(rolled, watch);
  }
  const image = watch.time("emit", () => emit(rolled, { simd: hasVectors() }));
  return { tier: "wasm", fallback: undefined, program: rolled, image };
}

function translateToReplay(program: Program, watch: Stopwatch): Translated {
  const image = watch.time("emit", () => replayImage(program));
  return { tier: "replay", fallback: undefined, program, image };
}

/**
 * Notes why there is no WebAssembly.
 *
 * @throws Error if the tier asked for needs it
 */
function withoutWebAssembly(reason: string, tier: Tier | undefined, cause?: unknown): string {
  if (tier === undefined) return reason;
  throw new Error(`compile: ${reason}, and tier "${tier}" needs it.`, { cause });
}
