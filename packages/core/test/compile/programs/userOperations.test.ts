import { test } from "vitest";
import {
  add,
  cos,
  defineOp,
  div,
  exp,
  grad,
  hessian,
  map,
  mul,
  neg,
  type Scalar,
  scan,
  sin,
  square,
  sub,
  sum,
  type Value,
  valueAndGrad,
} from "../../../src/index.ts";
import { agree, expectClose, many, numbersFrom } from "./agree.ts";

const cube = defineOp({
  name: "cube",
  value: (a) => a * a * a,
  partials: [(a) => mul(3, square(a))],
});

/** Of two operands, with a partial that reads the result. */
const decay = defineOp({
  name: "decay",
  value: (rate, time) => Math.exp(-rate * time),
  partials: [(_rate, time, y) => neg(mul(time, y)), (rate, _time, y) => neg(mul(rate, y))],
  lowered: (rate, time) => exp(neg(mul(rate, time))),
});

const mix = defineOp({
  name: "mix",
  value: (t, a, b) => a + t * (b - a),
  partials: [(_t, a, b) => sub(b, a), (t) => sub(1, t), (t) => t],
});

/** Of any number of operands, with partials made anew for each. */
const geometricMean = defineOp({
  name: "geometricMean",
  value: (xs) => xs.reduce((product, x) => product * x, 1) ** (1 / xs.length),
  partials: (xs, y) => xs.map((x) => div(y, mul(xs.length, x))),
  nonEmpty: true,
});

/** Of any number of operands, of which the first picks one and has no gradient. */
const pick = defineOp({
  name: "pick",
  value: ([k, ...xs]) => xs[k!]!,
  partials: ([k, ...xs]) => [null, ...xs.map((_, i) => (i === k ? 1 : 0))],
});

const quantised = defineOp({ name: "quantised", value: (a) => Math.round(a * 4) / 4, partials: [1] });

const next = numbersFrom(11, 0.5, 2);
const rows = many(6, () => ({ x: next(), y: next(), t: next() - 0.5 }));

test("declared operations in sum, map and scan: value, gradient, Hessian", () => {
  const f = ([a, b]: [Value, Value], data: typeof rows) =>
    sum(data, ({ x, y, t }) =>
      mul(decay(mul(a, x), y), add(mix(t, cube(a), geometricMean([mul(a, x), b, y])), quantised(mul(b, x)))),
    );
  agree(valueAndGrad(f), [0.7, 1.2], rows);
  agree(
    hessian((x: [Value, Value]) => f(x, rows)),
    [0.7, 1.2],
  );
  const g = (a: Value, data: typeof rows) =>
    scan(data, a, (carry, { x, y }) => geometricMean([cube(sin(carry)).add(1.5), decay(x, carry), y]));
  agree(valueAndGrad(g), 0.8, rows);
  agree(
    hessian((a: Value) => g(a, rows)),
    0.8,
  );
  const h = (xs: Value[]) => map(xs, (x) => grad(grad((y: Value) => cube(mul(y, cos(y)))))(x));
  agree(
    h,
    many(5, () => next()),
  );
});

test("an operation with a constant that its rule reads as a number", () => {
  const f = (xs: Value[]) => add(pick([1, ...xs]), mul(2, pick([0, ...xs.map((x) => square(x))])));
  expectClose(agree(grad(f), [3, 4]), [12, 1]);
  const overRows = (a: Value, data: typeof rows) =>
    sum(data, ({ x, y }) => pick([1, mul(x, a), mul(y, square(a))]));
  agree(valueAndGrad(overRows), 0.8, rows);
});

test("an operation whose rule has the gradient of another function", () => {
  const inner = (x: Scalar) => mul(x, sin(x)) as Value;
  const wrapped = defineOp({
    name: "wrapped",
    value: (a) => a * Math.sin(a),
    partials: [(a) => (typeof a === "number" ? grad(inner)(a) : grad(inner)(a))],
  });
  agree((xs: Value[]) => map(xs, (x) => valueAndGrad((y: Value) => wrapped(mul(y, y)))(x)), [0.3, 0.6, 1]);
  agree(
    valueAndGrad((x: Value) => sum([1, 2, 3], (r) => wrapped(mul(x, r)))),
    0.4,
  );
});

test("an operation whose rule has the gradient with respect to its operand itself", () => {
  const wrapped = defineOp({
    name: "wrapped",
    value: (a) => a * Math.sin(a),
    partials: [
      (a) =>
        typeof a === "number" ? Math.sin(a) + a * Math.cos(a) : grad(() => mul(a, sin(a)), { wrt: a })(),
    ],
  });
  agree(
    valueAndGrad(([x, y]: Value[]) => wrapped(mul(square(x!), add(y!, mul(x!, y!))))),
    [0.4, 0.7],
  );
});
