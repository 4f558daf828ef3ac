import { test } from "vitest";
import {
  add,
  div,
  dot,
  exp,
  grad,
  hessian,
  log,
  logsumexp,
  map,
  min,
  mul,
  neg,
  type Scalar,
  scan,
  softmax,
  square,
  sub,
  sum,
  type Value,
  valueAndGrad,
} from "../../../src/index.ts";
import { agree, expectClose, many, numbersFrom } from "./agree.ts";

const next = numbersFrom(9);
const [first, second] = [many(5, () => next()), many(4, () => next())];

/** The cost of the cheapest alignment of two series, by a table of the cheapest so far. */
function warp(a: readonly Scalar[], b: readonly Scalar[], least: (xs: readonly Scalar[]) => Scalar): Scalar {
  const table: Scalar[][] = [];
  a.forEach((x, i) => {
    table.push([]);
    b.forEach((y, j) => {
      const cost = square(sub(x, y));
      const before = [table[i - 1]?.[j], table[i]![j - 1], table[i - 1]?.[j - 1]].filter(
        (c) => c !== undefined,
      );
      table[i]!.push(before.length === 0 ? cost : add(cost, least(before)));
    });
  });
  return table.at(-1)!.at(-1)!;
}

/** The same, row by row of the table with scan. Before the first series and the second there is a row and a column. */
function warpByScan(a: readonly Scalar[], b: readonly Scalar[]): Scalar {
  const start = [0, ...b.map(() => Number.POSITIVE_INFINITY)];
  const last = scan(a, start, (row, x) => {
    const next: Scalar[] = [Number.POSITIVE_INFINITY];
    b.forEach((y, j) => {
      next.push(add(square(sub(x, y)), min([row[j + 1]!, row[j]!, next[j]!])));
    });
    return next;
  });
  return last.at(-1)!;
}

test("dynamic time warping: hard minimum, and the soft one, with second derivatives", () => {
  const softMin = (xs: readonly Scalar[]) => neg(mul(0.1, logsumexp(xs.map((x) => mul(-10, x)))));
  const hard = (a: Value[], b: readonly number[]) => warp(a, b, (xs) => min(xs));
  const soft = (a: Value[], b: readonly number[]) => warp(a, b, softMin);
  agree(valueAndGrad(hard), first, second);
  agree(valueAndGrad(soft), first, second);
  agree(
    hessian((a: Value[]) => soft(a, second)),
    first,
  );
});

test("dynamic time warping by scan starts at infinity and gives the gradient of the table", () => {
  const byScan = agree(
    valueAndGrad((a: Value[], b: readonly number[]) => warpByScan(a, b)),
    first,
    second,
  );
  const table = (a: Value[], b: readonly number[]) => warp([...a], b, (xs) => min(xs));
  expectClose(byScan, valueAndGrad(table)(first, second));
  agree(
    valueAndGrad((b: Value[], a: readonly number[]) => warpByScan(a, b)),
    second,
    first,
  );
  agree(
    hessian((a: Value[]) => warpByScan(a, second)),
    first,
  );
});

test("the likelihood of a hidden Markov model by scan over observations, with log-space transitions", () => {
  interface Model {
    start: Value[];
    transitions: Value[][];
    means: Value[];
  }
  const likelihood = ({ start, transitions, means }: Model, xs: readonly number[]) => {
    const emission = (x: Scalar) => means.map((m) => mul(-0.5, square(sub(x, m))));
    const rows = transitions.map((row) => softmax(row).map((p) => log(p)));
    const first = emission(xs[0]!).map((e, k) => add(e, sub(start[k]!, logsumexp(start))));
    const last = scan(xs.slice(1), first, (alpha, x) =>
      emission(x).map((e, k) => add(e, logsumexp(alpha.map((a, from) => add(a, rows[from]![k]!))))),
    );
    return logsumexp(last);
  };
  const model = {
    start: [0, 0.1],
    transitions: [
      [1, 0],
      [0.2, 0.5],
    ],
    means: [-1, 1],
  };
  agree(valueAndGrad(likelihood), model, first);
  agree(
    hessian((m: Model) => likelihood(m, second)),
    model,
  );
});

test("soft-argmin: the expected index under a softmax of costs", () => {
  const f = (costs: Value[], sharpness: Scalar) =>
    dot(
      softmax(costs.map((c) => neg(mul(sharpness, c)))),
      costs.map((_, i) => i),
    );
  agree(valueAndGrad(f), [0.4, 0.1, 0.35, 2], 5);
  agree(grad(f, { wrt: [0, 1] }), [0.4, 0.1, 0.35, 2], 5);
  agree(
    hessian((costs: Value[]) => f(costs, 30)),
    [0.4, 0.1, 0.35, 2],
  );
});

test("pairwise distances: map over i, sum over j within; and all in one sum within a sum", () => {
  const points = many(6, () => [next(), next()]);
  type Points = readonly (readonly Value[])[];
  const kernel = (a: readonly Scalar[], b: readonly Scalar[]) =>
    exp(neg(sum(a.map((x, i) => square(sub(x, b[i]!))))));
  const densities = (rows: Points) => map(rows, (a) => sum(rows, (b) => kernel(a, b)));
  const energy = (rows: Points) => sum(rows, (a) => log(sum(rows, (b) => kernel(a, b))));
  const plain = (rows: Points) => sum(rows.map((a) => log(sum(rows.map((b) => kernel(a, b))))));
  agree(densities, points);
  expectClose(agree(valueAndGrad(energy), points), valueAndGrad(plain)(points));
  expectClose(agree(hessian(energy), points.slice(0, 3)), hessian(plain)(points.slice(0, 3)));
  const matrix = (rows: Points) => map(rows, (a) => map(rows, (b) => div(kernel(a, b), rows.length)));
  agree(matrix, points);
  const weighted = (rows: Points) => sum(map(matrix(rows), (row) => sum(row.map((x, j) => mul(x, j)))));
  agree(valueAndGrad(weighted), points);
});
