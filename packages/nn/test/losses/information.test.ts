import { compile, grad, gradCheck, softmax, type Value, value, valueAndGrad } from "@chainrule/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crossEntropy, entropy, informationContent, klDivergence, Random } from "../../src/index.ts";
import { distribution } from "./cases.ts";

const bits = { unit: "bits" } as const;

describe("informationContent", () => {
  test("is −log p, in either unit, with the slope −1/p", () => {
    expect([1, 0.5, 0.125, 0].map((p) => informationContent(p, bits))).toEqual([
      0,
      1,
      3,
      Number.POSITIVE_INFINITY,
    ]);
    expect(informationContent(0.5)).toBe(Math.LN2);
    expect(grad((p: Value) => informationContent(p))(0.25)).toBe(-4);
    expect(grad((p: Value) => informationContent(p, bits))(0.25)).toBeCloseTo(-4 / Math.LN2, 14);
  });

  test("of several events is their mean, their sum, or that of each", () => {
    expect(informationContent([0.5, 0.25], bits)).toBe(1.5);
    expect(informationContent([0.5, 0.25], { ...bits, reduction: "sum" })).toBe(3);
    expect(informationContent([0.5, 0.25], { ...bits, reduction: "none" })).toEqual([1, 2]);
  });

  test("refuses what is no probability; such Values give NaN", () => {
    expect(() => informationContent(1.5)).toThrow(
      new RangeError("informationContent: p must be from 0 to 1, got 1.5."),
    );
    expect(() => informationContent([])).toThrow(
      new RangeError("informationContent: needs at least one example, got 0."),
    );
    expect(() => informationContent("1" as never)).toThrow(TypeError);
    expect(informationContent(value(1.5)).data).toBeNaN();
  });
});

describe("entropy", () => {
  test("is the information content to be expected: log n if all are alike, 0 if one is certain", () => {
    expect(entropy([0.25, 0.25, 0.25, 0.25], bits)).toBe(2);
    expect(entropy([0.5, 0.25, 0.25], bits)).toBe(1.5);
    expect(entropy([0, 1, 0, 0], bits)).toBe(0);
    expect(entropy([0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
    expect(
      entropy(
        [
          [0.5, 0.5],
          [1, 0],
        ],
        bits,
      ),
    ).toBe(0.5);
    expect(
      entropy(
        [
          [0.5, 0.5],
          [1, 0],
        ],
        { ...bits, reduction: "none" },
      ),
    ).toEqual([1, 0]);
  });

  test("its gradient is −ln p − 1, and 0 where p is 0", () => {
    expect(grad((p: readonly Value[]) => entropy(p))([1, 0])).toEqual([-1, 0]);
    expect(grad((p: readonly Value[]) => entropy(p))([0.5, 0.5])[0]).toBeCloseTo(Math.LN2 - 1, 15);
    const random = new Random(2);
    for (let i = 0; i < 10; i++) {
      expect(gradCheck((p: readonly Value[]) => entropy(p), distribution(random)).passed).toBe(true);
    }
    const ofLogits = valueAndGrad((z: readonly Value[]) => entropy(softmax(z)));
    expect(ofLogits([1000, 0])).toEqual([0, [expect.closeTo(0), expect.closeTo(0)]]);
  });

  test("refuses numbers that are no distribution", () => {
    expect(() => entropy([0.5, 0.4])).toThrow(
      new RangeError("entropy: p must add up to 1, got 0.9. Divide by the sum, or use softmax."),
    );
    expect(() => entropy([])).toThrow(RangeError);
    expect(() => entropy(0.5 as never)).toThrow(
      new TypeError("entropy: p must be an array of scalars, got 0.5."),
    );
  });

  test("compiled it is the same", () => {
    const kernel = compile(valueAndGrad((p: Value[]) => entropy(p, bits)));
    for (const p of [
      [0.5, 0.25, 0.25],
      [1, 0, 0],
    ]) {
      expect(kernel(p)).toEqual(valueAndGrad((q: Value[]) => entropy(q, bits))(p));
    }
  });
});

describe("klDivergence", () => {
  const pairs = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((seed) => {
    const random = new Random(seed);
    return [distribution(random), distribution(random)] as const;
  });

  test("is ≥ 0, and 0 from a distribution to itself", () => {
    fc.assert(
      fc.property(pairs, ([p, q]) => {
        expect(klDivergence(p, q)).toBeGreaterThanOrEqual(-1e-15);
        expect(klDivergence(p, p)).toBe(0);
      }),
      { seed: 1, endOnFailure: true },
    );
  });

  test("is what cross-entropy has above entropy", () => {
    fc.assert(
      fc.property(pairs, ([p, q]) => {
        expect(entropy(p) + klDivergence(p, q)).toBeCloseTo(crossEntropy(q, p), 13);
        expect(entropy(p, bits) + klDivergence(p, q, bits)).toBeCloseTo(crossEntropy(q, p, bits), 13);
      }),
      { seed: 2, endOnFailure: true },
    );
  });

  test("its values and gradients in closed form, excluded outcomes included", () => {
    expect(klDivergence([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(Math.log(2 / Math.sqrt(3)), 15);
    expect(klDivergence([0, 1], [0.5, 0.5], bits)).toBe(1);
    expect(klDivergence([0, 1], [0, 1])).toBe(0);
    expect(klDivergence([0.5, 0.5], [0, 1])).toBe(Number.POSITIVE_INFINITY);
    const [p, q] = [
      [0.5, 0.5, 0],
      [0.25, 0.5, 0.25],
    ];
    expect(grad((x: readonly Value[]) => klDivergence(p, x))(q).map((g) => g + 0)).toEqual([-2, -1, 0]);
    const ofP = grad((x: readonly Value[]) => klDivergence(x, q))(p);
    expect(ofP).toEqual([Math.LN2 + 1, 1, 0].map((g) => expect.closeTo(g, 14)));
  });

  test("refuses distributions over different outcomes", () => {
    expect(() => klDivergence([0.5, 0.5], [1])).toThrow(
      new RangeError("klDivergence: q must hold a probability for each of 2 classes, got an array of 1."),
    );
    expect(() => klDivergence([0.5, 0.5], [0.5, 0.6])).toThrow(/klDivergence: q must add up to 1/);
  });
});
