import { expect, test } from "vitest";
import {
  abs,
  acos,
  add,
  clamp,
  compile,
  div,
  elu,
  equal,
  floor,
  grad,
  greater,
  greaterEqual,
  hessian,
  huber,
  less,
  log,
  map,
  max,
  mean,
  min,
  mod,
  mul,
  noGrad,
  pow,
  relu,
  type Scalar,
  scan,
  sign,
  sqrt,
  step,
  stopGradient,
  sub,
  sum,
  TraceError,
  type Value,
  valueAndGrad,
  where,
} from "../../../src/index.ts";
import { agree, agreeAt, expectClose, tiers } from "./agree.ts";

const edges = [-2, -1, -0, 0, 0.5, 1, 2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const points = edges.map((x): [number] => [x]);

test("where with a branch not taken that is NaN or infinite: value, first and second derivative", () => {
  const functions: ((x: Value) => Scalar)[] = [
    (x) => where(greater(x, 0), sqrt(x), 0),
    (x) => where(greater(x, 0), log(x), mul(x, 2)),
    (x) => where(less(abs(x), 1), acos(x), pow(x, 2)),
    (x) => where(equal(x, 0), 1, div(x.sin(), x)),
    (x) => where(greater(x, 0), x.mul(log(x)), 0),
    (x) => where(x, div(1, x), 0),
  ];
  for (const f of functions) {
    agreeAt(valueAndGrad(f, { unconnected: "zero" }), points);
    agreeAt(hessian(f, { unconnected: "zero" }), points);
    const overRows = (a: Value, rows: readonly number[]) => sum(rows, (row) => f(mul(a, row)));
    agreeAt(valueAndGrad(overRows), [
      [-1, edges],
      [0.5, edges.slice(0, 7)],
    ]);
  }
});

test("kinks: ties and end points give the same one-sided or shared slopes", () => {
  const functions: ((x: Value) => Scalar)[] = [
    (x) => abs(x),
    (x) => max(x, 0),
    (x) => max([x, mul(x, 1), 1]),
    (x) => min([mul(x, 2), x, mul(x, 3)]),
    (x) => clamp(x, -1, 1),
    (x) => relu(x),
    (x) => elu(x, 1),
    (x) => huber(x, 1),
    (x) => mul(sign(x), x),
    (x) => mul(step(x), x),
    (x) => mod(x, 1),
    (x) => add(floor(x), x),
    (x) => sqrt(abs(x)),
    (x) => pow(x, 0.5),
    (x) => pow(x, x),
  ];
  for (const f of functions) {
    agreeAt(valueAndGrad(f), points);
    agreeAt(hessian(f), points);
    agree((rows: Value[]) => map(rows, (x) => grad(f)(x)), edges);
  }
});

test("NaN and infinity in rows go where they go in eager mode, and 0 · ∞ is no path", () => {
  const rows = [1, Number.NaN, 0, Number.POSITIVE_INFINITY, -1];
  agree(
    (xs: Value[]) => map(xs, (x) => valueAndGrad((y: Value) => where(less(y, 1), y.mul(2), y.square()))(x)),
    rows,
  );
  const f = (a: Value, xs: readonly number[]) =>
    sum(xs, (x) => where(greaterEqual(x, 0), mul(a, sqrt(x)), 0));
  agree(valueAndGrad(f), 2, [1, 4, -1, 0]);
  agree(valueAndGrad(f), 2, rows);
  const unused = (a: Value) => add(mul(0, log(a)), a);
  agreeAt(valueAndGrad(unused), [[0], [1]]);
});

test("a scan that freezes by where once a condition holds", () => {
  const f = (x: Value) =>
    scan([1, 2, 3, 4, 5, 6], { total: x, isDone: 0 }, ({ total, isDone }, row) => {
      const next = mul(total, add(1, div(1, row)));
      return { total: where(isDone, total, next), isDone: where(isDone, 1, greater(next, 3)) };
    }).total;
  agreeAt(valueAndGrad(f), [[0.3], [0.9], [2], [5]]);
  agreeAt(hessian(f), [[0.3], [0.9], [2], [5]]);
});

test("stopGradient and noGrad within rows and gradients", () => {
  const target = (x: Value, rows: readonly number[]) =>
    mean(rows, (row) => mul(sub(mul(x, row), stopGradient(mul(x, x))), row));
  expectClose(agree(grad(target), 0.5, [1, 2, 3]), 14 / 3);
  const quiet = (x: Value, rows: readonly number[]) => {
    const scale = noGrad(() => sum(rows, (row) => mul(x, row)));
    return mul(x, scale);
  };
  expectClose(agree(grad(quiet), 0.5, [1, 2, 3]), 3);
  const inner = (x: Value) => mul(x, grad((y: Value) => mul(stopGradient(x), mul(y, y)))(x));
  expectClose(agree(grad(inner), 0.5), 1);
});

test("what cannot be traced says so, where, and what to do", () => {
  const branching = (x: Value, rows: readonly number[]) =>
    sum(rows, (row) => (x.data > row ? x : mul(x, row)));
  const escaping = (x: Value, rows: readonly number[]) => {
    let last: Scalar = 0;
    const total = sum(rows, (row) => {
      last = mul(x, row);
      return last;
    });
    return add(total, last);
  };
  const operators = (x: Value, rows: readonly number[]) => sum(rows, (row) => mul(x, row * 2));
  const comparing = (x: Value, rows: readonly number[]) => sum(rows, (row) => (row > 1 ? x : mul(2, x)));
  for (const tier of tiers) {
    for (const f of [branching, escaping, operators, comparing]) {
      expect(() => compile(f, { tier })(2, [1, 2, 3]), f.name).toThrow(TraceError);
    }
    expect(() => compile(branching, { tier })(2, [1, 2, 3])).toThrow(/where\(greater.*selections\.test/s);
    expect(() => compile(escaping, { tier })(2, [1, 2, 3])).toThrow("used outside of that function");
  }
});
