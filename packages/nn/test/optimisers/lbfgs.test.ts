import { add, log, mul, square, sub, type Value, value } from "@chainrule/core";
import { expect, test } from "vitest";
import { LBFGS, type LBFGSOptions } from "../../src/index.ts";
import { evaluation, quadratic, rosenbrock } from "./functions.ts";

interface Iterate {
  readonly x: readonly number[];
  readonly loss: number;
  readonly g: readonly number[];
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, ai, i) => sum + ai * b[i]!, 0);
const minus = (a: readonly number[], b: readonly number[]) => a.map((ai, i) => ai - b[i]!);
const length = (a: readonly number[]) => Math.sqrt(dot(a, a));

/** The points of L-BFGS until the gradient is shorter than `tolerance`. */
function minimise(
  f: (xs: readonly Value[]) => Value,
  start: readonly number[],
  { tolerance = 1e-8, ...options }: LBFGSOptions & { tolerance?: number } = {},
): { iterates: Iterate[]; evaluations: number } {
  const xs = start.map((x) => value(x));
  const evaluate = evaluation(f, xs);
  const lbfgs = new LBFGS(options);
  let evaluations = 0;
  const iterates: Iterate[] = [];
  const note = () => iterates.push({ x: xs.map((x) => x.data), loss: f(xs).data, g: xs.map((x) => x.grad) });
  evaluate();
  note();
  while (length(iterates.at(-1)!.g) >= tolerance) {
    if (iterates.length > 200) throw new Error("no convergence in 200 steps");
    lbfgs.step(xs, () => {
      evaluations++;
      return evaluate();
    });
    note();
  }
  return { iterates, evaluations };
}

/** `−Hg` with H written out: eq. 6.17 of Nocedal and Wright for each pair, from `(sᵀy/yᵀy) I` on. */
function denseDirection(g: readonly number[], pairs: readonly (readonly [number[], number[]])[]): number[] {
  const n = g.length;
  const latest = pairs.at(-1);
  const scale = latest === undefined ? 1 : dot(latest[0], latest[1]) / dot(latest[1], latest[1]);
  const identity = (factor: number) => g.map((_, i) => g.map((_, j) => (i === j ? factor : 0)));
  const product = (A: number[][], B: number[][]) =>
    A.map((row) => row.map((_, j) => row.reduce((sum, a, k) => sum + a * B[k]![j]!, 0)));
  let H = identity(scale);
  for (const [s, y] of pairs) {
    const rho = 1 / dot(s, y);
    const right = identity(1).map((row, i) => row.map((e, j) => e - rho * y[i]! * s[j]!));
    const left = right.map((row, i) => row.map((_, j) => right[j]![i]!));
    H = product(product(left, H), right).map((row, i) => row.map((h, j) => h + rho * s[i]! * s[j]!));
  }
  return Array.from({ length: n }, (_, i) => -dot(H[i]!, g));
}

const cases: [string, (xs: readonly Value[]) => Value, number[], number][] = [
  ["Rosenbrock's function of 2", rosenbrock, [-1.2, 1], 45],
  ["Rosenbrock's function of 10", rosenbrock, [-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1], 110],
  ["a quadratic", quadratic, [1, -2, 3], 12],
];

test.each(cases)("%s: each step is one of the textbook's", (_, f, start, most) => {
  const memory = 5;
  const { iterates, evaluations } = minimise(f, start, { memory });
  expect(iterates.length).toBeLessThan(most);
  expect(evaluations).toBeLessThan(3 * most);
  const pairs: [number[], number[]][] = [];
  for (let k = 1; k < iterates.length; k++) {
    const [before, after] = [iterates[k - 1]!, iterates[k]!];
    const step = minus(after.x, before.x);
    const direction = denseDirection(before.g, pairs.slice(-memory));
    const alpha = dot(step, direction) / dot(direction, direction);
    expect(alpha).toBeGreaterThan(0);
    // A step is known to the rounding of the points it leads between.
    const rounding = (8 * Number.EPSILON * length(before.x)) / length(step);
    const straight = direction.map((d) => alpha * d);
    const off = length(minus(step, straight)) / length(step);
    expect(off).toBeLessThan(1e-10 + rounding);

    const slope = dot(before.g, direction);
    const sufficient = before.loss + 1e-4 * alpha * slope;
    expect(after.loss).toBeLessThanOrEqual(sufficient + 1e-14 * Math.abs(before.loss));
    expect(Math.abs(dot(after.g, direction))).toBeLessThanOrEqual(-0.9 * slope * (1 + 1e-6));
    pairs.push([step, minus(after.g, before.g)]);
  }
});

test("it ends where the minimum is", () => {
  for (const x of minimise(rosenbrock, [-1.2, 1]).iterates.at(-1)!.x) expect(x).toBeCloseTo(1, 10);
  // 4x + y = 1, x + 3y = z/2, z = y/2 − 2 by Cramer's rule
  const [x, y, z] = minimise(quadratic, [1, -2, 3], { tolerance: 1e-11 }).iterates.at(-1)!.x;
  const wantY = -5 / 10;
  expect(y).toBeCloseTo(wantY, 10);
  expect(x).toBeCloseTo((1 - wantY) / 4, 10);
  expect(z).toBeCloseTo(wantY / 2 - 2, 10);
});

