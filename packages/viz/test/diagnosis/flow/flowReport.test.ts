import { type Scalar, square, sub, tanh, type Value, value } from "@chainrule/core";
import { Adam, binaryCrossEntropyWithLogits, fit, MLP, moons, SGD, xor } from "@chainrule/nn";
import { describe, expect, test } from "vitest";
import type { FlowModel } from "../../../src/diagnosis/flow/flowModel.ts";
import { flowReport } from "../../../src/diagnosis/flow/flowReport.ts";

type Outputs = [Value, ...Value[]];
const loss = ([z]: Outputs, target: Scalar) => binaryCrossEntropyWithLogits(z, target);
const kinds = (report: { findings: readonly { kind: string }[] }) => report.findings.map(({ kind }) => kind);

/** So many layers of so many neurons, then one. */
function deep(layers: number, neurons: number, activation: "sigmoid" | "relu" | "tanh"): MLP {
  return new MLP(2, [...new Array<number>(layers - 1).fill(neurons), 1], { activation });
}

describe("flags", () => {
  test("a 20-layer sigmoid net: vanishing", () => {
    const report = flowReport(deep(20, 6, "sigmoid"), xor(), { loss });
    expect(report.isHealthy).toBe(false);
    expect(kinds(report)).toEqual(["vanishing"]);
    expect(report.findings[0]!.worst).toBe(1);
    expect(report.findings[0]!.layers).toContain(10);
    expect(report.layers[0]!.relative).toBeLessThan(1e-10);
    expect(report.text).toMatch(/\nvanishing, layers 1–15: in layer 1 δ is/);
  });

  test.each([
    ["relu", 10],
    ["relu", 20],
    ["tanh", 20],
  ] as const)("first weights with gain 3, %s, %i layers: exploding", (activation, layers) => {
    const mlp = deep(layers, 16, activation);
    for (const parameter of mlp.parameters()) parameter.data *= 3;
    const report = flowReport(mlp, moons({ examples: 20 }), { loss });
    expect(kinds(report)).toEqual(["exploding"]);
    expect(report.findings[0]!.worst).toBe(1);
  });

  test("bias −10: dead, and what lies behind gets nothing", () => {
    const mlp = new MLP(2, [8, 8, 1], { activation: "relu" });
    for (const { bias } of mlp.layers[1]!.neurons) bias.data = -10;
    const report = flowReport(mlp, moons(), { loss });
    expect(kinds(report)).toEqual(["dead", "vanishing"]);
    expect(report.findings[0]).toMatchObject({ severity: 1, layers: [2] });
    expect(report.layers.map(({ dead }) => dead)).toEqual([0, 1, 0]);
    expect(report.layers[0]).toMatchObject({ log10Gradient: null, zero: 1, relative: 0 });
  });

  test.each(["tanh", "sigmoid"] as const)("weights of 100: saturated, %s", (activation) => {
    const mlp = new MLP(2, [8, 1], { activation });
    for (const neuron of mlp.layers[0]!.neurons) for (const w of neuron.weights) w.data = 100;
    const report = flowReport(mlp, moons({ noise: 0 }), { loss });
    expect(kinds(report)).toContain("saturated");
    expect(report.layers[0]!.saturated).toBeGreaterThan(0.9);
  });

  test("an update larger than the weights", () => {
    const report = flowReport(new MLP(2, [4, 1]), xor(), { loss, learningRate: 100 });
    expect(kinds(report)).toEqual(["exploding"]);
    expect(report.text).toContain("an update is");
  });

  test("a gradient that is not finite", () => {
    const mlp = new MLP(2, [4, 1]);
    mlp.layers[0]!.neurons[0]!.bias.data = Number.NaN;
    const report = flowReport(mlp, xor(), { loss });
    expect(report.findings[0]).toMatchObject({ kind: "exploding", severity: 1 });
    expect(report.text).toContain("findNonFinite");
    expect(report.dot).toContain("not finite");
  });

  test("a loss that sends nothing back", () => {
    const report = flowReport(new MLP(2, [4, 1]), xor(), { loss: ([z]) => z.mul(0) });
    expect(report.findings[0]).toMatchObject({ kind: "vanishing", severity: 1, layers: [1, 2] });
  });
});

