import type { Value } from "@chainrule/core";
import { checkNumber, checkOptions, checkPositiveInteger, describe } from "../check.ts";
import { checkLength, checkMethod, numbersOf } from "./checkState.ts";
import { type LinePoint, lineSearch } from "./lineSearch.ts";
import type { Optimiser, OptimiserState } from "./optimiser.ts";
import { ParameterArrays } from "./parameterArrays.ts";
import { checkParameters, checkValues, isSameList } from "./parameters.ts";
import { dot, type Pair, quasiNewtonDirection } from "./quasiNewton.ts";

export interface LBFGSOptions {
  /** How many of the latest steps shape the direction, a positive integer; 10 unless told. */
  readonly memory?: number;
  /** c₁ of the sufficient decrease, above 0 and below `curvature`; 1e-4 unless told. */
  readonly decrease?: number;
  /** c₂ of the curvature condition, above `decrease` and below 1; 0.9 unless told. */
  readonly curvature?: number;
  /** The most evaluations in one line search, a positive integer; 25 unless told. */
  readonly maxEvaluations?: number;
}

const optionNames = ["memory", "decrease", "curvature", "maxEvaluations"] as const;

/** A point tried: with the parameters and the gradient there. */
interface Point extends LinePoint {
  readonly data: Float64Array;
  readonly gradient: Float64Array;
}

/**
 * L-BFGS: `p ← p + αd`, with `d = −Hg` where H approximates the inverse Hessian by the latest steps `s = Δp` and
 * gradient changes `y = Δg`, and α fulfils the strong Wolfe conditions `f(p + αd) ≤ f(p) + c₁α gᵀd`,
 * `|∇f(p + αd)ᵀd| ≤ c₂|gᵀd|`.
 *
 * For a loss that is the same function in each evaluation: all examples at once, not batches drawn anew. A step
 * evaluates the loss where it starts, then for each α it tries, most often one. Weight decay belongs in the loss. `fit`
 * with a `batchSize` below the number of examples is allowed, but batches change the loss under it: what it learnt of
 * the curvature of one is wrong for the next.
 *
 * @throws TypeError or RangeError for an option outside its range, or an unknown one
 * @example new LBFGS({ memory: 5 }).memory // 5
 * @see Nocedal and Wright (2006), "Numerical optimization", §7.2, algorithms 7.4 and 7.5
 */
export class LBFGS implements Optimiser {
  readonly memory: number;
  readonly decrease: number;
  readonly curvature: number;
  readonly maxEvaluations: number;
  readonly needsEvaluate = true;
  #pairs: readonly Pair[] = [];
  /** Whom the pairs belong to; undefined before the first list, and where a restored state waits for one. */
  #parameters: readonly Value[] | undefined;

  constructor(options: LBFGSOptions = {}) {
    checkOptions("LBFGS", options, optionNames);
    const { memory = 10, decrease = 1e-4, curvature = 0.9, maxEvaluations = 25 } = options;
    checkPositiveInteger("LBFGS: memory", memory);
    checkPositiveInteger("LBFGS: maxEvaluations", maxEvaluations);
    checkNumber("LBFGS: curvature", curvature, "above 0 and below 1", (c) => c > 0 && c < 1);
    const wanted = `above 0 and below curvature, ${curvature}`;
    checkNumber("LBFGS: decrease", decrease, wanted, (c) => c > 0 && c < curvature);
    this.memory = memory;
    this.decrease = decrease;
    this.curvature = curvature;
    this.maxEvaluations = maxEvaluations;
  }

  /**
   * One direction and one line search. The parameters then hold the accepted point, and their `grad` the gradient
   * there; they stay where they are if the gradient is 0, or so small that no lower loss is found.
   *
   * With another list of parameters it starts anew.
   *
   * @param evaluate - sets the gradients at the present parameters (from 0, not added up) and returns the loss
   * @throws TypeError if evaluate is no function or returns no number
   * @throws RangeError if the loss or a gradient is not finite at the start of the step
   * @throws what evaluate throws; the parameters are then back at the start
   */
  step(parameters: readonly Value[], evaluate?: () => number): void {
    checkValues("LBFGS", parameters);
    checkEvaluate(evaluate);
    this.#follow(parameters);
    const arrays = new ParameterArrays(parameters);
    try {
      this.stepArrays(arrays, () => {
        arrays.writeData();
        const loss = evaluate();
        arrays.readGradient();
        return loss;
      });
    } finally {
      arrays.writeData();
    }
    arrays.writeGradient();
  }

  stepArrays(arrays: ParameterArrays, evaluate?: () => number): void {
    checkEvaluate(evaluate);
    this.#follow(arrays.parameters);
    const start = arrays.data.slice();
    try {
      const accepted = this.#search(arrays, start, evaluate);
      arrays.data.set(accepted.data);
      arrays.gradient.set(accepted.gradient);
    } catch (error) {
      arrays.data.set(start);
      throw error;
    }
  }

