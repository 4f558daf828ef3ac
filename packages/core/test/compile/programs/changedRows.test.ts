import { describe, test } from "vitest";
import {
  add,
  compile,
  dot,
  grad,
  hypot,
  map,
  mul,
  type Scalar,
  scan,
  square,
  sum,
  type Value,
} from "../../../src/index.ts";
import { agree, expectClose, many, tiers } from "./agree.ts";

const rows = (count: number) => many(count, (i) => [i, i * i]);

describe("rows of the arguments that the function changes", () => {
  const total = (data: Scalar[][]) =>
    scan(data, 1 as Scalar, (carry, [a, b]) => add(mul(carry, 0.5), mul(a!, b!)));

  test.each<[string, (data: Scalar[][]) => unknown]>([
    ["reverse", (data) => data.reverse()],
    ["sort", (data) => data.sort(() => -1)],
    ["shift", (data) => data.shift()],
    ["pop", (data) => data.pop()],
    ["push", (data) => data.push([5, 7])],
    ["unshift", (data) => data.unshift([5, 7])],
    ["splice", (data) => data.splice(3, 2)],
    ["an entry", (data) => data.splice(2, 1, data[0]!)],
    [
      "an entry of a row",
      (data) => {
        data[2]![0] = 100;
      },
    ],
    ["swap", (data) => ([data[0], data[1]] = [data[1]!, data[0]!])],
  ])("by %s", (_, change) => {
    const f = (data: Scalar[][]) => {
      change(data);
      return [total(data), data.length];
    };
    for (const count of [15, 16, 40]) {
      // The function changes the very array that it is given: each run gets its own.
      const eager = f(rows(count));
      for (const tier of tiers) expectClose(compile(f, { tier })(rows(count)), eager, 1e-12, `${count}`);
    }
  });
});

test("rows of classes, with methods and getters, and rows with their keys in another order", () => {
  class Point {
    readonly x: number;
    readonly y: number;
    constructor(x: number, y: number) {
      this.x = x;
      this.y = y;
    }
    norm(): number {
      return hypot(this.x, this.y);
    }
  }
  const points = [new Point(3, 4), new Point(5, 12)];
  agree((w: Value) => sum(points, (point) => mul(w, point.norm())), 2);
  const mixed = [
    { a: 1, b: 2 },
    { b: 3, a: 4 },
  ];
  agree((w: Value) => map(mixed, (row) => mul(w, Object.values(row)[0]!)), 2);
});

test("gradients of gradients through a column that is read twice", () => {
  const penalty = grad((w: Value[]) => sum(grad((v: Value[]) => dot(v, v))(w).map((x) => square(x))));
  for (const count of [2, 8, 64, 70]) {
    agree(
      penalty,
      many(count, (i) => i - 3),
    );
  }
  const pairs = (xs: Value[]) =>
    sum(
      xs.map((x) => [x, x] as const),
      ([a, b]) => mul(a, b),
    );
  agree(
    grad((xs: Value[]) => sum(grad(pairs)(xs).map((x) => square(x)))),
    [1, 2, 3],
  );
});
