import type { Tier } from "./executable.ts";
import type { Program } from "./program.ts";
import { instructionCount, type Specialisation } from "./specialisation.ts";
import type { Milliseconds } from "./stopwatch.ts";

/** A loop of compiled code. */
export interface InspectedLoop {
  /** How many rows it goes over. */
  readonly count: number;
  /** How many of them are side by side in vectors; 1 where they go one by one. */
  readonly lanes: number;
  /** Whether the function says so, by `sum`, `mean`, `map` or `scan`, or it was found in what the function repeats. */
  readonly origin: "written" | "found";
}

/** What became of a function for the arguments of the latest call. */
export interface Inspection {
  /** How many Values the trace made: those of all transforms, and those in the bodies of loops. */
  readonly nodes: number;
  /** How many instructions they were lowered to. */
  readonly lowered: number;
  /** How many there are after what is repeated was rolled into loops. */
  readonly rolled: number;
  readonly loops: readonly InspectedLoop[];
  /** How many functions the WebAssembly has; 0 if there is none. */
  readonly functions: number;
  /** The size of the module; 0 if there is none. */
  readonly bytes: number;
  /** What runs it. */
  readonly tier: Tier;
  /** Why that is not the tier of choice; `undefined` if it is. */
  readonly fallback: string | undefined;
  /** How long each phase of compiling took. */
  readonly milliseconds: Milliseconds & { readonly total: number };
}

export function inspect({ nodes, lowered, build, watch }: Specialisation): Inspection {
  const { program, image, tier, fallback } = build;
  const { milliseconds } = watch;
  return {
    nodes,
    lowered: lowered.instructions,
    rolled: instructionCount(program),
    loops: loopsIn(program).map((index) => ({
      count: program.loops[index]!.count,
      lanes: image?.lanes[index] ?? 1,
      origin: index < lowered.loops ? "written" : "found",
    })),
    functions: image?.functionSizes.length ?? 0,
    bytes: image?.bytes.length ?? 0,
    tier,
    fallback,
    milliseconds: {
      ...milliseconds,
      total: Object.values(milliseconds).reduce((total, each) => total + each, 0),
    },
  };
}

/** The numbers of the loops that a program runs, in the order in which they begin. */
function loopsIn({ body, loops, codes, immediates }: Program): number[] {
  const found: number[] = [];
  const visit = (ids: readonly number[]) => {
    for (const id of ids) {
      if (codes[id] !== "loop") continue;
      found.push(immediates[id]!);
      visit(loops[immediates[id]!]!.body);
    }
  };
  visit(body);
  return found;
}
