import type { Value } from "@chainrule/core";
import { expect } from "vitest";
import type { MLP } from "../../src/index.ts";

/** All that loading could change in a model: numbers and gradients, −0 and NaN as they are. */
export function snapshot(model: { parameters(): readonly Value[] }): (readonly [number, number])[] {
  return model.parameters().map(({ data, grad }) => [data, grad]);
}

/** Makes every gradient of a net other than 0. */
export function giveGradients(mlp: MLP): void {
  mlp(Array.from({ length: mlp.inputs }, (_, i) => i + 1))[0].backward();
}

/** Runs what must throw, and checks that the model is as it was. */
export function refused(model: { parameters(): readonly Value[] }, load: () => unknown): Error {
  const before = snapshot(model);
  let thrown: unknown;
  try {
    load();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Error);
  expect(snapshot(model)).toEqual(before);
  return thrown as Error;
}

/** Doubles that formats get wrong. */
export const specialDoubles: readonly number[] = [
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  2.225073858507201e-308, // the largest subnormal
  2.2250738585072014e-308, // the smallest normal
  Number.MAX_VALUE,
  Number.EPSILON,
  0.1,
  1 / 3,
  2 ** 53 + 2,
  -1e21,
];
