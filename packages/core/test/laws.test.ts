import fc from "fast-check";
import { expect, test } from "vitest";
import { cos, grad, mul, type Scalar, sin, type Value, value } from "../src/index.ts";

const x0 = fc.double({ min: -2, max: 2, noNaN: true });
const coefficient = fc.double({ min: -3, max: 3, noNaN: true });
const smooth: fc.Arbitrary<(x: Value) => Value> = fc.constantFrom(
  (x: Value) => x.sin(),
  (x: Value) => x.tanh(),
  (x: Value) => x.mul(x).sub(1),
  (x: Value) => x.exp().sigmoid(),
  (x: Value) => x.square().add(1).log(),
);
const settings = { numRuns: 200, seed: 5, endOnFailure: true };

function close(got: number, want: number): void {
  expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(want)));
}

test("linearity: (αf + βg)′ = αf′ + βg′", () => {
  fc.assert(
    fc.property(smooth, smooth, coefficient, coefficient, x0, (f, g, a, b, x) => {
      close(grad((v: Value) => f(v).mul(a).add(g(v).mul(b)))(x), a * grad(f)(x) + b * grad(g)(x));
    }),
    settings,
  );
});

test("product rule: (fg)′ = f′g + fg′", () => {
  fc.assert(
    fc.property(smooth, smooth, x0, (f, g, x) => {
      const product = (v: Value) => f(v).mul(g(v));
      close(grad(product)(x), grad(f)(x) * g(value(x)).data + f(value(x)).data * grad(g)(x));
    }),
    settings,
  );
});

test("chain rule: (f ∘ g)′ = f′(g) · g′", () => {
  fc.assert(
    fc.property(smooth, smooth, x0, (f, g, x) => {
      close(grad((v: Value) => f(g(v)))(x), grad(f)(g(value(x)).data) * grad(g)(x));
    }),
    settings,
  );
});

test("the Hessian is symmetric", () => {
  const f = ([x, y]: [Value, Value]): Scalar => mul(sin(mul(x, y)), cos(x)).add(x.square().mul(y.exp()));
  fc.assert(
    fc.property(x0, x0, (x, y) => {
      const row = (i: 0 | 1) => grad((v: [Value, Value]) => grad(f)(v)[i])([x, y]);
      close(row(0)[1], row(1)[0]);
    }),
    settings,
  );
});