test("on a quadratic of n variables it ends in little more than n steps", () => {
  const n = 12;
  const bowl = (xs: readonly Value[]) =>
    xs.map((x, i) => mul((i + 1) / 2, square(sub(x, i)))).reduce((a, b) => add(a, b));
  const { iterates } = minimise(bowl, new Array<number>(n).fill(20), { memory: n, curvature: 0.1 });
  expect(iterates.length).toBeLessThan(n + 10);
});

test("it comes back from where the loss is not finite", () => {
  // NaN for x < 0, where the first step leads: it has length 1.
  const barrier = ([x]: readonly Value[]) => sub(mul(40, x!), log(x!));
  const { iterates } = minimise(barrier, [0.9]);
  expect(iterates.at(-1)!.x[0]).toBeCloseTo(1 / 40, 10);
});

test("from a plateau it goes far in few evaluations", () => {
  const { evaluations } = minimise(([x]) => mul(1e-8, square(x!)), [1000], { tolerance: 1e-12 });
  expect(evaluations).toBeLessThan(20);
});

test("where the gradient is 0, or rounding hides any fall, it stays", () => {
  const x = value(1);
  const lbfgs = new LBFGS();
  lbfgs.step(
    [x],
    evaluation(([p]) => square(sub(p!, 1)), [x]),
  );
  expect(x.data).toBe(1);
  const tilted = evaluation(([p]) => add(1e20, p!), [x]);
  lbfgs.step([x], tilted);
  expect([x.data, x.grad]).toEqual([1, 1]);
});

test("a step ends with the gradient of where it ends", () => {
  const xs = [value(-1.2), value(1)];
  const evaluate = evaluation(rosenbrock, xs);
  const lbfgs = new LBFGS();
  for (let k = 0; k < 20; k++) {
    lbfgs.step(xs, evaluate);
    const gradient = xs.map(({ grad }) => grad);
    evaluate();
    expect(gradient).toEqual(xs.map(({ grad }) => grad));
  }
});

test("says what it needs to know", () => {
  const x = value(1);
  const lbfgs = new LBFGS();
  expect(() => lbfgs.step([x])).toThrow(
    new TypeError(
      "LBFGS: step must be given a function that sets the gradients and returns the loss, got undefined. " +
        "Write optimiser.step(parameters, evaluate), or use another method such as Adam.",
    ),
  );
  expect(() => lbfgs.step([x], (() => undefined) as never)).toThrow(
    new TypeError("LBFGS: evaluate must return the loss, a number, got undefined."),
  );
  expect(() => lbfgs.step([x], () => Number.NaN)).toThrow(
    new RangeError("LBFGS: the loss is NaN at the start of the step. Start from other parameters."),
  );
  x.grad = Number.POSITIVE_INFINITY;
  expect(() => lbfgs.step([x], () => 1)).toThrow(
    new RangeError(
      "LBFGS: the gradient of parameters[0] is Infinity at the start of the step. Start from other parameters.",
    ),
  );
});

test("where evaluate throws, the parameters are back at the start", () => {
  const xs = [value(-1.2), value(1)];
  const evaluate = evaluation(rosenbrock, xs);
  let left = 2;
  const failing = () => {
    if (left-- === 0) throw new Error("no more");
    return evaluate();
  };
  expect(() => {
    for (;;) new LBFGS({ curvature: 0.01 }).step(xs, failing);
  }).toThrow("no more");
  expect(xs.map(({ data }) => data)).toEqual([-1.2, 1]);
});

test("with another list of parameters it starts anew", () => {
  const [x, y] = [value(3), value(3)];
  const lbfgs = new LBFGS();
  const bowl = ([p]: readonly Value[]) => mul(5, square(square(p!)));
  for (let k = 0; k < 3; k++) lbfgs.step([x], evaluation(bowl, [x]));
  lbfgs.step([y], evaluation(bowl, [y]));
  const z = value(3);
  new LBFGS().step([z], evaluation(bowl, [z]));
  expect(y.data).toBe(z.data);
});

test.each<[LBFGSOptions, string]>([
  [{ memory: 0 }, "LBFGS: memory must be a positive integer, got 0."],
  [{ maxEvaluations: 1.5 }, "LBFGS: maxEvaluations must be a positive integer, got 1.5."],
  [{ curvature: 1 }, "LBFGS: curvature must be above 0 and below 1, got 1."],
  [{ decrease: 0.95 }, "LBFGS: decrease must be above 0 and below curvature, 0.9, got 0.95."],
])("refuses %j", (options, message) => {
  expect(() => new LBFGS(options)).toThrow(new RangeError(message));
});

test("refuses what is no option", () => {
  expect(() => new LBFGS({ learningRate: 1 } as never)).toThrow(
    new TypeError(
      'LBFGS: there is no option "learningRate". ' +
        "The options are memory, decrease, curvature, maxEvaluations.",
    ),
  );
});
