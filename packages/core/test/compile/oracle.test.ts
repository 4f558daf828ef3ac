import { describe, expect, test } from "vitest";
import { compile, hessian, sum, type Value, valueAndGrad } from "../../src/index.ts";
import { kinkFailures, type Numbers, oracleFailures, oracleFiles, type Program } from "../oracleCases.ts";
import { tiers } from "./programs/agree.ts";

const zero = { unconnected: "zero" } as const;

describe.each(tiers)("%s", (tier) => {
  const valueAndGradient = (f: Program, at: Numbers) => compile(valueAndGrad(f, zero), { tier })(at);

  test.each(oracleFiles)("value, gradient and Hessian are within tolerance, compiled: %s", (file) => {
    const modes = {
      values: { compiled: (f: Program, at: Numbers) => compile(f, { tier })(at) },
      gradients: { compiled: (f: Program, at: Numbers) => valueAndGradient(f, at)[1] },
      hessians: { compiled: (f: Program, at: Numbers) => compile(hessian(f, zero), { tier })(at) },
    };
    expect(oracleFailures(file, modes)).toEqual([]);
  });

  test("kinks, end points, infinities and NaN answer as recommended, compiled", () => {
    expect(kinkFailures(valueAndGradient)).toEqual([]);
  });

  test("and in the loop of a sum over rows", () => {
    const inLoop = (f: Program) => (rows: Record<string, Value>[]) =>
      sum(rows, f as (row: Record<string, Value>) => Value);
    const ofFirst = (f: Program, at: Numbers): [number, Numbers] => {
      const others = Object.fromEntries(Object.entries(at).map(([name, x]) => [name, x + 1]));
      const [, gradient] = compile(valueAndGrad(inLoop(f), zero), { tier })([at, others]);
      return [compile(f, { tier })(at), gradient[0]!];
    };
    expect(kinkFailures(ofFirst)).toEqual([]);
  });
});
