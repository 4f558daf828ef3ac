import { value } from "@chainrule/core";
import { expect, test } from "vitest";
import {
  Adam,
  AdamW,
  cosineDecay,
  LBFGS,
  type Optimiser,
  type OptimiserState,
  RMSprop,
  SGD,
} from "../../src/index.ts";
import { descend, rosenbrock } from "./functions.ts";

type Stateful = Required<Omit<Optimiser, "learningRate" | "needsEvaluate">>;

const makers: [string, () => Stateful][] = [
  ["SGD", () => new SGD({ learningRate: 1e-3 })],
  ["momentum", () => new SGD({ learningRate: 1e-3, momentum: 0.9, weightDecay: 0.1 })],
  ["Nesterov's", () => new SGD({ learningRate: 1e-3, momentum: 0.9, nesterov: true })],
  ["scheduled", () => new SGD({ learningRate: cosineDecay(1e-3, 0, 30), momentum: 0.9 })],
  ["RMSprop", () => new RMSprop({ momentum: 0.5 })],
  ["Adam", () => new Adam({ learningRate: 0.1 })],
  ["AdamW", () => new AdamW({ learningRate: cosineDecay(0.1, 0, 30) })],
  ["LBFGS", () => new LBFGS({ memory: 3 })],
];

const begin = () => [value(-1.2), value(1), value(0.5)];

test.each(makers)("%s goes on from a saved state, bit for bit", (_, make) => {
  for (const before of [0, 1, 7]) {
    const [xs, one] = [begin(), make()];
    descend(one, rosenbrock, xs, before);
    const saved = JSON.stringify({ data: xs, state: one.state });
    const uninterrupted = descend(one, rosenbrock, xs, 12);

    const loaded = JSON.parse(saved) as { data: number[]; state: OptimiserState };
    const other = make();
    other.restore(loaded.state);
    const ys = loaded.data.map((x) => value(x));
    expect(descend(other, rosenbrock, ys, 12)).toEqual(uninterrupted);
    expect(other.state).toEqual(one.state);
  }
});

test.each(makers)("%s goes on from a state in the place of what it knew", (_, make) => {
  const [xs, one] = [begin(), make()];
  descend(one, rosenbrock, xs, 5);
  const { state } = one;
  const data = xs.map((x) => x.data);
  const wanted = descend(one, rosenbrock, xs, 5);
  one.restore(state);
  const ys = data.map((x) => value(x));
  expect(descend(one, rosenbrock, ys, 5)).toEqual(wanted);
});

test.each(makers)("%s goes back to its snapshot, more than once", (_, make) => {
  for (const before of [0, 4]) {
    const [xs, one] = [begin(), make()];
    descend(one, rosenbrock, xs, before);
    const { state } = one;
    const data = xs.map((x) => x.data);
    const goBack = one.snapshot();
    const wanted = descend(one, rosenbrock, xs, 3);
    for (let again = 0; again < 2; again++) {
      goBack();
      expect(one.state).toEqual(state);
      xs.forEach((x, i) => {
        x.data = data[i]!;
      });
      expect(descend(one, rosenbrock, xs, 3)).toEqual(wanted);
    }
  }
});

test("a first-order method goes back to its latest snapshot alone", () => {
  const adam = new Adam();
  const outdated = adam.snapshot();
  adam.snapshot();
  expect(outdated).toThrow("Adam: only the latest snapshot can be gone back to. Keep the state instead.");
});

test.each(makers)("%s hands out copies", (_, make) => {
  const [xs, one] = [begin(), make()];
  descend(one, rosenbrock, xs, 3);
  const { state } = one;
  const text = JSON.stringify(state);
  descend(one, rosenbrock, xs, 3);
  expect(JSON.stringify(state)).toBe(text);
});

test("a rate that was set is in the state, one of the options is not", () => {
  const sgd = new SGD({ learningRate: 1 });
  expect(sgd.state).toEqual({ method: "SGD", steps: 0, velocity: [] });
  sgd.learningRate = 0.25;
  const other = new SGD({ learningRate: 1 });
  other.restore(sgd.state);
  expect(other.learningRate).toBe(0.25);
  other.restore(new SGD({ learningRate: 7 }).state);
  expect(other.learningRate).toBe(1);
});

