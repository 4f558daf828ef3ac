import { add, compile, fn, gt, mul, Real, select, struct, sub, sum, Vec, vec, vjp } from "rose";
import type { Running } from "../../contender.ts";
import { type NetworkProblem, networks } from "../../problems/networks.ts";
import { descend } from "./descend.ts";
import { exp, log, relu, tanh } from "./rose-functions.ts";

type Numbers = Vec<Real>;
type Layer = { weights: Vec<Numbers>; biases: Numbers };

type Kernel = (problem: object) => { value: number; gradient: Record<number, NetworkProblem["layers"][0]> };

const losses = {
  hinge: (logits: Numbers, target: Numbers) => relu(sub(1, mul(target[0]!, logits[0]!))),
  "squared error": (y: Numbers, target: Numbers) => {
    const error = sub(y[0]!, target[0]!);
    return mul(error, error);
  },
  "cross-entropy": (logits: Numbers, target: Numbers, count: number) => {
    let largest: Real = logits[0]!;
    for (let k = 1; k < count; k++) largest = select(gt(logits[k]!, largest), Real, logits[k]!, largest);
    const all = sum(count, (k) => exp(sub(logits[k]!, largest)));
    return sub(
      add(largest, log(all)),
      sum(count, (k) => mul(target[k]!, logits[k]!)),
    );
  },
};

/** Every loop over neurons, inputs and rows is a loop of rose, traced once. */
export async function setup(work: string): Promise<Running> {
  const { layers, rows, hidden, loss, decay, rate } = networks[work]!;
  const sizes = [rows[0]!.input.length, ...layers.map(({ biases }) => biases.length)];
  const outputs = sizes.at(-1)!;
  const activate = hidden === "relu" ? relu : tanh;
  const Layers = layers.map((_, l) =>
    struct({ weights: Vec(sizes[l + 1]!, Vec(sizes[l]!, Real)), biases: Vec(sizes[l + 1]!, Real) }),
  );
  const Row = struct({ input: Vec(sizes[0]!, Real), target: Vec(outputs, Real) });
  const Problem = struct({ layers: Layers, rows: Vec(rows.length, Row) });

  const network = (parameters: readonly Layer[], input: Numbers) =>
    parameters.reduce((xs, { weights, biases }, l) => {
      const sums = vec(sizes[l + 1]!, Real, (o) =>
        add(
          sum(sizes[l]!, (i) => mul(weights[o]![i]!, xs[i]!)),
          biases[o]!,
        ),
      );
      return l < layers.length - 1 ? vec(sizes[l + 1]!, Real, (o) => activate(sums[o]!)) : sums;
    }, input);
  const squares = (parameters: readonly Layer[]) =>
    parameters
      .flatMap(({ weights, biases }, l) => [
        sum(sizes[l + 1]!, (o) => sum(sizes[l]!, (i) => mul(weights[o]![i]!, weights[o]![i]!))),
        sum(sizes[l + 1]!, (o) => mul(biases[o]!, biases[o]!)),
      ])
      .reduce((a, b) => add(a, b));

  const total = fn([Problem], Real, ({ layers: parameters, rows: data }) => {
    const all = Array.from(layers, (_, l) => parameters[l]! as Layer);
    const fit = sum(rows.length, (e) => {
      const { input, target } = data[e] as { input: Numbers; target: Numbers };
      return losses[loss](network(all, input), target, outputs);
    });
    const mean = mul(fit, 1 / rows.length);
    return decay === 0 ? mean : add(mean, mul(decay, squares(all)));
  });
  // Functions of rose differentiate with respect to all they take; the gradient of the data is not handed out.
  const both = fn([Problem], struct({ value: Real, gradient: Layers }), (problem) => {
    const { ret, grad } = vjp(total)(problem as never);
    return { value: ret, gradient: (grad(1) as unknown as { layers: never }).layers };
  });
  const kernel = (await compile(both)) as unknown as Kernel;
  const problem = { layers, rows };
  return {
    step() {
      const { value, gradient } = kernel(problem);
      if (rate > 0) descend(layers, gradient, rate);
      return value;
    },
    results() {
      const { value, gradient } = kernel(problem);
      return [
        value,
        ...Object.values(gradient).flatMap(({ weights, biases }) => [...weights.flat(), ...biases]),
      ];
    },
  };
}
