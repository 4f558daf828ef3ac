import {
  add,
  elu,
  gelu,
  geluTanh,
  leakyRelu,
  mish,
  type Op,
  relu,
  sigmoid,
  silu,
  step,
  sum,
  tanh,
} from "@chainrule/core";
import type { Graph } from "./graph.ts";
import { partsOf } from "./parameterPath.ts";

const SUMS = namesOf(add, sum);

/**
 * What is taken for the activation of a neuron whose result no other neuron takes. `softplus` and `neg` are not: so
 * begins the loss of a neuron without activation, `softplus(±z)`.
 */
const ACTIVATIONS = namesOf(tanh, sigmoid, relu, leakyRelu, elu, gelu, geluTanh, silu, mish, step);

/**
 * For each node the parts of the model that it belongs to, the outermost first, found from the labels of the
 * parameters. With a parameter of a neuron belong to it
 *
 * - the operations on it, `w · x` and `… + b`, and sums of these alone: the weighted sum z;
 * - the activation: an operation on z alone that other neurons take, whatever it is, or that is known as one;
 * - the plain numbers of the activation, such as the slope of `leakyRelu`.
 *
 * What comes after belongs to no neuron, so that the loss of a neuron without activation begins outside of it.
 */
export function ownersOf({ nodes, edges }: Graph): readonly (readonly string[])[] {
  const known = new Map<string, Owner>();
  const owners = nodes.map(({ kind, label }) =>
    kind === "parameter" ? shared(partsOf(label), known) : NONE,
  );
  const operands = operandsByNode(nodes.length, edges);
  const isParameter = (id: number) => nodes[id]!.kind === "parameter";
  // Whether something on parameters takes the node: it is an input of a neuron, or inside of one.
  const isTaken = new Uint8Array(nodes.length);
  const onParameters = new Uint8Array(nodes.length);
  for (const { id } of nodes) {
    const units = new Set(operands[id]!.filter(isParameter).map((operand) => owners[operand]!));
    units.delete(NONE);
    if (units.size === 0) continue;
    onParameters[id] = 1;
    for (const operand of operands[id]!) isTaken[operand] = 1;
    if (units.size === 1) [owners[id]] = units as unknown as [Owner];
  }
  const isActivated = new Uint8Array(nodes.length);
  for (const { id, op } of nodes) {
    if (onParameters[id] === 1) continue;
    const numbers = operands[id]!.filter((operand) => nodes[operand]!.isPlain);
    const terms = operands[id]!.filter((operand) => nodes[operand]!.kind !== "constant");
    const owner = owners[terms[0] ?? id]!;
    if (owner === NONE || !terms.every((term) => owners[term] === owner)) continue;
    const activated = terms.filter((term) => isActivated[term] === 1).length;
    if (activated === terms.length) continue;
    const isSum = SUMS.has(op) && activated === 0 && new Set(terms).size > 1 && numbers.length === 0;
    // Some terms may be activated already, as in z · σ(z).
    if (!isSum && activated === 0 && isTaken[id] === 0 && !ACTIVATIONS.has(op)) continue;
    for (const part of [id, ...numbers]) owners[part] = owner;
    if (!isSum) isActivated[id] = 1;
  }
  return owners;
}

type Owner = readonly string[];
const NONE: Owner = [];

function namesOf(...operations: readonly { readonly op: Op }[]): ReadonlySet<string | undefined> {
  return new Set(operations.map(({ op }) => op.name));
}

function operandsByNode(count: number, edges: Graph["edges"]): readonly (readonly number[])[] {
  const operands: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to } of edges) operands[to]!.push(from);
  return operands;
}

/** The one array for these parts, so that owners can be compared by identity. */
function shared(parts: Owner, known: Map<string, Owner>): Owner {
  const unit = parts.at(-1);
  if (unit === undefined) return NONE;
  const first = known.get(unit);
  if (first === undefined) known.set(unit, parts);
  return first ?? parts;
}
