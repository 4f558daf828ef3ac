import { add, type Value, value } from "@chainrule/core";
import { expect, test } from "vitest";
import { Adam, LBFGS, SGD } from "../../src/index.ts";

/** n steps with this gradient. */
function push(optimiser: SGD | Adam, parameters: readonly Value[], gradient: number, n = 1): void {
  for (let k = 0; k < n; k++) {
    for (const parameter of parameters) parameter.grad = gradient;
    optimiser.step(parameters);
  }
}

test("each parameter has its own velocity, wherever it stands in the list", () => {
  const sgd = new SGD({ learningRate: 1, momentum: 0.5 });
  const [p, q] = [value(0), value(0)];
  p.grad = 1;
  q.grad = 10;
  sgd.step([p]);
  sgd.step([q, p]);
  expect([p.data, q.data]).toEqual([-2.5, -10]);
  expect(sgd.state).toMatchObject({ velocity: [10, 1.5] });
});

test("a parameter that comes back goes on where it was", () => {
  const sgd = new SGD({ learningRate: 1, momentum: 0.5 });
  const [p, q] = [value(0), value(0)];
  push(sgd, [p], 1);
  push(sgd, [q], 1);
  push(sgd, [p], 1);
  expect([p.data, q.data]).toEqual([-2.5, -1]);
});

test("a list that was changed in place is another list", () => {
  const sgd = new SGD({ learningRate: 1, momentum: 0.5 });
  const [p, q] = [value(0), value(0)];
  const list = [p];
  push(sgd, list, 1);
  list[0] = q;
  push(sgd, list, 1);
  expect(q.data).toBe(-1);
});

test("Adam treats a parameter that comes later as it treated the first", () => {
  const adam = new Adam();
  const [p, q, r] = [value(0), value(0), value(0)];
  push(adam, [p], 1, 50);
  push(adam, [p, q], -3, 20);
  push(new Adam(), [r], -3);
  const alone = new Adam();
  const s = value(0);
  push(alone, [s], -3, 20);
  expect(q.data).toBe(s.data);
});

test.each([
  ["SGD", new SGD({ learningRate: 1 })],
  ["LBFGS", new LBFGS()],
])("%s refuses lists that cannot be right, and moves nothing", (name, optimiser) => {
  const [p, q] = [value(1), value(2)];
  p.grad = q.grad = 1;
  const step = (parameters: unknown) => () => optimiser.step(parameters as Value[], () => 1);
  expect(step([p, q, p])).toThrow(
    new RangeError(
      `${name}: parameters[2] is parameters[0] again. Give each parameter once: [...new Set(parameters)].`,
    ),
  );
  expect(step([p, add(p, q)])).toThrow(
    new TypeError(
      `${name}: parameters[1] is the result of add, which cannot be moved. Give the Values that it was computed from.`,
    ),
  );
  expect(step([p, 3])).toThrow(new TypeError(`${name}: parameters[1] must be a Value, got 3.`));
  expect(step(p)).toThrow(/^.*: needs an array of Values, got Value\(.*\)\. Give model\.parameters\(\)\.$/);
  expect([p.data, q.data]).toEqual([1, 2]);
});

test("no parameters, no step to speak of", () => {
  const sgd = new SGD({ learningRate: 1 });
  sgd.step([]);
  expect(sgd.state).toEqual({ method: "SGD", steps: 1, velocity: [] });
});
