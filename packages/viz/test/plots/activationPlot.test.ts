import { relu, step, tanh, value } from "@chainrule/core";
import { activations } from "@chainrule/nn";
import { expect, test } from "vitest";
import { activationPlot } from "../../src/index.ts";
import { linesOfPath, PlotOf } from "./plotOf.ts";

/** The activation's pieces and the derivative's, each point in the units of the axes. */
function curves(svg: string) {
  const plot = new PlotOf(svg);
  const groups = plot.marks("plot-line").map((paths) => plot.unscale(paths.flatMap(linesOfPath).flat()));
  const isDerivative = [...plot.root.querySelectorAll("g.plot-line")].map(
    (g) => g.hasAttribute("stroke-dasharray") && g.getAttribute("stroke-dasharray") !== "none",
  );
  return {
    texts: plot.texts,
    f: groups.filter((_, i) => !isDerivative[i]).flat(),
    derivative: groups.filter((_, i) => isDerivative[i]).flat(),
  };
}

test("the activation and its exact derivative", () => {
  const { texts, f, derivative } = curves(activationPlot(tanh));
  expect(texts).toEqual(expect.arrayContaining(["tanh", "tanh′", "z →", "↑ a"]));
  expect(f.length).toBeGreaterThan(300);
  expect(derivative.length).toBeGreaterThan(300);
  for (const [z, a] of f) expect(a).toBeCloseTo(Math.tanh(z), 1.5);
  for (const [z, slope] of derivative) expect(slope).toBeCloseTo(1 - Math.tanh(z) ** 2, 1.5);
});

test("the derivative of relu jumps at 0", () => {
  const { derivative } = curves(activationPlot(relu, { from: -1, to: 2 }));
  const slopes = derivative.map(([, slope]) => slope);
  expect(slopes.every((slope) => Math.abs(slope) < 0.01 || Math.abs(slope - 1) < 0.01)).toBe(true);
  expect(slopes.some((slope) => slope > 0.9)).toBe(true);
});

test("takes activations of nn, functions without name, and step, whose derivative is 0", () => {
  expect(curves(activationPlot(activations.sigmoid)).texts).toContain("sigmoid′");
  expect(curves(activationPlot((z) => z.square().neg().exp())).texts).toContain("f′");
  expect(curves(activationPlot(tanh, { name: "φ" })).texts).toContain("φ′");
  for (const [, slope] of curves(activationPlot(step)).derivative) expect(slope).toBeCloseTo(0);
});

test("a Value that the function captured keeps its gradient", () => {
  const w = value(3);
  w.mul(2).backward();
  activationPlot((z) => z.mul(w));
  expect(w.grad).toBe(2);
});

test.each([
  [undefined, {}, "activationPlot: activation must be a function, got undefined."],
  [
    { name: "softmax" },
    {},
    "activationPlot: activation must be a function or have a function apply, got an object (Object).",
  ],
  [() => [1], {}, "must return a number or a Value, got an array of 1"],
  [
    tanh,
    { from: 2, to: 1 },
    "activationPlot: from must be below to, and their difference a finite number, got 2 and 1.",
  ],
])("errors %#", (activation, options, message) => {
  expect(() => activationPlot(activation as never, options)).toThrow(message);
});
