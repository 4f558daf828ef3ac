import { formatNumber } from "../formatNumber.ts";
import type { GraphEdge, GraphNode } from "../graph/graph.ts";
import { nameOf } from "./calculation.ts";
import { nodesAround } from "./neighbourhood.ts";
import type { BackwardFault, BackwardOrigin, ForwardOrigin } from "./nonFiniteFaults.ts";
import { type Look, partToDot } from "./partToDot.ts";
import { adjointsOf, type Recording } from "./recording.ts";

/** Nodes in the picture. */
const MOST_NODES = 25;

/**
 * The places where numbers and gradients stop being finite, with what is around them, as DOT.
 *
 * @param root - whose gradients it shows
 */
export function nonFiniteDot(
  recording: Recording,
  root: number,
  forward: ForwardOrigin | null,
  backward: BackwardOrigin | null,
): string {
  const { graph } = recording;
  const adjoints = adjointsOf(recording, root);
  const faults = [backward, backward?.nan].filter((fault): fault is BackwardFault => fault != null);
  const centres = [
    ...[forward, forward?.nan].flatMap((fault) => (fault == null ? [] : [fault.node.id])),
    ...faults.flatMap(({ edge }) => [edge.to, edge.from]),
  ];
  // Where a root is not finite, hardly any gradient is: to mark them too would hide the place.
  const hasFiniteRoot = forward === null || forward.isMasked;
  const isBad = (id: number) =>
    !Number.isFinite(graph.nodes[id]!.data) || (hasFiniteRoot && !Number.isFinite(adjoints[id]!));
  const notesOf = ({ id }: GraphNode): string[] => [
    ...(recording.values[id] === undefined ? [] : [`grad ${formatNumber(adjoints[id]!)}`]),
    ...[forward, forward?.nan].flatMap((fault, i) =>
      fault?.node.id === id ? [i === 0 ? "▲ first in the forward pass" : "▲ NaN from here on"] : [],
    ),
  ];
  const edge = (of: GraphEdge): Look => {
    const at = faults.findIndex((fault) => fault.edge === of);
    if (at < 0) return { emphasis: Number.isFinite(graph.nodes[of.from]!.data) ? "plain" : "alert" };
    const { adjoint, contribution } = faults[at]!;
    const product = `${formatNumber(adjoint)} × ${formatNumber(of.derivative!)} = ${formatNumber(contribution)}`;
    return {
      emphasis: "alert",
      notes: [product, at === 0 ? "◀ first in the backward pass" : "◀ NaN from here on"],
    };
  };
  return partToDot({
    graph,
    shown: nodesAround(graph, centres.length > 0 ? [...new Set(centres)] : [root], MOST_NODES, isBad),
    node: (node) => ({ emphasis: isBad(node.id) ? "alert" : "plain", notes: notesOf(node) }),
    edge,
    caption: [
      ...(forward === null ? [] : [`forward: ${forward.calculation}: ${forward.reason.words}`]),
      ...(backward === null ? [] : [`backward: ${backward.calculation}: ${backward.reason.words}`]),
      ...(centres.length > 0 ? [] : ["all numbers and gradients are finite"]),
      ...(graph.roots.length === 1
        ? []
        : [`grad: of ${nameOf(graph.nodes[root]!)}, root ${graph.roots.indexOf(root) + 1}`]),
    ],
  });
}
