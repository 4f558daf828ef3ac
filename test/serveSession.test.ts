import { mean } from "@chainrule/core";
import { crossEntropyWithLogits, MLP, standardise } from "@chainrule/nn";
import { describe, expect, test } from "vitest";
import { problems } from "../examples/problems.ts";
import { fieldOf, logitsIn } from "../examples/serve/field.ts";
import { LossCurve } from "../examples/serve/lossCurve.ts";
import { TrainingSession } from "../examples/serve/session.ts";

/** A session that did so many steps. */
function trained(steps: number, seed = 7, problemOf = problems.xor): TrainingSession {
  const session = new TrainingSession(problemOf, seed);
  for (let i = 0; i < steps; i++) session.advance();
  return session;
}

describe("a training session", () => {
  test("starts with the loss and the gradient of the network at its first weights", () => {
    const { dataset, hidden } = problems.xor(7);
    const model = new MLP(2, [...hidden, 2], { activation: "tanh", seed: 7 });
    const inputs = standardise(dataset).apply(dataset.inputs);
    const loss = mean(inputs.map((row, i) => crossEntropyWithLogits(model(row), dataset.targets[i]!)));
    loss.backward();
    const state = trained(0).state();
    expect(state.loss).toBeCloseTo(loss.data, 12);
    expect(state.parameters).toEqual(model.parameters().map(({ data }) => data));
    model.parameters().forEach(({ grad }, i) => {
      expect(state.gradients[i]).toBeCloseTo(grad, 12);
    });
    expect(state).toMatchObject({ step: 0, seed: 7, rate: 0.1, isRunning: true, curve: [[0, state.loss]] });
  });

  test("does the same after the same commands", () => {
    const [one, other] = [trained(5, 7, problems.moons), trained(9, 3, problems.moons)];
    other.reset(7);
    for (let i = 0; i < 5; i++) other.advance();
    for (const session of [one, other]) {
      session.setRate(0.5);
      session.stepOnce();
    }
    expect(other.state()).toEqual(one.state());
    expect(other.setup).toEqual(one.setup);
    expect(trained(5, 8, problems.moons).state().loss).not.toBe(trained(5, 7, problems.moons).state().loss);
  });

  test("advances while it runs; a single step pauses it", () => {
    const session = trained(3);
    session.pause();
    const paused = session.state();
    session.advance();
    expect(session.state()).toEqual(paused);
    session.run();
    session.advance();
    session.stepOnce();
    expect(session.state()).toMatchObject({ step: 5, isRunning: false });
    expect(session.state().curve.map(([step]) => step)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("uses a changed learning rate, and keeps it over a reset", () => {
    const session = trained(4);
    session.setRate(0.25);
    session.reset(7);
    const before = session.state();
    session.stepOnce();
    const after = session.state();
    expect(after.rate).toBe(0.25);
    before.parameters.forEach((x, i) => {
      expect(after.parameters[i]).toBeCloseTo(x - 0.25 * before.gradients[i]!, 14);
    });
  });

  test.each(["circles", "moons", "spiral", "xor"] as const)("learns %s", (name) => {
    const session = trained(300, 1, problems[name]);
    const { accuracy, loss, curve } = session.state();
    expect(accuracy).toBeGreaterThan(0.97);
    expect(loss).toBeLessThan(curve[0]![1] / 3);
  });

  test("shows which class is predicted where its points are", () => {
    const session = trained(200);
    const { points, cells } = session.setup;
    const logits = logitsIn(session.state().field);
    for (const [x, y, target] of points) {
      const [column, row] = [x, -y].map((at) => Math.floor(((at + 1) / 2) * cells)) as [number, number];
      const first = 2 * (row * cells + column);
      expect(logits[first + target]).toBe(0);
      expect(logits[first + 1 - target]).toBeLessThan(0);
    }
  });
});

test("a field holds how far each logit is behind the largest of its cell", () => {
  const cells = [
    [1, 3, -1],
    [100, -100, 99.5],
  ];
  const read = [...logitsIn(fieldOf(cells))];
  for (const [i, logit] of [-2, 0, -4, 0, -32, -0.5].entries()) expect(read[i]).toBeCloseTo(logit, 3);
});

test("a loss curve is thinned evenly, and keeps the first step and the latest", () => {
  const curve = new LossCurve();
  for (let step = 0; step < 10_000; step++) {
    curve.add(step, 1 / (step + 1));
    if (step % 7 > 0 && step % 400 > 0) continue;
    const { points } = curve;
    expect([points[0]![0], points.at(-1)![0], points.length <= 400]).toEqual([0, step, true]);
  }
  const steps = curve.points.map(([step]) => step);
  expect(new Set(steps.slice(1, -1).map((step, i) => step - steps[i]!))).toEqual(new Set([32]));
});
