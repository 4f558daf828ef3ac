import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { grad, type Scalar, Value } from "../src/index.ts";
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

/** Mismatches between what the engine answers and what the case wants, as lines of text. */
function failures(c: OracleCase): string[] {
  const f = programOf(c) as (vars: Record<string, Value>) => Scalar;
  const lines: string[] = [];
  const check = (what: string, got: number, want: number, tolerance: number) => {
    if (!(Math.abs(got - want) <= tolerance || Object.is(got, want))) {
      lines.push(
        `${c.name} ${c.expr} ${JSON.stringify(c.vars)} ${what}: got ${got}, want ${want} ± ${tolerance}`,
      );
    }
  };
  check("value", Number(f(c.vars as never)), c.value, c.tol.value);
  const gradient = grad(f, { unconnected: "zero" });
  const first = gradient(c.vars);
  for (const name of Object.keys(c.grad)) check(`∂${name}`, first[name]!, c.grad[name]!, c.tol.grad[name]!);
  for (const name of Object.keys(c.vars)) {
    const row = grad((vars: Record<string, Value>) => gradient(vars)[name]!, { unconnected: "zero" })(c.vars);
    for (const [pair, want] of Object.entries(c.hess)) {
      const [a, b] = pair.split(",") as [string, string];
      if (a === name) check(`∂²${pair}`, row[b]!, want, c.tol.hess[pair]!);
    }
  }
  return lines;
}

describe.each(["oracle.json", "oracle-dag.json"])("%s", (file) => {
  test("value, gradient and Hessian are within tolerance", () => {
    expect(read<OracleCase>(file).flatMap(failures)).toEqual([]);
  });
});

test("kinks.json: every kink, end point, infinity and NaN answers as recommended", () => {
  const wrong: string[] = [];
  for (const { expr, vars, recommend } of read<KinkCase>("kinks.json")) {
    const point = Object.fromEntries(Object.entries(vars).map(([name, x]) => [name, Number(x)]));
    const f = programOf({ expr }) as (vars: Record<string, Value>) => Scalar;
    const y = f(Object.fromEntries(Object.entries(point).map(([name, x]) => [name, new Value(x)])));
    const got: Record<string, number> = { value: y instanceof Value ? y.data : y };
    Object.assign(got, grad(f, { unconnected: "zero" })(point));
    const want: Record<string, number> = { value: Number(recommend.value) };
    for (const [name, x] of Object.entries(recommend.grad)) want[name] = Number(x);
    for (const [name, x] of Object.entries(want)) {
      const close = Object.is(got[name], x) || Math.abs(got[name]! - x) <= 4e-16 * Math.abs(x);
      if (!close) wrong.push(`${expr} ${JSON.stringify(vars)} ${name}: got ${got[name]}, want ${x}`);
    }
  }
  expect(wrong).toEqual([]);
});
