import { walk } from "../graph.ts";
import { mode } from "../mode.ts";
import { add } from "../ops/arithmetic.ts";
import { numericPartials, symbolicPartials } from "../partials.ts";
import type { Scalar, Slot, Value } from "../value.ts";
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
  const order = orderOf(outputs, inputs, outside);
  return deriving(() => {
    const tangents = tangentsAt(inputs, tangentsOfInputs);
    sweep(order, tangents, asGraph);
    return arrivedAt(outputs, tangents);
  });
}

/** As {@link pushforward}, along each of several directions: one walk for all, then only what depends on each. */
export function pushforwardAll(
  outputs: readonly Scalar[],
  inputs: readonly Value[],
  directions: readonly (readonly Scalar[])[],
  asGraph: boolean,
): Scalar[][] {
  const order = orderOf(outputs, inputs);
  const users = usersOf(order);
  return deriving(() =>
    directions.map((direction) => {
      const tangents = tangentsAt(inputs, direction);
      sweep(dependents([...tangents.keys()], order, users), tangents, asGraph);
      return arrivedAt(outputs, tangents);
    }),
  );
}

function deriving<R>(f: () => R): R {
  return mode.checks === undefined ? f() : mode.checks.deriving(f);
}

/** What the outputs depend on, operands before results, without the inputs. */
function orderOf(
  outputs: readonly Scalar[],
  inputs: readonly Value[],
  outside: { has(node: Value): boolean } = new Set(),
): Value[] {
  const isInput = new Set(inputs);
  const until = { has: (x: Value) => isInput.has(x) || outside.has(x) };
  const nodes = outputs.filter((output) => typeof output === "object");
  return walk(nodes, { until }).filter((node) => !isInput.has(node));
}

function tangentsAt(inputs: readonly Value[], direction: readonly Scalar[]): Map<Value, Scalar> {
  const tangents = new Map<Value, Scalar>();
  inputs.forEach((input, i) => {
    if (direction[i] !== 0) tangents.set(input, direction[i]!);
  });
  return tangents;
}

function arrivedAt(outputs: readonly Scalar[], tangents: ReadonlyMap<Value, Scalar>): Scalar[] {
  return outputs.map((output) => {
    if (typeof output === "number") return 0;
    const tangent = tangents.get(output) ?? 0;
    mode.checks?.arrived(output, tangent);
    return tangent;
  });
}

/** For each operand in an order of nodes, the places of those that have it. */
function usersOf(order: readonly Value[]): ReadonlyMap<Value, readonly number[]> {
  const users = new Map<Value, number[]>();
  order.forEach((node, place) => {
    for (const operand of node.operands) {
      if (typeof operand === "number") continue;
      const places = users.get(operand);
      if (places === undefined) users.set(operand, [place]);
      else places.push(place);
    }
  });
  return users;
}

/** The nodes of an order that depend on any of these. */
function dependents(
  nodes: readonly Value[],
  order: readonly Value[],
  users: ReadonlyMap<Value, readonly number[]>,
): Value[] {
  const isReached = new Uint8Array(order.length);
  const reachFrom = (node: Value) => {
    for (const place of users.get(node) ?? []) isReached[place] = 1;
  };
  const found: Value[] = [];
  nodes.forEach(reachFrom);
  // Operands come before results: what reaches a place has been passed.
  for (let place = 0; place < order.length; place++) {
    if (isReached[place] === 0) continue;
    found.push(order[place]!);
    reachFrom(order[place]!);
  }
  return found;
}

/** Gives nodes, operands before results, their tangents; what has none is left out. */
function sweep(order: readonly Value[], tangents: Map<Value, Scalar>, asGraph: boolean): void {
  const hasTangent = (x: Slot) => typeof x === "object" && tangents.has(x as Value);
  const loopTangents: Push = {
    tangentOf: (node) => tangents.get(node),
    give: (node, tangent) => {
      if (tangent !== 0) tangents.set(node, tangent);
    },
  };
  for (const node of order) {
    const { first, second } = node;
    const depends = Array.isArray(first) ? first.some(hasTangent) : hasTangent(first) || hasTangent(second);
    if (!depends) continue;
    const part = node.op!.loop;
    if (part !== undefined) {
      // Results of a loop get theirs with it.
      if (part.kind === "loop") part.loop.push(loopTangents);
      continue;
    }
    const partials = (asGraph ? symbolicPartials : numericPartials)(node, hasTangent);
    const { operands } = node;
    let sum: Scalar | undefined;
    for (let slot = 0; slot < operands.length; slot++) {
      const operand = operands[slot]!;
      const tangent = typeof operand === "object" ? tangents.get(operand) : undefined;
      const partial = partials[slot]!;
      if (tangent === undefined || partial === null) continue;
      // The factor nearer to the output goes first: a zero there wins, as in reverse mode.
      const contribution = times(partial, tangent, node.op!, partial);
      sum = sum === undefined ? contribution : add(sum, contribution);
      mode.checks?.pushed(node, slot, tangent, partial, sum);
    }
    if (sum !== undefined) tangents.set(node, sum);
  }
}
