import type { Graph } from "./graph.ts";
import { partsOf } from "./parameterPath.ts";

/**
 * For each node the parts of the model that it belongs to, the outermost first, found from the labels of the
 * parameters. With a parameter of a neuron belong to it the operations on it (`w·x`, `… + b`), then those on these
 * alone, up to and with the activation.
 */
export function ownersOf({ nodes, edges }: Graph): readonly (readonly string[])[] {
  const owners: (readonly string[])[] = nodes.map(() => NONE);
  const known = new Map<string, readonly string[]>();
  const isActivated = new Uint8Array(nodes.length);
  let next = 0;
  for (const { id, kind, label } of nodes) {
    const first = next;
    while (edges[next]?.to === id) next++;
    if (kind === "parameter") owners[id] = shared(partsOf(label), known);
    if (kind !== "operation") continue;
    const operands = edges.slice(first, next).map(({ from }) => from);
    const units = new Set(operands.filter((o) => nodes[o]!.kind === "parameter").map((o) => owners[o]!));
    units.delete(NONE);
    if (units.size === 1) [owners[id]] = units as unknown as [readonly string[]];
    if (units.size > 0 || operands.length === 0) continue;
    const owner = owners[operands[0]!]!;
    if (owner === NONE || !operands.every((o) => owners[o] === owner)) continue;
    // What follows the activation is no longer the neuron: a loss of its one output, for example.
    if (operands.every((o) => isActivated[o] === 1)) continue;
    owners[id] = owner;
    if (operands.length === 1 || operands.some((o) => isActivated[o] === 1)) isActivated[id] = 1;
  }
  return owners;
}

const NONE: readonly string[] = [];

/** The one array for these parts, so that owners can be compared by identity. */
function shared(parts: readonly string[], known: Map<string, readonly string[]>): readonly string[] {
  const unit = parts.at(-1);
  if (unit === undefined) return NONE;
  const first = known.get(unit);
  if (first === undefined) known.set(unit, parts);
  return first ?? parts;
}
