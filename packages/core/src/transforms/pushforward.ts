import { walk } from "../graph.ts";
import { mode } from "../mode.ts";
import { add } from "../ops/arithmetic.ts";
import { numericPartials, symbolicPartials } from "../partials.ts";
import type { Scalar, Value } from "../value.ts";
import { times } from "./pullback.ts";

/** What a loop needs to find the tangents of its results. */
export interface Push {
  readonly tangentOf: (node: Value) => Scalar | undefined;
  readonly give: (node: Value, tangent: Scalar) => void;
}

/**
 * Forward mode: `Σⱼ ∂output/∂inputⱼ vⱼ` for each output, for tangents v of the inputs.
 *
 * With `asGraph` the derivatives are Values that can be differentiated again; without, they are numbers.
 *
 * @param outside - nodes that no input can be reached from
 * @returns one entry per output; 0 for an output that no input reaches
 */
export function pushforward(
  outputs: readonly Scalar[],
  inputs: readonly Value[],
  tangentsOfInputs: readonly Scalar[],
  asGraph: boolean,
  outside: { has(node: Value): boolean } = new Set(),
): Scalar[] {
  return new ForwardSweep(outputs, inputs, asGraph, outside).along(tangentsOfInputs);
}

/** Forward mode along any number of directions; one costs as much as the nodes that depend on its inputs. */
export class ForwardSweep {
  readonly #outputs: readonly Scalar[];
  readonly #inputs: readonly Value[];
  readonly #asGraph: boolean;
  /** Operands before results. */
  readonly #order: readonly Value[];
  /** Per node of the order: the places of the nodes that have it for an operand. */
  readonly #users = new Map<Value, number[]>();

  constructor(
    outputs: readonly Scalar[],
    inputs: readonly Value[],
    asGraph: boolean,
    outside: { has(node: Value): boolean } = new Set(),
  ) {
    this.#outputs = outputs;
    this.#inputs = inputs;
    this.#asGraph = asGraph;
    const isInput = new Set(inputs);
    const until = { has: (x: Value) => isInput.has(x) || outside.has(x) };
    this.#order = walk(
      outputs.filter((output) => typeof output === "object"),
      { until },
    );
    this.#order.forEach((node, place) => {
      if (isInput.has(node)) return;
      for (const operand of node.operands) {
        if (typeof operand === "number") continue;
        const users = this.#users.get(operand);
        if (users === undefined) this.#users.set(operand, [place]);
        else if (users.at(-1) !== place) users.push(place);
      }
    });
  }

  /** The tangents of the outputs for these of the inputs. */
  along(tangentsOfInputs: readonly Scalar[]): Scalar[] {
    const { checks } = mode;
    return checks === undefined
      ? this.#sweep(tangentsOfInputs)
      : checks.deriving(() => this.#sweep(tangentsOfInputs));
  }

  #sweep(tangentsOfInputs: readonly Scalar[]): Scalar[] {
    const tangents = new Map<Value, Scalar>();
    this.#inputs.forEach((input, i) => {
      if (tangentsOfInputs[i] !== 0) tangents.set(input, tangentsOfInputs[i]!);
    });
    const loopTangents: Push = {
      tangentOf: (node) => tangents.get(node),
      give: (node, tangent) => {
        if (tangent !== 0) tangents.set(node, tangent);
      },
    };
    for (const place of this.#dependents([...tangents.keys()])) {
      const node = this.#order[place]!;
      const part = node.op!.loop;
      if (part?.kind === "loop") part.loop.push(loopTangents);
      else if (part === undefined) this.#push(node, tangents);
    }
    const tangentOf = (output: Scalar) => (typeof output === "object" ? (tangents.get(output) ?? 0) : 0);
    for (const output of this.#outputs) {
      if (typeof output === "object") mode.checks?.arrived(output, tangentOf(output));
    }
    return this.#outputs.map(tangentOf);
  }

  /** The places of all nodes that depend on these, in order. */
  #dependents(nodes: readonly Value[]): Iterable<number> {
    const places = new Set<number>();
    const open = [...nodes];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const place of this.#users.get(node) ?? []) {
        if (places.has(place)) continue;
        places.add(place);
        open.push(this.#order[place]!);
      }
    }
    return Float64Array.from(places).sort();
  }

  /** Gives a node its tangent. */
  #push(node: Value, tangents: Map<Value, Scalar>): void {
    const hasTangent = (x: Scalar) => typeof x === "object" && tangents.has(x);
    const partials = (this.#asGraph ? symbolicPartials : numericPartials)(node, hasTangent);
    let sum: Scalar | undefined;
    node.operands.forEach((operand, slot) => {
      const tangent = typeof operand === "object" ? tangents.get(operand) : undefined;
      const partial = partials[slot]!;
      if (tangent === undefined || partial === null) return;
      // The factor nearer to the output goes first: a zero there wins, as in reverse mode.
      const contribution = times(partial, tangent, node.op!, partial);
      sum = sum === undefined ? contribution : add(sum, contribution);
      mode.checks?.pushed(node, slot, tangent, partial, sum);
    });
    if (sum !== undefined) tangents.set(node, sum);
  }
}
