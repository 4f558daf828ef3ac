import { type Value, value } from "@chainrule/core";
import { expect, test } from "vitest";
import { clipGradientNorm, clipGradientValue, MLP } from "../../src/index.ts";

function withGradients(...gradients: number[]): Value[] {
  return gradients.map((gradient) => {
    const p = value(0);
    p.grad = gradient;
    return p;
  });
}
const gradients = (parameters: readonly Value[]) => parameters.map(({ grad }) => grad);

test("a longer gradient is shortened to the norm, in its direction", () => {
  const parameters = withGradients(3, -4, 0);
  expect(clipGradientNorm(parameters, 2.5)).toBe(5);
  expect(gradients(parameters)).toEqual([1.5, -2, 0]);
});

test("a shorter one, or one as long, stays as it is, bit for bit", () => {
  const parameters = withGradients(0.1, 0.2, 0.3);
  const length = clipGradientNorm(parameters, Number.POSITIVE_INFINITY);
  expect(length).toBeCloseTo(Math.hypot(0.1, 0.2, 0.3), 15);
  expect(clipGradientNorm(parameters, length)).toBe(length);
  expect(gradients(parameters)).toEqual([0.1, 0.2, 0.3]);
});

test("neither huge nor tiny gradients lose their norm", () => {
  const huge = withGradients(3e200, -4e200);
  expect(clipGradientNorm(huge, 5) / 5e200).toBeCloseTo(1, 14);
  expect(gradients(huge)).toEqual([expect.closeTo(3, 14), expect.closeTo(-4, 14)]);
  const tiny = withGradients(3e-200, 4e-200);
  expect(clipGradientNorm(tiny, 1e-200) / 5e-200).toBeCloseTo(1, 14);
  expect(tiny[0]!.grad / 6e-201).toBeCloseTo(1, 14);
  const largest = withGradients(...new Array<number>(4).fill(Number.MAX_VALUE));
  expect(clipGradientNorm(largest, 2)).toBe(Number.POSITIVE_INFINITY);
  expect(gradients(largest)).toEqual([1, 1, 1, 1]);
});

test("gradients that are not finite stay for others to see", () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const parameters = withGradients(1, bad);
    expect(clipGradientNorm(parameters, 0.5)).toBe(bad);
    expect(gradients(parameters)).toEqual([1, bad]);
  }
  const parameters = withGradients(2, Number.NaN, Number.NEGATIVE_INFINITY);
  expect(clipGradientValue(parameters, 0.5)).toBeNaN();
  expect(gradients(parameters)).toEqual([0.5, Number.NaN, -0.5]);
});

test("each entry is clamped", () => {
  const parameters = withGradients(-7, 0.5, 7, 2);
  expect(clipGradientValue(parameters, 2)).toBe(7);
  expect(gradients(parameters)).toEqual([-2, 0.5, 2, 2]);
});

test("no parameters, no gradient", () => {
  expect([clipGradientNorm([], 1), clipGradientValue([], 1)]).toEqual([0, 0]);
  expect(clipGradientNorm(withGradients(0, 0), 1)).toBe(0);
});

test("refuses a model in place of its parameters", () => {
  for (const clip of [clipGradientNorm, clipGradientValue]) {
    expect(() => clip(new MLP(2, [4, 1]) as never, 1)).toThrow(
      new TypeError(`${clip.name}: needs an array of Values, got a function. Give model.parameters().`),
    );
    expect(() => clip([3 as never], 1)).toThrow(
      new TypeError(`${clip.name}: parameters[0] must be a Value, got 3.`),
    );
  }
});

test.each([0, -1, Number.NaN])("refuses to clip to %d", (max) => {
  for (const clip of [clipGradientNorm, clipGradientValue]) {
    expect(() => clip([], max)).toThrow(
      new RangeError(`${clip.name}: max must be a number above 0, got ${max}.`),
    );
    expect(() => clip([], "1" as never)).toThrow(TypeError);
  }
});
