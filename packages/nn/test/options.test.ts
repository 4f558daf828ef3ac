import { expect, test } from "vitest";
import { accuracy, fit, Layer, MLP, moons, Neuron, SGD, spiral, split, xor } from "../src/index.ts";

const misspelt: [string, (options: never) => unknown, object, string][] = [
  [
    "Neuron",
    (o) => new Neuron(2, o),
    { activaton: "relu" },
    "activation, layerSize, labelPrefix, seed, random",
  ],
  ["Layer", (o) => new Layer(2, 1, o), { activaton: "relu" }, "activation, labelPrefix, seed, random"],
  ["MLP", (o) => new MLP(2, [1], o), { activaton: "relu" }, "activation, output, activations, seed, random"],
  [
    "SGD",
    (o) => new SGD(o),
    { learningRate: 1, momentun: 0.9 },
    "learningRate, momentum, nesterov, weightDecay",
  ],
  ["split", (o) => split(moons(), o), { testfraction: 0.5 }, "testFraction, seed, stratify"],
  ["moons", (o) => moons(o), { count: 10 }, "examples, noise, seed"],
  ["spiral", (o) => spiral(o), { examples: 10 }, "examplesPerClass, classes, noise, seed"],
];

test.each(misspelt)("%s refuses an option that it does not have", (caller, make, options, allowed) => {
  const unknown = Object.keys(options).at(-1);
  expect(() => make(options as never)).toThrow(
    new TypeError(`${caller}: there is no option "${unknown}". The options are ${allowed}.`),
  );
});

test("fit refuses an option that it does not have", async () => {
  const options = { loss: () => 0, optimiser: new SGD({ learningRate: 1 }), epoch: 5 };
  await expect(fit(new MLP(2, [1]), xor(), options as never)).rejects.toThrow(
    new TypeError(
      'fit: there is no option "epoch". ' +
        "The options are loss, optimiser, epochs, batchSize, seed, clip, onStep, onEpoch, validation, patience, signal, resume, compile, progress.",
    ),
  );
});

test.each([[null], [3], [[1]], ["relu"]])("options that are %j are refused", (options) => {
  expect(() => new MLP(2, [1], options as never)).toThrow(/^MLP: options must be an object, got /);
  expect(() => moons(options as never)).toThrow(TypeError);
});

test("every option there is may be given", async () => {
  new Layer(1, 1, { activation: "linear", labelPrefix: "a.", seed: 1 });
  new Neuron(1, { activation: "relu", layerSize: 2, labelPrefix: "b.", seed: 1 });
  new MLP(1, [1], { activation: "relu", output: "sigmoid", seed: 1 });
  moons({ examples: 4, noise: 0, seed: 1 });
  spiral({ examplesPerClass: 2, classes: 2, noise: 0, seed: 1 });
  const { train } = split(xor(), { testFraction: 0.5, seed: 1, stratify: false });
  const { epochs } = await fit(new MLP(2, [1]), train, {
    loss: ([y]) => y,
    optimiser: new SGD({ learningRate: 0, momentum: 0 }),
    epochs: 1,
    batchSize: 1,
    seed: 1,
    onEpoch: () => undefined,
    progress: false,
  });
  expect(epochs).toBe(1);
});

test("a generator is no seed, and an error names caller and option", () => {
  const wrong = { random: 5 } as never;
  const calls: [string, () => unknown][] = [
    ["MLP", () => new MLP(2, [1], wrong)],
    ["Layer", () => new Layer(2, 1, wrong)],
    ["Neuron", () => new Neuron(2, wrong)],
  ];
  for (const [caller, call] of calls) {
    expect(call).toThrow(
      new TypeError(
        `${caller}: random must be a generator, as new Random(5) is, got 5. A seed is given as { seed: 5 }.`,
      ),
    );
  }
});

test("typed arrays are refused with what makes arrays of them", () => {
  const hint = "got a Float64Array: make it an array with Array.from(…).";
  const row = Float64Array.of(1, 2) as never;
  expect(() => new MLP(2, [1])(row)).toThrow(`MLP: inputs must be an array of scalars, ${hint}`);
  expect(() => accuracy(new MLP(2, [1]), { inputs: [row], targets: [0] })).toThrow(
    `accuracy: inputs[0] must be an array of numbers, ${hint}`,
  );
});
