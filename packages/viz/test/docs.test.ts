import { grad, type Value, value } from "@chainrule/core";
import { binaryCrossEntropyWithLogits, fit, MLP, moons, SGD } from "@chainrule/nn";
import { expect, test } from "vitest";
import { decisionBoundary, findNonFinite, flowReport, gradientPaths, toSvg } from "../src/index.ts";
import { expectHarmless } from "./picture.ts";

// The pictures of the documentation that no other test makes; `-u` writes them anew.

async function expectPicture(svg: string, name: string, folder = "../docs") {
  expectHarmless(svg);
  await expect(svg).toMatchFileSnapshot(`${folder}/${name}.svg`);
}

test("the quick start", async () => {
  const x = value(3, "x");
  const y = x.mul(x).add(x.sin());
  y.label = "y";
  y.backward();
  expect(x.grad).toBeCloseTo(2 * 3 + Math.cos(3), 14);
  await expectPicture(await toSvg(y), "y", "../../../docs/images");
});

test.each(["light", "dark"] as const)("the flow look, %s", async (theme) => {
  const model = new MLP(2, [3, 1], { activation: "tanh", seed: 4 });
  const loss = binaryCrossEntropyWithLogits(model([0.2, 1])[0], 1);
  loss.label = "loss";
  loss.backward();
  await expectPicture(await toSvg(loss, { look: "flow", theme, fold: true }), `flow-${theme}`);
});

test("where a NaN comes from", async () => {
  const x = value(2, "x");
  const loss = x.sub(3).log().mul(value(0.5, "w")).square();
  loss.label = "loss";
  const report = findNonFinite(loss);
  expect(report.forward?.reason.words).toBe("log(-1) is not defined");
  await expectPicture(await toSvg(report.dot), "nan");
});

test("the paths that a gradient comes by", async () => {
  const w = value(0.5, "w");
  const h = w.mul(3).tanh();
  const y = h.mul(w).add(h.sigmoid());
  y.label = "y";
  const { gradient, paths, dot } = gradientPaths(y, w);
  expect(paths.reduce((sum, { product }) => sum + product, 0)).toBeCloseTo(gradient, 14);
  const again = grad((w: Value) => {
    const h = w.mul(3).tanh();
    return h.mul(w).add(h.sigmoid());
  });
  expect(gradient).toBeCloseTo(again(0.5), 14);
  await expectPicture(await toSvg(dot), "paths");
});

test("the flow report of a deep net of sigmoids", async () => {
  const deep = new MLP(2, [8, 8, 8, 8, 8, 1], { activation: "sigmoid", seed: 1 });
  const report = flowReport(deep, moons({ examples: 40, seed: 1 }), {
    loss: ([logit], label) => binaryCrossEntropyWithLogits(logit, label),
    learningRate: 0.1,
  });
  expect(report.isHealthy).toBe(false);
  await expectPicture(await toSvg(report.dot), "flow-report");
});

test("the boundary that a small network learns between two moons", async () => {
  const data = moons({ examples: 100, noise: 0.1, seed: 1 });
  const model = new MLP(2, [8, 8, 1], { seed: 1 });
  await fit(model, data, {
    loss: binaryCrossEntropyWithLogits,
    optimiser: new SGD({ learningRate: 0.2, momentum: 0.9 }),
    epochs: 60,
  });
  await expectPicture(decisionBoundary(model, data, { threshold: 0, title: "Two moons" }), "moons");
});
