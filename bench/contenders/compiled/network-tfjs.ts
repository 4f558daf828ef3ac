import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Running, Setup } from "../../contender.ts";
import { networks } from "../../problems/networks.ts";
import { start } from "./tfjs.ts";

/** All rows at once: products of matrices. */
export function tfjsNetwork(backend: "cpu" | "wasm"): Setup {
  return async (work: string): Promise<Running> => {
    const tf = await start(backend);
    const { layers, rows, hidden, loss, decay, rate } = networks[work]!;
    const inputs = tf.tensor2d(rows.map(({ input }) => [...input]));
    const targets = tf.tensor2d(rows.map(({ target }) => [...target]));
    // Weights and biases by turns; weights as inputs × outputs, as its layers have them.
    let parameters = layers.flatMap(({ weights, biases }) => [
      tf.transpose(tf.tensor2d(weights)),
      tf.tensor2d([biases]),
    ]);

    const losses = {
      hinge: (logits: Tensor2D) => tf.mean(tf.relu(tf.sub(1, tf.mul(targets, logits)))),
      "squared error": (y: Tensor2D) => tf.mean(tf.square(tf.sub(y, targets))),
      "cross-entropy": (logits: Tensor2D) =>
        tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1))),
    };
    const total = (...all: Tensor2D[]) => {
      let x = inputs;
      for (let l = 0; l < layers.length; l++) {
        const sums = tf.add<Tensor2D>(tf.matMul(x, all[2 * l]!), all[2 * l + 1]!);
        x = l === layers.length - 1 ? sums : hidden === "relu" ? tf.relu(sums) : tf.tanh(sums);
      }
      const fit = losses[loss](x);
      const squares = () => all.map((p) => tf.sum(tf.square(p))).reduce((a, b) => tf.add(a, b));
      return decay === 0 ? fit : tf.add(fit, tf.mul(decay, squares()));
    };
    const both = tf.valueAndGrads(total as never);
    return {
      step: () =>
        tf.tidy(() => {
          const { value, grads } = both(parameters);
          if (rate > 0) {
            const old = parameters;
            parameters = old.map((p, i) => tf.keep(tf.sub<Tensor2D>(p, tf.mul(grads[i]!, rate))));
            for (const p of old) p.dispose();
          } else for (const gradient of grads) gradient.dataSync();
          return value.dataSync()[0]!;
        }),
      results() {
        const { value, grads } = both(parameters);
        return [value.dataSync()[0]!, ...grads.flatMap((gradient) => [...tf.transpose(gradient).dataSync()])];
      },
    };
  };
}
