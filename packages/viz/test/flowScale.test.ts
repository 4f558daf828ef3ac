import { value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { flowScale, magnitudeOf } from "../src/flowScale.ts";
import { palettes } from "../src/palette.ts";
import { giveGrad } from "./graphs.ts";

const FLOW_COLORS = palettes.light.flow;

const luminance = (color: string) => {
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};

describe("flowScale", () => {
  test("colours get darker step by step, so that they order in grey too, and none is pale", () => {
    const shades = FLOW_COLORS.map(luminance);
    for (let i = 1; i < shades.length; i++) expect(shades[i]).toBeLessThan(shades[i - 1]! - 15);
    expect(shades[0]).toBeLessThan(200);
  });

  test("a decade takes the same step anywhere", () => {
    const { style } = flowScale([1e-6, 1]);
    const steps = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1].map((x) =>
      FLOW_COLORS.indexOf(style(x * 1.01).color),
    );
    expect(steps).toEqual([0, 1, 2, 3, 4, 5, 5]);
  });

  test("width grows with magnitude", () => {
    const { style } = flowScale([1e-6, 1]);
    const widths = [0, 1e-6, 1e-4, 1e-2, 1].map((x) => style(x).width);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(new Set(widths).size).toBe(5);
  });

  test("spans at least one decade and at most six", () => {
    const range = (...magnitudes: number[]) => flowScale(magnitudes).range;
    expect(range(1, 2)).toEqual({ low: expect.closeTo(0.2), high: 2, isClipped: false });
    expect(range(5)).toEqual({ low: expect.closeTo(0.5), high: 5, isClipped: false });
    expect(range(1e-200, 1)).toEqual({ low: expect.closeTo(1e-6, 9), high: 1, isClipped: true });
  });

  test("a few tiny magnitudes do not stretch it", () => {
    const magnitudes = [1e-6, 1e-5, ...Array.from({ length: 18 }, (_, i) => 0.01 * 10 ** (i / 8.5))];
    const { range, style } = flowScale([0, 0, 0, ...magnitudes]);
    expect(range).toEqual({ low: expect.closeTo(0.01), high: expect.closeTo(1), isClipped: true });
    expect(style(1e-6)).toEqual(style(range!.low));
    expect(new Set(magnitudes.map((x) => style(x).color)).size).toBe(FLOW_COLORS.length);
  });

  test("smallest numbers do not upset it", () => {
    const { style } = flowScale([Number.MIN_VALUE]);
    expect(style(Number.MIN_VALUE)).toEqual({ color: "#081d58", fill: "#081d581f", width: 3 });
  });

  test("NaN and ∞ are red and leave the scale alone", () => {
    const { range, style, hasAlert } = flowScale([Number.NaN, Number.POSITIVE_INFINITY, 10, 1]);
    expect(range).toEqual({ low: 1, high: 10, isClipped: false });
    expect(hasAlert).toBe(true);
    expect(flowScale([10, 1]).hasAlert).toBe(false);
    expect(style(Number.NaN).color).toBe("#cf222e");
    expect(style(Number.POSITIVE_INFINITY).color).toBe("#cf222e");
  });

  test("nothing but zeros", () => {
    const { range, style, isFlowing } = flowScale([0, 0]);
    expect(range).toBeUndefined();
    expect(isFlowing).toBe(true);
    expect(style(0).color).toBe("#a0a8b2");
  });
});

test("before there are gradients only NaN and ∞ differ", () => {
  const { style, hasAlert } = flowScale([0, Number.NaN], false);
  expect(hasAlert).toBe(true);
  expect(style(0)).toEqual(style(1));
  expect(style(Number.NaN).color).toBe("#cf222e");
});

test("the magnitude of a node is |grad| once a backward() reached it, NaN where its data is not finite", () => {
  const x = value(3);
  x.grad = -2;
  expect(magnitudeOf(x)).toBe(0);
  giveGrad(x, -2);
  expect(magnitudeOf(x)).toBe(2);
  expect(magnitudeOf(value(Number.NEGATIVE_INFINITY))).toBeNaN();
});
