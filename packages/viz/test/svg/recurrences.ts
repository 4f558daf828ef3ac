import { dot, type Value, value } from "@chainrule/core";

/** An Elman recurrence, h ← tanh(W·h + b) in each layer at each step, on parameters that are labelled as those of a model. */
export function elman(shape: {
  readonly units: number;
  readonly steps: number;
  readonly layers?: number;
  readonly prefix?: (layer: number, unit: number) => string;
  readonly hasDots?: boolean;
}): Value {
  const { units, steps, layers = 1, hasDots = false } = shape;
  const prefix = shape.prefix ?? ((layer, unit) => `layers.${layer}.neurons.${unit}`);
  const range = (length: number) => Array.from({ length }, (_, i) => i);
  const model = range(layers).map((layer) =>
    range(units).map((unit) => ({
      weights: range(units).map((i) =>
        value(Math.sin(layer + 3 * unit + 5 * i), `${prefix(layer, unit)}.w${i}`),
      ),
      bias: value(0.1, `${prefix(layer, unit)}.b`),
    })),
  );
  let h: Value[] = range(units).map((i) => value(0.3 * i + 0.1, `h${i}`));
  for (let step = 0; step < steps; step++) {
    for (const layer of model) {
      h = layer.map(({ weights, bias }) => {
        const z = hasDots
          ? dot(weights, h).add(bias)
          : weights.reduce((sum, w, i) => sum.add(w.mul(h[i]!)), bias);
        return z.tanh();
      });
    }
  }
  const root = h.reduce((a, b) => a.add(b));
  root.backward();
  return root;
}
