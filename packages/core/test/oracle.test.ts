import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { grad, hessian, jacobian, jvp, type Scalar, Value, value } from "../src/index.ts";
import { type Bindings, evaluate } from "./expression.ts";

interface Tolerant<T> {
  value: T;
  grad: Record<string, T>;
  hess: Record<string, T>;
}
interface OracleCase extends Tolerant<number> {
  name: string;
  expr: string;
  lets?: [string, string][];
  vars: Record<string, number>;
  tol: Tolerant<number>;
}
interface KinkCase {
  class: string;
  expr: string;
  vars: Record<string, number | string>;
  recommend: { value: number | string; grad: Record<string, number | string> };
}

function read<T>(file: string): T[] {
  return JSON.parse(readFileSync(new URL(`data/${file}`, import.meta.url), "utf8")) as T[];
}

function programOf({ expr, lets = [] }: Pick<OracleCase, "expr" | "lets">) {
  return (vars: Bindings): Scalar => {
    const scope = { ...vars };
    for (const [name, body] of lets) scope[name] = evaluate(body, scope);
    return evaluate(expr, scope);
  };
}

type Program = (vars: Record<string, Value>) => Scalar;
type Numbers = Record<string, number>;

/** The gradient in each mode there is. */
const modes: Record<string, (f: Program, at: Numbers) => Numbers> = {
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
    return Object.fromEntries(Object.keys(at).map((name) => [name, jvp(f)(at, unit(name))[1] as number]));
  },
  "grad as graph"(f, at) {
    const inputs = Object.fromEntries(Object.entries(at).map(([name, x]) => [name, value(x)]));
    const gradient = grad(f, { unconnected: "zero" })(inputs) as Record<string, Value>;
    return Object.fromEntries(Object.entries(gradient).map(([name, node]) => [name, node.data]));
  },
};

/** The Hessian, in both ways there are. */
const hessians: Record<string, (f: Program, at: Numbers) => Record<string, Numbers>> = {
  "forward over reverse": (f, at) => hessian(f, { unconnected: "zero" })(at),
  "reverse over reverse": (f, at) =>
    jacobian(grad(f, { unconnected: "zero" }) as (vars: Record<string, Value>) => Record<string, Value>, {
      mode: "reverse",
      unconnected: "zero",
    })(at),
};

/** Mismatches between what the engine answers and what the case wants, as lines of text. */
function failures(c: OracleCase): string[] {
  const f = programOf(c) as Program;
  const lines: string[] = [];
  const check = (what: string, got: number, want: number, tolerance: number) => {
    if (!(Math.abs(got - want) <= tolerance || Object.is(got, want))) {
      lines.push(
        `${c.name} ${c.expr} ${JSON.stringify(c.vars)} ${what}: got ${got}, want ${want} ± ${tolerance}`,
      );
    }
  };
  check("value", Number(f(c.vars as never)), c.value, c.tol.value);
  for (const [mode, gradientOf] of Object.entries(modes)) {
    const got = gradientOf(f, c.vars);
    for (const [name, want] of Object.entries(c.grad))
      check(`∂${name} by ${mode}`, got[name]!, want, c.tol.grad[name]!);
  }
  for (const [mode, hessianOf] of Object.entries(hessians)) {
    const got = hessianOf(f, c.vars);
    for (const [pair, want] of Object.entries(c.hess)) {
      const [a, b] = pair.split(",") as [string, string];
      check(`∂²${pair} ${mode}`, got[a]![b]!, want, c.tol.hess[pair]!);
    }
  }
  return lines;
}

describe.each(["oracle.json", "oracle-dag.json"])("%s", (file) => {
  test("value, gradient and Hessian are within tolerance in every mode", () => {
    expect(read<OracleCase>(file).flatMap(failures)).toEqual([]);
  });
});

test.each(Object.entries(modes))(
  "kinks, end points, infinities and NaN answer as recommended: %s",
  (_, gradientOf) => {
    const wrong: string[] = [];
    for (const { expr, vars, recommend } of read<KinkCase>("kinks.json")) {
      const at = Object.fromEntries(Object.entries(vars).map(([name, x]) => [name, Number(x)]));
      const f = programOf({ expr }) as Program;
      const got: Numbers = { value: Number(f(at as never)), ...gradientOf(f, at) };
      const want = { value: recommend.value, ...recommend.grad };
      for (const [name, x] of Object.entries(want)) {
        const isClose =
          Object.is(got[name], Number(x)) || Math.abs(got[name]! - Number(x)) <= 4e-16 * Math.abs(Number(x));
        if (!isClose) wrong.push(`${expr} ${JSON.stringify(vars)} ${name}: got ${got[name]}, want ${x}`);
      }
    }
    expect(wrong).toEqual([]);
  },
);
