import { test } from "vitest";
import {
  dot,
  grad,
  hessian,
  hvp,
  map,
  min,
  type Scalar,
  square,
  sub,
  sum,
  type Value,
  valueAndGrad,
} from "../../../src/index.ts";
import { agree, expectClose, flat, many, numbersFrom } from "./agree.ts";

type Point = readonly number[];

const distance = (a: readonly Scalar[], b: readonly Scalar[]) => sum(a.map((x, i) => square(sub(x, b[i]!))));
const cost = (centres: Value[][], points: readonly Point[]) =>
  sum(points, (point) => min(centres.map((centre) => distance(centre, point))));

const next = numbersFrom(4);
const points: Point[] = many(30, () => [next(), next(), next()]);
const centres = many(4, () => [next(), next(), next()]);

test("k-means: gradient, and the diagonal of the Hessian by three ways", () => {
  const [, gradient] = agree(valueAndGrad(cost), centres, points);
  const nearest = points.map((point) => {
    const distances = centres.map((centre) => flat(distance(centre, point))[0]!);
    return distances.indexOf(Math.min(...distances));
  });
  const members = (k: number) => points.filter((_, i) => nearest[i] === k);
  const byHand = centres.map((centre, k) =>
    centre.map((x, j) => members(k).reduce((total, point) => total + 2 * (x - point[j]!), 0)),
  );
  expectClose(gradient, byHand);

  const ones = centres.map((centre) => centre.map(() => 1));
  const diagonal = centres.map((centre, k) => centre.map(() => 2 * members(k).length));
  // The objective separates, so that the Hessian times (1, …, 1) is its diagonal.
  expectClose(
    agree((c: Value[][], p: readonly Point[]) => hvp((x: Value[][]) => cost(x, p))(c, ones), centres, points),
    diagonal,
  );

  const units = (c: Value[][]) => {
    const product = hvp((x: Value[][]) => cost(x, points));
    return c.map((centre, k) =>
      centre.map((_, j) => {
        const unit = c.map((row, k2) => row.map((_, j2) => (k === k2 && j === j2 ? 1 : 0)));
        return product(c, unit)[k]![j]!;
      }),
    );
  };
  expectClose(agree(units as (c: Value[][]) => Value[][], centres), diagonal);

  const nested = (c: Value[][]) =>
    c.map((centre, k) =>
      grad((x: Value[]) =>
        dot(
          grad((all: Value[][]) => cost(all, points))(c.map((row, i) => (i === k ? x : row)))[k]!,
          ones[0]!,
        ),
      )(centre),
    );
  expectClose(agree(nested as (c: Value[][]) => Value[][], centres), diagonal);
});

test("k-means: Hessian, and assignment distances by a map within the sum", () => {
  agree(
    hessian((c: Value[][]) => cost(c, points.slice(0, 6))),
    centres.slice(0, 2),
  );
  const byMap = (c: Value[][], p: readonly Point[]) =>
    sum(p, (point) => min(map(c, (centre) => distance(centre, point))));
  const got = agree(valueAndGrad(byMap), centres, points);
  expectClose(got, agree(valueAndGrad(cost), centres, points));
});
