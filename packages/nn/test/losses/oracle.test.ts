import { readFileSync } from "node:fs";
import { grad, type Scalar, type Value } from "@chainrule/core";
import { expect, test } from "vitest";
import { binaryCrossEntropyWithLogits, crossEntropyWithLogits } from "../../src/index.ts";

interface Derivatives {
  readonly value: number;
  readonly grad: Readonly<Record<string, number>>;
  readonly hess: Readonly<Record<string, number>>;
}
interface OracleCase extends Derivatives {
  readonly name: string;
  readonly expr: string;
  readonly vars: Readonly<Record<string, number>>;
  readonly tol: Derivatives;
}

const cases = JSON.parse(
  readFileSync(new URL("../data/losses.json", import.meta.url), "utf8"),
) as readonly OracleCase[];

/** `crossEntropyWithLogits(label, x0, …)` or `bceWithLogits(z, t)`, with names from vars. */
function evaluate(expr: string, vars: Readonly<Record<string, Scalar>>): Scalar {
  const [, name, list] = /^(\w+)\((.*)\)$/.exec(expr)!;
  const [first, ...rest] = list!.split(",").map((word) => vars[word] ?? Number(word));
  return name === "crossEntropyWithLogits"
    ? crossEntropyWithLogits(rest, Number(first))
    : binaryCrossEntropyWithLogits(first!, Number(rest[0]));
}

test.each(cases.map((c) => [c.name, c] as const))("%s: value, gradient and Hessian", (_, c) => {
  const within = (got: number, want: number, tolerance: number) =>
    expect(Math.abs(got - want)).toBeLessThanOrEqual(tolerance);
  const gradient = grad((vars: Record<string, Value>) => evaluate(c.expr, vars));
  within(Number(evaluate(c.expr, c.vars)), c.value, c.tol.value);
  const first = gradient(c.vars);
  for (const [name, want] of Object.entries(c.grad)) within(first[name]!, want, c.tol.grad[name]!);
  for (const [pair, want] of Object.entries(c.hess)) {
    const [a, b] = pair.split(",") as [string, string];
    const row = grad((vars: Record<string, Value>) => gradient(vars)[a]!, { unconnected: "zero" })(c.vars);
    within(row[b]!, want, c.tol.hess[pair]!);
  }
});
