import { expect, test } from "vitest";
import { compile, hessian, valueAndGrad } from "../../src/index.ts";
import { kinkFailures, type Numbers, oracleFailures, oracleFiles, type Program } from "../oracleCases.ts";

const zero = { unconnected: "zero" } as const;
const tier = "replay";
const valueAndGradient = (f: Program, at: Numbers) => compile(valueAndGrad(f, zero), { tier })(at);

test.each(oracleFiles)("value, gradient and Hessian are within tolerance, replayed: %s", (file) => {
  const modes = {
    values: { replayed: (f: Program, at: Numbers) => compile(f, { tier })(at) },
    gradients: { replayed: (f: Program, at: Numbers) => valueAndGradient(f, at)[1] },
    hessians: { replayed: (f: Program, at: Numbers) => compile(hessian(f, zero), { tier })(at) },
  };
  expect(oracleFailures(file, modes)).toEqual([]);
});

test("kinks, end points, infinities and NaN answer as recommended, replayed", () => {
  expect(kinkFailures(valueAndGradient)).toEqual([]);
});
