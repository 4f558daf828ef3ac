import type { Tensor1D } from "@tensorflow/tfjs-core";
import type { Setup } from "../../contender.ts";
import { rosenbrockAt, squaresAt } from "../../problems/vectors.ts";
import { start } from "./tfjs.ts";

/** The sum of squares or Rosenbrock's function, from typed array to typed array. */
export const setup: Setup = async (work) => {
  const tf = await start("cpu");
  const at = Float32Array.from(work === "squares" ? squaresAt : rosenbrockAt);
  const squares = (x: Tensor1D) => tf.sum(tf.square(x));
  const rosenbrock = (x: Tensor1D) => {
    const here = tf.slice1d(x, 0, at.length - 1);
    const a = tf.sub(tf.slice1d(x, 1, at.length - 1), tf.square(here));
    return tf.sum(tf.add(tf.mul(100, tf.square(a)), tf.square(tf.sub(1, here))));
  };
  const both = tf.valueAndGrad((work === "squares" ? squares : rosenbrock) as never);
  const call = () =>
    tf.tidy(() => {
      const { value, grad } = both(tf.tensor1d(at));
      return [value.dataSync()[0]!, grad.dataSync()] as const;
    });
  return {
    step: () => call()[0],
    results() {
      const [value, gradient] = call();
      return [value, ...gradient];
    },
  };
};
