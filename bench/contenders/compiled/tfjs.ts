import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import * as tf from "@tensorflow/tfjs-core";

/** Starts TensorFlow.js on one of its processors; everything there is in 32 bits. */
export async function start(backend: "cpu" | "wasm"): Promise<typeof tf> {
  tf.enableProdMode();
  await tf.setBackend(backend);
  await tf.ready();
  return tf;
}
