import { init, jit, type Array as NumpyArray, numpy as np, valueAndGrad } from "@jax-js/jax";
import type { Running } from "../../contender.ts";

// It asks for this class of Node 24 when it looks what kind of array it was given.
Object.assign(globalThis, { Float16Array: Reflect.get(globalThis, "Float16Array") ?? class {} });
await init("wasm");

/** Numbers, a typed array or nested arrays, in 64 bits. */
export const float64 = (x: unknown): NumpyArray => np.array(x as number, { dtype: np.float64 });

/** The gradient of a function of a vector, from typed array to typed array. */
export function gradientOf(f: (x: NumpyArray) => NumpyArray, at: Float64Array): Running {
  const kernel = jit(valueAndGrad(f));
  function call(): [number, ArrayLike<number>] {
    const [value, gradient] = kernel(float64(at));
    return [value.dataSync()[0]!, gradient.dataSync() as Float64Array];
  }
  return {
    step: () => call()[0],
    results() {
      const [value, gradient] = call();
      return [value, ...Array.from(gradient)];
    },
  };
}