/** The state of Adam for two parameters, with changes. */
function adamState(changes: object): OptimiserState {
  const state = {
    method: "Adam",
    steps: 3,
    firstMoment: [1, 2],
    secondMoment: [3, 4],
    parameterSteps: [3, 3],
  };
  return { ...state, ...changes };
}

test.each<[object, string]>([
  [{ method: "SGD" }, "Adam: this is a state of SGD. Restore what optimiser.state of Adam gave."],
  [
    { method: undefined },
    "Adam: this is a state without the name of its method. Restore what optimiser.state of Adam gave.",
  ],
  [{ steps: undefined }, "Adam: state.steps must be an integer ≥ 0, got undefined."],
  [{ steps: -1 }, "Adam: state.steps must be an integer ≥ 0, got -1."],
  [{ learningRate: null }, "Adam: state.learningRate must be a finite number ≥ 0, got null."],
  [{ firstMoment: undefined }, "Adam: state.firstMoment must be an array of numbers, got undefined."],
  [{ firstMoment: [1, null] }, "Adam: state.firstMoment[1] must be a number, not NaN, got null."],
  [{ secondMoment: [Number.NaN, 1] }, "Adam: state.secondMoment[0] must be a number, not NaN, got NaN."],
  [{ secondMoment: [1] }, "Adam: state.secondMoment must have 2 entries, as state.firstMoment has, got 1."],
  [
    { parameterSteps: [3, 3, 3] },
    "Adam: state.parameterSteps must have 2 entries, as state.firstMoment has, got 3.",
  ],
])("Adam refuses a state with %j, and stays as it is", (changes, message) => {
  const adam = new Adam();
  adam.restore(adamState({}));
  expect(() => adam.restore(adamState(changes))).toThrow(message);
  expect(adam.state).toEqual(adamState({}));
});

/** The state of L-BFGS for two parameters, with changes. */
function lbfgsState(changes: object): OptimiserState {
  return { method: "LBFGS", displacements: [[1, 2]], gradientChanges: [[3, 4]], ...changes };
}

test.each<[object, string]>([
  [{ method: "Adam" }, "LBFGS: this is a state of Adam. Restore what optimiser.state of LBFGS gave."],
  [
    { displacements: undefined },
    "LBFGS: state.displacements must be an array of arrays of numbers, got undefined.",
  ],
  [{ displacements: [1] }, "LBFGS: state.displacements[0] must be an array of numbers, got 1."],
  [{ gradientChanges: [[3, null]] }, "LBFGS: state.gradientChanges[0][1] must be a finite number, got null."],
  [
    { gradientChanges: [] },
    "LBFGS: state.gradientChanges must have 1 entries, as state.displacements has, got 0.",
  ],
  [
    { gradientChanges: [[3]] },
    "LBFGS: state.gradientChanges[0] must have 2 entries, as state.displacements[0] has, got 1.",
  ],
  [
    { gradientChanges: [[-3, 1]] },
    "LBFGS: the product of state.displacements[0] and state.gradientChanges[0] must be above 0, got -1.",
  ],
])("L-BFGS refuses a state with %j, and stays as it is", (changes, message) => {
  const lbfgs = new LBFGS();
  lbfgs.restore(lbfgsState({}));
  expect(() => lbfgs.restore(lbfgsState(changes))).toThrow(message);
  expect(lbfgs.state).toEqual(lbfgsState({}));
});

test.each([null, [], 3, "{}"])("a state that is %j is none", (state) => {
  for (const [, make] of makers) expect(() => make().restore(state as never)).toThrow(TypeError);
});

test("a restored state wants as many parameters as it was saved with", () => {
  const adam = new Adam();
  adam.restore(adamState({}));
  const x = value(1);
  x.grad = 1;
  expect(() => adam.step([x])).toThrow(
    new RangeError("Adam: parameters must have 2 entries, as the restored state has, got 1."),
  );
  expect([x.data, adam.state]).toEqual([1, adamState({})]);
  const lbfgs = new LBFGS();
  lbfgs.restore(lbfgsState({}));
  expect(() => lbfgs.step([x], () => 1)).toThrow(RangeError);
});
