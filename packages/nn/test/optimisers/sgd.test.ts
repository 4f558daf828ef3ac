import { mul, square, type Value, value } from "@chainrule/core";
import { expect, test } from "vitest";
import { SGD } from "../../src/index.ts";

/** x after each of n steps down ½ a x². */
function descend(sgd: SGD, a: number, start: number, n: number): number[] {
  const x: Value = value(start);
  return Array.from({ length: n }, () => {
    x.grad = 0;
    mul(a / 2, square(x)).backward();
    sgd.step([x]);
    return x.data;
  });
}

test("a sequence computed by hand: v ← μv + g, p ← p − ηv", () => {
  const sgd = new SGD({ learningRate: 0.5, momentum: 0.5 });
  const p = value(10);
  const seen = [4, 2, -1].map((gradient) => {
    p.grad = gradient;
    sgd.step([p]);
    return p.data;
  });
  expect(seen).toEqual([8, 6, 5.5]); // v = 4, 4, 1
});

test("without momentum x is (1 − ηa)ⁿ x₀ on a parabola", () => {
  descend(new SGD({ learningRate: 0.1 }), 3, 2, 20).forEach((x, i) => {
    expect(x).toBeCloseTo(2 * 0.7 ** (i + 1), 14);
  });
});

test("with momentum x follows the roots of r² − (1 + μ − ηa) r + μ", () => {
  const [eta, mu, a, x0] = [0.05, 0.2, 2, 3];
  const b = 1 + mu - eta * a;
  const root = Math.sqrt(b * b - 4 * mu);
  const [r, s] = [(b + root) / 2, (b - root) / 2];
  const x1 = x0 - eta * a * x0;
  const [A, B] = [(x1 - s * x0) / (r - s), (r * x0 - x1) / (r - s)];
  descend(new SGD({ learningRate: eta, momentum: mu }), a, x0, 30).forEach((x, i) => {
    expect(x).toBeCloseTo(A * r ** (i + 1) + B * s ** (i + 1), 13);
  });
});

test("Nesterov's momentum steps where Sutskever's form does, seen from where it looks ahead", () => {
  // v ← μv − ηf′(θ + μv); θ ← θ + v, whose θ + μv is our p.
  const [eta, mu, a] = [0.1, 0.7, 3];
  const p: Value = value(2);
  const sgd = new SGD({ learningRate: eta, momentum: mu, nesterov: true });
  let [theta, v] = [2, 0];
  for (let k = 0; k < 30; k++) {
    p.grad = a * p.data;
    sgd.step([p]);
    v = mu * v - eta * a * (theta + mu * v);
    theta += v;
    expect(p.data).toBeCloseTo(theta + mu * v, 13);
  }
});

test("weight decay is the gradient of ½λp²", () => {
  const [p, q] = [value(5), value(5)];
  const decayed = new SGD({ learningRate: 0.1, momentum: 0.5, weightDecay: 0.25 });
  const plain = new SGD({ learningRate: 0.1, momentum: 0.5 });
  for (let k = 0; k < 10; k++) {
    p.grad = Math.cos(k);
    q.grad = Math.cos(k) + 0.25 * q.data;
    decayed.step([p]);
    plain.step([q]);
    expect(p.data).toBe(q.data);
  }
});

test("the rate can be read and set between steps", () => {
  const sgd = new SGD({ learningRate: 1 });
  const p = value(0);
  p.grad = 1;
  sgd.step([p]);
  sgd.learningRate /= 4;
  sgd.step([p]);
  expect([p.data, sgd.learningRate, sgd.momentum]).toEqual([-1.25, 0.25, 0]);
});

test("refuses rates and momenta out of range", () => {
  for (const learningRate of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => new SGD({ learningRate })).toThrow(
      new RangeError(`SGD: learningRate must be a finite number ≥ 0, got ${learningRate}.`),
    );
  }
  expect(() => new SGD({} as never)).toThrow(TypeError);
  expect(() => new SGD({ learningRate: 1, momentum: 1 })).toThrow(
    new RangeError("SGD: momentum must be at least 0 and less than 1, got 1."),
  );
  expect(() => new SGD({ learningRate: 1, weightDecay: -1 })).toThrow(
    new RangeError("SGD: weightDecay must be a finite number ≥ 0, got -1."),
  );
  expect(() => new SGD({ learningRate: 1, momentum: 0.5, nesterov: 1 as never })).toThrow(
    new TypeError("SGD: nesterov must be true or false, got 1."),
  );
  expect(() => new SGD({ learningRate: 1, nesterov: true })).toThrow(
    new RangeError("SGD: nesterov needs a momentum above 0, got 0. Give one, 0.9 say."),
  );
  expect(() => {
    new SGD({ learningRate: 1 }).learningRate = "1" as never;
  }).toThrow(TypeError);
});
