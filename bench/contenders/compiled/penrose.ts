// The engine that lays out Penrose's diagrams. The package's index exports only its optimiser, which keeps gradients to
// itself; the modules of the engine are exported by their paths. They need no page, but the package brings MathJax.
import { genGradient, variable } from "@penrose/core/dist/engine/Autodiff";
import type { Num } from "@penrose/core/dist/types/ad";
import type { Running } from "../../contender.ts";

export type { Num };

/** The gradient of a sum of objectives, each compiled to a function of its own; `update` follows each step. */
export async function gradientOf(
  objectives: (xs: Num[]) => Num[],
  start: ArrayLike<number>,
  update?: (at: Float64Array, gradient: Float64Array) => void,
): Promise<Running> {
  const at = Float64Array.from(start);
  const gradient = new Float64Array(at.length);
  const xs = Array.from(at, variable);
  const terms = objectives(xs);
  const call = await genGradient(xs, terms, []);
  const all = { inputMask: xs.map(() => true), objMask: terms.map(() => true), constrMask: [] };
  return {
    step() {
      const { phi } = call(all, at, 0, gradient);
      update?.(at, gradient);
      return phi;
    },
    results: () => [call(all, at, 0, gradient).phi, ...gradient],
  };
}