describe("finds nothing wrong", () => {
  test.each([0, 1, 2])("XOR at the start and after training, seed %i", async (seed) => {
    const mlp = new MLP(2, [4, 1], { seed });
    const options = { loss, learningRate: 0.5 };
    expect(flowReport(mlp, xor(), options).text).toMatch(/\nNothing found\.$/);
    await fit(mlp, xor(), { loss, optimiser: new SGD({ learningRate: 0.5 }), epochs: 300 });
    expect(flowReport(mlp, xor(), options).findings).toEqual([]);
  });

  test.each(["tanh", "relu", "sigmoid"] as const)("moons, %s", async (activation) => {
    const mlp = new MLP(2, [16, 16, 1], { activation });
    const options = { loss, learningRate: 0.02 };
    expect(flowReport(mlp, moons(), options).findings).toEqual([]);
    const optimiser = new Adam({ learningRate: 0.02 });
    await fit(mlp, moons(), { loss, optimiser, epochs: 20, batchSize: 20 });
    expect(flowReport(mlp, moons(), options)).toMatchObject({ isHealthy: true, findings: [] });
  });
});

/** So many layers of one neuron without activation, all with one weight. The loss is the output. */
function chain(layers: number, weight: number) {
  const neuron = () => ({
    weights: [value(weight)],
    bias: value(0),
    activation: { name: "linear", apply: (z: Value) => z },
  });
  const model = { layers: Array.from({ length: layers }, () => ({ neurons: [neuron()] })) };
  return flowReport(model, { inputs: [[1]], targets: [0] }, { loss: ([z]) => z });
}

describe("at the ends of the range of a number", () => {
  test("200 weights of 0.1: vanishing, to 10⁻¹⁹⁹", () => {
    const { findings, layers } = chain(200, 0.1);
    expect(findings.map(({ kind, worst }) => [kind, worst])).toEqual([["vanishing", 1]]);
    expect(Math.log10(layers[0]!.relative!)).toBeCloseTo(-199, 9);
    expect(findings[0]!.words).toMatch(/^δ is 1e-199 times/);
  });

  test("200 weights of 10: exploding, to 10¹⁹⁹, and finite", () => {
    const { findings, layers, text } = chain(200, 10);
    expect(findings.map(({ kind, worst }) => [kind, worst])).toEqual([["exploding", 1]]);
    expect(Math.log10(layers[0]!.relative!)).toBeCloseTo(199, 9);
    expect(layers.every(({ hasFiniteGradients }) => hasFiniteGradients)).toBe(true);
    expect(text).not.toContain("NaN or");
  });

  test("400 weights of 0.1: what is left of δ rounds to 0, and no layer is to blame", () => {
    const [finding] = chain(400, 0.1).findings;
    expect(finding!.words).toMatch(
      /^no gradient arrives: δ is \S+e-32\d in layer 7\d, and before that smaller/,
    );
  });

  test("400 weights of 10: not finite", () => {
    const { findings, layers } = chain(400, 10);
    expect(findings[0]).toMatchObject({ kind: "exploding", severity: 1, worst: 1 });
    expect(findings[0]!.words).toContain("NaN or ±∞");
    expect([layers[0]!.hasFiniteGradients, layers[399]!.hasFiniteGradients]).toEqual([false, false]);
  });

  test("a ratio larger than any number is the largest, for it is finite", () => {
    const [first, last] = [1e200, 1e-200].map((weight) => ({
      weights: [value(weight)],
      bias: value(0),
      activation: { name: "linear", apply: (z: Value) => z },
    }));
    const model: FlowModel = {
      layers: [{ neurons: [first!] }, { neurons: [last!] }],
      // The loss is of both layers, so that δ is 1e200 in the first and 1e-200 in the last.
      forward: ([x]) => {
        const z = first!.weights[0]!.mul(x!);
        const end = last!.weights[0]!.mul(z);
        const a = [z, end].map((of) => of.mul(1)) as [Value, Value];
        return {
          outputs: [a[0].mul(1e200).add(a[1].mul(1e-200))],
          layers: [
            { z: [z], a: [a[0]] },
            { z: [end], a: [a[1]] },
          ],
        };
      },
    };
    const report = flowReport(model, { inputs: [[1e-200]], targets: [0] }, { loss: ([z]) => z });
    expect(report.layers[0]).toMatchObject({ relative: Number.MAX_VALUE, hasFiniteGradients: true });
  });
});

