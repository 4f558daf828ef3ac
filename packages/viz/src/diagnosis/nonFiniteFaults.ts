import type { GraphEdge, GraphNode } from "../graph/graph.ts";
import { calculationOf } from "./calculation.ts";
import { type Reason, reasonBackward, reasonForward } from "./nonFiniteReason.ts";
import { adjointsOf, operandsOf, type Recording, type Sent } from "./recording.ts";

/** A node whose number is NaN or ±∞, and why. */
export interface ForwardFault {
  readonly node: GraphNode;
  /** The node with its operands, such as `loss = log(p = 0)`. */
  readonly calculation: string;
  /** The numbers of its operands, by slot. */
  readonly operands: readonly number[];
  readonly reason: Reason;
}

/** The first number of a forward pass that is not finite. */
export interface ForwardOrigin extends ForwardFault {
  /** Whether it gets lost on the way to the root, as does a branch not taken, or 1 ÷ ∞ = 0: every root is finite. */
  readonly isMasked: boolean;
  /** Where a NaN is made of it, such as ∞ − ∞; `null` where none is, or it is one. */
  readonly nan: ForwardFault | null;
}

/** An edge where the gradient stops being finite, and why. */
export interface BackwardFault {
  readonly edge: GraphEdge;
  readonly node: GraphNode;
  readonly operand: GraphNode;
  /** The node that the gradient goes back through, with its operands. */
  readonly calculation: string;
  readonly operands: readonly number[];
  /** The gradient of the root at the node. */
  readonly adjoint: number;
  /** adjoint × local derivative. */
  readonly contribution: number;
  /** What the gradient of the operand has come to, with what came from other uses before. */
  readonly total: number;
  readonly reason: Reason;
}

/** The first edge of a backward pass where the gradient is not finite. */
export interface BackwardOrigin extends BackwardFault {
  /** Which root's backward pass it is. */
  readonly root: GraphNode;
  /** Where a NaN is made of it, such as 0 × ∞; `null` where none is, or it is one. */
  readonly nan: BackwardFault | null;
}

/** The first number that is not finite; of those, if there are any, that make a root so. `null` if all are finite. */
export function forwardOrigin(recording: Recording): ForwardOrigin | null {
  const { nodes, roots } = recording.graph;
  const spreads = spreadingToRoots(recording);
  const isMasked = roots.every((root) => spreads[root] === 0);
  const origin = nodes.find(({ id, data }) => !Number.isFinite(data) && (isMasked || spreads[id] === 1));
  if (origin === undefined) return null;
  const nan = nodes.find(({ id, data }) => Number.isNaN(data) && spreads[id] === 1);
  const isOther = nan !== undefined && !Number.isNaN(origin.data);
  return {
    ...forwardFault(recording, origin),
    isMasked,
    nan: isOther ? forwardFault(recording, nan) : null,
  };
}

/** Marks by id the nodes from which NaN or ±∞ goes on, operation by operation, to a root. */
function spreadingToRoots({ graph: { nodes, edges, roots } }: Recording): Uint8Array {
  const spreads = new Uint8Array(nodes.length);
  for (const root of roots) spreads[root] = Number.isFinite(nodes[root]!.data) ? 0 : 1;
  for (let i = edges.length - 1; i >= 0; i--) {
    const { from, to } = edges[i]!;
    if (spreads[to] === 1 && !Number.isFinite(nodes[from]!.data)) spreads[from] = 1;
  }
  return spreads;
}

function forwardFault(recording: Recording, node: GraphNode): ForwardFault {
  const calculation = calculationOf(recording.graph, node.id);
  const op = recording.values[node.id]?.op;
  if (op === undefined) {
    const reason: Reason = { kind: "given", words: "it was given so, nothing computed it" };
    return { node, calculation, operands: [], reason };
  }
  const operands = operandsOf(recording, node.id);
  return { node, calculation, operands, reason: reasonForward({ op, operands, result: node.data }) };
}

/** The first edge, as `backward()` goes from a root, where the gradient is not finite; `null` if it is everywhere. */
export function backwardOrigin(recording: Recording, root: number): BackwardOrigin | null {
  let first: Sent | undefined;
  let nan: Sent | undefined;
  adjointsOf(recording, root, (sent) => {
    if (!Number.isFinite(sent.total)) first ??= sent;
    if (Number.isNaN(sent.total)) nan ??= sent;
  });
  if (first === undefined) return null;
  return {
    ...backwardFault(recording, first),
    root: recording.graph.nodes[root]!,
    nan: nan === undefined || nan === first ? null : backwardFault(recording, nan),
  };
}

function backwardFault(recording: Recording, sent: Sent): BackwardFault {
  const { edge, adjoint, contribution, total } = sent;
  const { nodes } = recording.graph;
  const operands = operandsOf(recording, edge.to);
  const { op } = recording.values[edge.to]!;
  const derivative = edge.derivative!;
  const reason = reasonBackward({ ...sent, op: op!, operands, derivative });
  return {
    edge,
    node: nodes[edge.to]!,
    operand: nodes[edge.from]!,
    calculation: calculationOf(recording.graph, edge.to),
    operands,
    adjoint,
    contribution,
    total,
    reason,
  };
}
