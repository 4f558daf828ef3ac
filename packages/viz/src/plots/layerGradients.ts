import { Value } from "@chainrule/core";
import { describe } from "../check.ts";
import { layerCaption, type NetworkLike, parametersOf } from "../network/network.ts";

/** Gradients by name: numbers, or Values that a `backward()` has reached. */
export type NamedGradients = Readonly<Record<string, readonly (number | Value)[]>>;

/** The gradients of one layer, sorted out. */
export interface LayerGradients {
  readonly name: string;
  readonly count: number;
  /** log₁₀|grad|, ascending, of those that have one. */
  readonly logs: Float64Array;
  readonly zeros: number;
  /** NaN and ±∞. */
  readonly faults: number;
}

/** @throws TypeError or RangeError if there are no layers, or no gradients in them */
export function layerGradients(layers: NetworkLike | NamedGradients): LayerGradients[] {
  const named = isNetwork(layers)
    ? layers.layers.map(
        (layer, i) => [layerCaption(layer, i)[0]!.replace(/ · [^·]*$/, ""), parametersOf(layer)] as const,
      )
    : entriesOf(layers);
  if (named.length === 0) {
    throw new RangeError("gradientHistogram: layers is an empty object, there is nothing to draw.");
  }
  const all = named.map(([name, gradients]) => sortOut(name, gradients));
  if (all.some(({ count }) => count > 0)) return all;
  throw new RangeError("gradientHistogram: there are no gradients yet. Call backward() on the loss first.");
}

function isNetwork(x: unknown): x is NetworkLike {
  const { layers } = (x ?? {}) as Partial<NetworkLike>;
  if (!Array.isArray(layers) || layers[0] instanceof Value || typeof layers[0] === "number") return false;
  const isLayer = (layer: unknown) => Array.isArray((layer as { neurons?: unknown } | undefined)?.neurons);
  if (layers.length > 0 && layers.every(isLayer)) return true;
  throw new TypeError(
    `gradientHistogram: a network must have an array of layers with neurons, got ${describe(layers)} of ${describe(layers[0])}.`,
  );
}

function entriesOf(layers: unknown): [string, readonly unknown[]][] {
  if (typeof layers !== "object" || layers === null || Array.isArray(layers)) {
    throw new TypeError(
      `gradientHistogram: layers must be a network or an object of arrays by name, got ${describe(layers)}.`,
    );
  }
  return Object.entries(layers).map(([name, gradients]) => {
    if (Array.isArray(gradients) && gradients.length > 0) return [name, gradients];
    throw new TypeError(
      `gradientHistogram: ${describe(name)} must be an array of numbers or Values, not empty; got ${describe(gradients)}.`,
    );
  });
}

function sortOut(name: string, gradients: readonly unknown[]): LayerGradients {
  let [count, zeros, faults] = [0, 0, 0];
  const logs: number[] = [];
  gradients.forEach((given, i) => {
    if (!(given instanceof Value) && typeof given !== "number") {
      throw new TypeError(
        `gradientHistogram: entry ${i} of ${describe(name)} must be a number or a Value, got ${describe(given)}.`,
      );
    }
    if (given instanceof Value && !given.hasGrad) return;
    const gradient = given instanceof Value ? given.grad : given;
    count++;
    if (gradient === 0) zeros++;
    else if (Number.isFinite(gradient)) logs.push(Math.log10(Math.abs(gradient)));
    else faults++;
  });
  return { name, count, logs: Float64Array.from(logs).sort(), zeros, faults };
}
