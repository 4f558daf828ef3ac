import { readFileSync } from "node:fs";
import type { Scalar, Value } from "../src/index.ts";
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

/** A case as a function of its named variables. */
export type Program = (vars: Record<string, Value>) => Scalar;
/** A number for each variable. */
export type Numbers = Record<string, number>;

/** Ways to the value, the gradient and the Hessian of a case. */
export interface Modes {
  readonly values: Record<string, (f: Program, at: Numbers) => number>;
  readonly gradients: Record<string, (f: Program, at: Numbers) => Numbers>;
  readonly hessians: Record<string, (f: Program, at: Numbers) => Record<string, Numbers>>;
}

/** The files of cases with derivatives to many digits. */
export const oracleFiles = ["oracle.json", "oracle-dag.json"] as const;

function read<T>(file: string): T[] {
  return JSON.parse(readFileSync(new URL(`data/${file}`, import.meta.url), "utf8")) as T[];
}

function programOf({ expr, lets = [] }: Pick<OracleCase, "expr" | "lets">): Program {
  return (vars: Bindings): Scalar => {
    const scope = { ...vars };
    for (const [name, body] of lets) scope[name] = evaluate(body, scope);
    return evaluate(expr, scope);
  };
}

/** Mismatches between what the modes answer and what the cases of a file want, as lines of text. */
export function oracleFailures(file: (typeof oracleFiles)[number], modes: Modes): string[] {
  return read<OracleCase>(file).flatMap((c) => failures(c, modes));
}

function failures(c: OracleCase, { values, gradients, hessians }: Modes): string[] {
  const f = programOf(c);
  const lines: string[] = [];
  const check = (what: string, got: number, want: number, tolerance: number) => {
    if (!(Math.abs(got - want) <= tolerance || Object.is(got, want))) {
      lines.push(
        `${c.name} ${c.expr} ${JSON.stringify(c.vars)} ${what}: got ${got}, want ${want} ± ${tolerance}`,
      );
    }
  };
  for (const [mode, valueAt] of Object.entries(values)) {
    check(`value ${mode}`, valueAt(f, c.vars), c.value, c.tol.value);
  }
  for (const [mode, gradientOf] of Object.entries(gradients)) {
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

/** Mismatches at kinks, end points, infinities and NaN between what a mode answers and what is recommended. */
export function kinkFailures(valueAndGradient: (f: Program, at: Numbers) => [number, Numbers]): string[] {
  const wrong: string[] = [];
  for (const { expr, vars, recommend } of read<KinkCase>("kinks.json")) {
    const at = Object.fromEntries(Object.entries(vars).map(([name, x]) => [name, Number(x)]));
    const [value, gradient] = valueAndGradient(programOf({ expr }), at);
    const got: Numbers = { ...gradient, value };
    const want = { ...recommend.grad, value: recommend.value };
    for (const [name, x] of Object.entries(want)) {
      const isClose =
        Object.is(got[name], Number(x)) || Math.abs(got[name]! - Number(x)) <= 4e-16 * Math.abs(Number(x));
      if (!isClose) wrong.push(`${expr} ${JSON.stringify(vars)} ${name}: got ${got[name]}, want ${x}`);
    }
  }
  return wrong;
}
