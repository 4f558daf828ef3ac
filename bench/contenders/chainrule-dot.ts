import { dot, mean, type Scalar, type Value, value } from "@chainrule/core";
import { DECAY, examples, labels, RATE, start } from "../problem.ts";

/** The same step with each neuron as one dot node, an addition and a ReLU. */
export const setup = () => {
  const layers = start.map((layer) =>
    layer.map((neuron) => ({
      weights: neuron.slice(0, -1).map((x) => value(x)),
      bias: value(neuron.at(-1)!),
    })),
  );
  const parameters = layers.flat().flatMap(({ weights, bias }) => [...weights, bias]);
  return () => {
    const hinges = examples.map((example, e) => {
      let activations: readonly Scalar[] = example;
      layers.forEach((layer, l) => {
        activations = layer.map(({ weights, bias }) => {
          const sum = dot(weights, activations).add(bias);
          return l < layers.length - 1 ? sum.relu() : sum;
        });
      });
      return (activations[0] as Value).mul(-labels[e]!).add(1).relu();
    });
    const loss = mean(hinges).add(dot(parameters, parameters).mul(DECAY));
    loss.backward();
    for (const parameter of parameters) {
      parameter.data -= RATE * parameter.grad;
      parameter.grad = 0;
    }
    return loss.data;
  };
};