  #search(arrays: ParameterArrays, data: Float64Array, evaluate: () => number): Point {
    const loss = evaluateChecked(evaluate);
    const gradient = arrays.gradient.slice();
    const broken = gradient.findIndex((g) => !Number.isFinite(g));
    if (!Number.isFinite(loss) || broken !== -1) {
      const what = Number.isFinite(loss)
        ? `the gradient of parameters[${broken}] is ${gradient[broken]}`
        : `the loss is ${loss}`;
      throw new RangeError(`LBFGS: ${what} at the start of the step. Start from other parameters.`);
    }
    let direction = quasiNewtonDirection(gradient, this.#pairs);
    // The pairs of an older loss, or rounding, may point uphill.
    if (!(dot(gradient, direction) < 0)) {
      this.#pairs = [];
      direction = quasiNewtonDirection(gradient, []);
    }
    const start: Point = { alpha: 0, loss, slope: dot(gradient, direction), data, gradient };
    if (start.slope === 0) return start;

    const accepted = lineSearch(
      start,
      // Without pairs the direction has the gradient's scale, which says nothing of the step's.
      this.#pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(-start.slope)) : 1,
      (alpha): Point => {
        const there = data.map((p, i) => p + alpha * direction[i]!);
        arrays.data.set(there);
        const loss = evaluateChecked(evaluate);
        const gradient = arrays.gradient.slice();
        return { alpha, loss, slope: dot(gradient, direction), data: there, gradient };
      },
      this,
    );
    this.#remember(start, accepted);
    return accepted;
  }

  #remember(start: Point, accepted: Point): void {
    const s = accepted.data.map((p, i) => p - start.data[i]!);
    const y = accepted.gradient.map((g, i) => g - start.gradient[i]!);
    // Curvature that is not above 0 would make H indefinite; the line search excludes it unless it ran out of points.
    if (dot(s, y) > 0) this.#pairs = [...this.#pairs, { s, y }].slice(-this.memory);
    else if (accepted === start) this.#pairs = [];
  }

  #follow(parameters: readonly Value[]): void {
    if (this.#parameters !== undefined && isSameList(parameters, this.#parameters)) return;
    checkParameters("LBFGS", parameters);
    const [pair] = this.#pairs;
    if (this.#parameters !== undefined) this.#pairs = [];
    else if (pair !== undefined) {
      checkLength("LBFGS: parameters", parameters.length, pair.s.length, "the restored state has");
    }
    this.#parameters = [...parameters];
  }

  /** The latest steps and gradient changes, the oldest first, in the order of the parameters. */
  get state(): OptimiserState {
    return {
      method: "LBFGS",
      displacements: this.#pairs.map(({ s }) => Array.from(s)),
      gradientChanges: this.#pairs.map(({ y }) => Array.from(y)),
    };
  }

  /**
   * Goes on where another one of the same options was, bit for bit. The numbers belong to the parameters of the next
   * step, in order.
   *
   * @throws TypeError or RangeError if the state is not one of L-BFGS; nothing was changed then
   */
  restore(state: OptimiserState): void {
    checkMethod("LBFGS", state);
    const [displacements, changes] = (["displacements", "gradientChanges"] as const).map((name) => {
      const rows: unknown = state[name];
      if (Array.isArray(rows)) return rows.map((row, k) => numbersOf(`LBFGS: state.${name}[${k}]`, row));
      throw new TypeError(
        `LBFGS: state.${name} must be an array of arrays of numbers, got ${describe(rows)}.`,
      );
    }) as [Float64Array[], Float64Array[]];
    checkLength(
      "LBFGS: state.gradientChanges",
      changes.length,
      displacements.length,
      "state.displacements has",
    );
    const length = displacements[0]?.length ?? 0;
    const pairs = displacements.map((s, k): Pair => {
      const y = changes[k]!;
      checkLength(`LBFGS: state.displacements[${k}]`, s.length, length, "state.displacements[0] has");
      checkLength(`LBFGS: state.gradientChanges[${k}]`, y.length, length, "state.displacements[0] has");
      const what = `LBFGS: the product of state.displacements[${k}] and state.gradientChanges[${k}]`;
      checkNumber(what, dot(s, y), "above 0", (curvature) => curvature > 0);
      return { s, y };
    });
    this.#pairs = pairs.slice(-this.memory);
    this.#parameters = undefined;
  }

  /** A function that goes back to where it is now. */
  snapshot(): () => void {
    const [pairs, parameters] = [this.#pairs, this.#parameters];
    return () => {
      this.#pairs = pairs;
      this.#parameters = parameters;
    };
  }
}

function evaluateChecked(evaluate: () => number): number {
  const loss: unknown = evaluate();
  if (typeof loss === "number") return loss;
  throw new TypeError(`LBFGS: evaluate must return the loss, a number, got ${describe(loss)}.`);
}

function checkEvaluate(evaluate: unknown): asserts evaluate is () => number {
  if (typeof evaluate === "function") return;
  throw new TypeError(
    "LBFGS: step must be given a function that sets the gradients and returns the loss, " +
      `got ${describe(evaluate)}. Write optimiser.step(parameters, evaluate), or use another method such as Adam.`,
  );
}
