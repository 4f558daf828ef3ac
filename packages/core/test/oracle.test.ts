import { describe, expect, test } from "vitest";
import { grad, hessian, jacobian, jvp, Value, value } from "../src/index.ts";
import {
  kinkFailures,
  type Modes,
  type Numbers,
  oracleFailures,
  oracleFiles,
  type Program,
} from "./oracleCases.ts";

const valueAt = (f: Program, at: Numbers) => Number(f(at as never));

/** The gradient in each mode there is. */
const gradients: Modes["gradients"] = {
  grad: (f, at) => grad(f, { unconnected: "zero" })(at),
  backward(f, at) {
    const inputs = Object.fromEntries(Object.entries(at).map(([name, x]) => [name, value(x)]));
    const y = f(inputs);
    if (y instanceof Value) y.backward();
    return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.grad]));
  },
  jvp(f, at) {
    const unit = (name: string) =>
      Object.fromEntries(Object.keys(at).map((other) => [other, other === name ? 1 : 0]));
    return Object.fromEntries(
      Object.keys(at).map((name) => [name, jvp(f, { unconnected: "zero" })(at, unit(name))[1] as number]),
    );
  },
  "grad as graph"(f, at) {
    const inputs = Object.fromEntries(Object.entries(at).map(([name, x]) => [name, value(x)]));
    const gradient = grad(f, { unconnected: "zero" })(inputs) as Record<string, Value>;
    return Object.fromEntries(Object.entries(gradient).map(([name, node]) => [name, node.data]));
  },
};

/** The Hessian, in both ways there are. */
const hessians: Modes["hessians"] = {
  "forward over reverse": (f, at) => hessian(f, { unconnected: "zero" })(at),
  "reverse over reverse": (f, at) =>
    jacobian(grad(f, { unconnected: "zero" }) as (vars: Record<string, Value>) => Record<string, Value>, {
      mode: "reverse",
      unconnected: "zero",
    })(at),
};

describe.each(oracleFiles)("%s", (file) => {
  test("value, gradient and Hessian are within tolerance in every mode", () => {
    expect(oracleFailures(file, { values: { eager: valueAt }, gradients, hessians })).toEqual([]);
  });
});

test.each(Object.entries(gradients))(
  "kinks, end points, infinities and NaN answer as recommended: %s",
  (_, gradientOf) => {
    expect(kinkFailures((f, at) => [valueAt(f, at), gradientOf(f, at)])).toEqual([]);
  },
);