describe("weights of 0", () => {
  const zeros = (widths: [number, ...number[]]) => {
    const mlp = new MLP(2, widths);
    for (const parameter of mlp.parameters()) parameter.data = 0;
    return mlp;
  };

  test("the usual start of logistic regression: no update ratio, and nothing is wrong", () => {
    const { layers, isHealthy, text } = flowReport(zeros([1]), moons(), { loss, learningRate: 0.5 });
    expect([layers[0]!.update, isHealthy]).toEqual([null, true]);
    expect(text.split("\n")[1]).toMatch(/ 1 +— /);
  });

  test("in a later layer: they are named among the causes", () => {
    const { findings } = flowReport(zeros([2, 1]), moons(), { loss, learningRate: 0.5 });
    expect(findings).toMatchObject([{ kind: "vanishing", layers: [1] }]);
    expect(findings[0]!.words).toContain("has weights of 0");
  });

  test("a dead last layer is named, not the loss", () => {
    const mlp = new MLP(2, [2, 1], { output: "relu" });
    mlp.layers[1]!.neurons[0]!.bias.data = -10;
    const report = flowReport(mlp, xor(), { loss: ([z], t) => square(sub(z, t)) });
    expect(report.text).toContain("no gradient arrives at all: the last layer is dead.");
  });
});

describe("numbers", () => {
  /** a = tanh(2x + 1), output = 3a − 1; loss (output − target)². */
  const model: FlowModel = {
    layers: [
      {
        neurons: [{ weights: [value(2)], bias: value(1), activation: { name: "tanh", apply: tanh } }],
      },
      {
        neurons: [{ weights: [value(3)], bias: value(-1), activation: { name: "linear", apply: (z) => z } }],
      },
    ],
  };
  const squared = ([output]: Outputs, target: number): Scalar => square(sub(output, target));

  test("δ, gradients and updates as by hand", () => {
    const data = { inputs: [[0.5], [-0.25]], targets: [1, 2] };
    const { layers } = flowReport(model, data, { loss: squared, learningRate: 0.1 });
    const forward = data.inputs.map(([x], i) => {
      const a = Math.tanh(2 * x! + 1);
      const last = 2 * (3 * a - 1 - data.targets[i]!);
      return { x: x!, a, last, first: last * 3 * (1 - a * a) };
    });
    const meanOf = (f: (of: (typeof forward)[number]) => number) => (f(forward[0]!) + f(forward[1]!)) / 2;
    const rms = (f: (of: (typeof forward)[number]) => number) => Math.sqrt(meanOf((of) => f(of) ** 2));
    expect(layers[0]!.relative).toBeCloseTo(rms((of) => of.first) / rms((of) => of.last), 12);
    expect(layers[1]!.relative).toBe(1);
    expect(layers[0]!.update).toBeCloseTo((0.1 * Math.abs(meanOf((of) => of.first * of.x))) / 2, 12);
    expect(layers[1]!.update).toBeCloseTo((0.1 * Math.abs(meanOf((of) => of.last * of.a))) / 3, 12);
    const sizes = [meanOf((of) => of.last * of.a), meanOf((of) => of.last)].map((x) =>
      Math.log10(Math.abs(x)),
    );
    const quantiles = layers[1]!.log10Gradient!;
    expect(quantiles.q50).toBeCloseTo((sizes[0]! + sizes[1]!) / 2, 12);
    expect(quantiles.q05).toBeCloseTo(Math.min(...sizes) + 0.05 * Math.abs(sizes[0]! - sizes[1]!), 12);
  });

  test("those of backward() on the mean loss", () => {
    const mlp = new MLP(2, [3, 1]);
    const { inputs, targets } = xor();
    const { layers } = flowReport(mlp, xor(), { loss });
    expect(mlp.parameters().every(({ hasGrad }) => !hasGrad)).toBe(true);
    inputs.forEach((row, i) => {
      loss(mlp(row), targets[i]!)
        .mul(1 / 4)
        .backward();
    });
    const sizes = mlp.layers[0]!.parameters().map(({ grad }) => Math.log10(Math.abs(grad)));
    const middle = sizes.sort((a, b) => a - b)[4]!;
    expect(layers[0]!.log10Gradient!.q50).toBeCloseTo(middle, 10);
  });

  test("without a learning rate there is no update, without bounds no saturation", () => {
    const { layers } = flowReport(model, { inputs: [[0]], targets: [1] }, { loss: squared });
    expect(layers.map(({ update }) => update)).toEqual([null, null]);
    expect(layers.map(({ saturated }) => saturated)).toEqual([0, null]);
  });

  test("a softmax layer", () => {
    const mlp = new MLP(2, [4, 2], { output: "softmax" });
    const { layers } = flowReport(mlp, xor(), { loss: (p, t) => p[t]!.log().neg() });
    expect(layers[1]).toMatchObject({ activation: "softmax", dead: 0, saturated: null });
  });

  test("thresholds decide", () => {
    const thresholds = { exploding: 1e-6 };
    const report = flowReport(new MLP(2, [4, 1]), xor(), { loss, thresholds });
    expect(kinds(report)).toEqual(["exploding"]);
    expect(report.thresholds).toMatchObject({ exploding: 1e-6, vanishing: 1e-3 });
  });
});

