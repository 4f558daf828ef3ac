import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { value, zeroGrad } from "@chainrule/core";
import {
  accuracy,
  crossEntropyWithLogits,
  fit,
  MLP,
  type Outputs,
  SGD,
  split,
  standardise,
} from "@chainrule/nn";
import { lossCurve, networkToDot, toDot, toSvg } from "@chainrule/viz";
import { hardest } from "./hardest.ts";
import type { TrainOptions } from "./options.ts";
import { shownFolder } from "./outFolder.ts";
import { problems } from "./problems.ts";

/** Trains a network of scalar Values, and draws how gradients flow through it. */
export async function trainAndDraw(options: TrainOptions): Promise<void> {
  const problem = problems[options.data](options.seed);
  const epochs = options.epochs ?? problem.epochs;

  const { train, test } = problem.isSplit
    ? split(problem.dataset, { testFraction: 0.2, seed: options.seed })
    : { train: problem.dataset };
  const scale = standardise(train);
  const trainSet = { ...train, inputs: scale.apply(train.inputs) };

  const model = new MLP(problem.inputs.length, [...problem.hidden, problem.classes.length], {
    activation: "tanh",
    seed: options.seed,
  });
  const toTest = test === undefined ? "" : `, ${test.inputs.length} to test`;
  console.log(`${problem.title}: ${train.inputs.length} examples to train on${toTest}`);
  console.log(`${model}, seed ${options.seed}, ${epochs} epochs`);

  const reportEvery = Math.max(1, Math.floor(epochs / 10));
  const history = await fit(model, trainSet, {
    loss: crossEntropyWithLogits,
    optimiser: new SGD({ learningRate: problem.learningRate, momentum: 0.9 }),
    epochs,
    batchSize: 16,
    seed: options.seed,
    onEpoch({ epoch, loss }) {
      const isReported = epoch === 1 || epoch === epochs || epoch % reportEvery === 0;
      if (isReported && !process.stderr.isTTY)
        console.log(`epoch ${String(epoch).padStart(4)}  loss ${loss.toFixed(4)}`);
    },
  });
  console.log(`loss ${history.losses[0]!.toFixed(4)} → ${history.losses.at(-1)!.toFixed(4)}`);
  const trainAccuracy = accuracy(model, trainSet).toFixed(3);
  if (test === undefined) {
    console.log(`accuracy on the ${train.inputs.length} rows it learnt ${trainAccuracy}`);
  } else {
    const testSet = { ...test, inputs: scale.apply(test.inputs) };
    console.log(`train accuracy ${trainAccuracy}`);
    console.log(`test accuracy  ${accuracy(model, testSet).toFixed(3)}`);
  }

  // The example it finds hardest, forward and back: every node of its graph then holds its gradient.
  const { inputs, target } = hardest(model, trainSet);
  const named = inputs.map((x, i) => value(x, problem.inputs[i]));
  const [first, ...others] = model.layers[0]!.neurons;
  const neuron = first!(named);
  neuron.label = "first hidden neuron";
  // The others get plain numbers, so that the gradients of the named inputs are those of the first neuron alone.
  let activations: Outputs = [neuron, ...others.map((other) => other(inputs))];
  for (const layer of model.layers.slice(1)) activations = layer(activations);
  zeroGrad(model.parameters());
  crossEntropyWithLogits(activations, target).backward();

  const { theme } = options;
  const neuronDot = toDot(neuron, { legend: true, theme });
  const networkDot = networkToDot(model, {
    title: `${problem.title}: the gradient of the hardest example in every weight`,
    inputLabels: problem.inputs,
    outputLabels: problem.classes,
    theme,
  });

  const files: Record<string, string> = {
    "neuron.dot": neuronDot,
    "neuron.svg": await toSvg(neuronDot),
    "network.dot": networkDot,
    "network.svg": await toSvg(networkDot),
    "loss.svg": lossCurve(history.losses, { title: `${problem.title}: training loss`, theme }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(options.out, name), text);

  const folder = shownFolder(options.out);
  const [neuronFile, networkFile, lossFile] = ["neuron", "network", "loss"].map((name) =>
    join(folder, `${name}.svg`),
  );
  console.log(`
The pictures are in ${join(folder, "/")} — open the SVG files in a browser:
  ${neuronFile}    one neuron on one example: every number, every local derivative, every gradient
  ${networkFile}   the whole network: the more gradient a weight gets, the thicker and darker its line
  ${lossFile}      the loss, epoch by epoch

Next, try: npm start -- --data moons --epochs 50 --seed 7
           npm start -- --help`);
}