describe("the picture", () => {
  /** Three neurons with an input of 1 or so, and one of 10⁻⁶⁰: three of its nine gradients are tiny. */
  const stretched = () => {
    const mlp = new MLP(2, [3, 1], { seed: 1 });
    return flowReport(
      mlp,
      {
        inputs: [
          [1, 1e-60],
          [0.5, 1e-60],
        ],
        targets: [0, 1],
      },
      { loss },
    );
  };

  test("few tiny gradients do not stretch the scale, which says so", () => {
    const { dot, layers } = stretched();
    expect(layers[0]!.log10Gradient!.q05).toBeLessThan(-59);
    expect(dot).toMatch(/>≤ 10⁻[¹²³]</);
    expect(stretched().text).toMatch(/-6\d\.\d/);
  });

  test("layers in even steps share one scale, however long", () => {
    expect(chain(200, 0.1).dot).toMatch(/>10⁻¹⁹⁹</);
    expect(chain(200, 0.1).dot).not.toContain("≤");
  });

  test("a row for each layer, those at fault in red", () => {
    const { dot } = flowReport(deep(20, 6, "sigmoid"), xor(), { loss });
    expect(dot.match(/<TR><TD ALIGN="RIGHT">/g)).toHaveLength(21);
    expect(dot.match(/COLOR="#cf222e">\d+ · 6 sigmoid/g)).toHaveLength(15);
  });

  test("the name of an activation cannot break it", () => {
    const neuron = { weights: [value(1)], bias: value(0), activation: { name: '<b>&"\n]', apply: tanh } };
    const { dot, text } = flowReport(
      { layers: [{ neurons: [neuron] }] },
      { inputs: [[1]], targets: [0] },
      { loss: ([z]) => z },
    );
    expect(dot).not.toMatch(/<b>|&"/);
    expect(text.split("\n")).toHaveLength(4);
  });
});

describe("errors", () => {
  const mlp = new MLP(2, [1]);
  test.each([
    [
      () => flowReport({} as never, xor(), { loss }),
      TypeError,
      /^flowReport: model must have layers of neurons/,
    ],
    [
      () => flowReport(mlp, xor(), {} as never),
      TypeError,
      /^flowReport: loss must be a function of outputs and target, got undefined/,
    ],
    [
      () => (flowReport as (...given: unknown[]) => unknown)(mlp, xor()),
      TypeError,
      /^flowReport: loss must be a function .*, got undefined\. Pass \{ loss: /,
    ],
    [
      () => flowReport(mlp, { inputs: [[1, 2]], targets: [] }, { loss }),
      RangeError,
      /got 1 rows and 0 targets/,
    ],
    [
      () => flowReport(mlp, { inputs: [[1]], targets: [1] }, { loss }),
      RangeError,
      /inputs\[0\] must be 2 numbers, got an array of 1/,
    ],
    [() => flowReport(mlp, 3 as never, { loss }), TypeError, /data must have arrays inputs and targets/],
    [() => flowReport(mlp, xor(), { loss: () => 1 }), TypeError, /the loss must be a Value/],
    [
      () => flowReport(mlp, xor(), { loss, learningRate: -1 }),
      TypeError,
      /learningRate must be a number > 0, got -1/,
    ],
    [
      () => flowReport(mlp, xor(), { loss, thresholds: { deaf: 1 } as never }),
      TypeError,
      /there is no option "deaf"/,
    ],
  ])("%#", (run, kind, message) => {
    expect(run).toThrow(kind);
    expect(run).toThrow(message);
  });
});
