import type { Value } from "@chainrule/core";
import { checkRoots } from "../check.ts";
import { formatNumber } from "../formatNumber.ts";
import type { Graph } from "../graph/graph.ts";
import { count } from "../text.ts";
import { nameOf } from "./calculation.ts";
import { createdAt } from "./createdAt.ts";
import {
  type BackwardFault,
  type BackwardOrigin,
  backwardOrigin,
  type ForwardFault,
  type ForwardOrigin,
  forwardOrigin,
} from "./nonFiniteFaults.ts";
import { nonFiniteDot } from "./nonFinitePicture.ts";
import { type Recording, recordingOf } from "./recording.ts";

/** Where the numbers and the gradients of a graph stop being finite. */
export interface NonFiniteReport {
  /** Whether all roots and all gradients are finite. */
  readonly isHealthy: boolean;
  /** The first number that is not, in topological order; `null` if all are finite. */
  readonly forward: ForwardOrigin | null;
  /** The first edge where the gradient is not, as `backward()` goes, of the first root that has one; `null` if none has. */
  readonly backward: BackwardOrigin | null;
  /**
   * The line that created the node at fault, as `file:line:column`: of the forward pass if there is one, else of the
   * backward pass. Of a leaf, the line that first used it. `null` if it is not known.
   */
  readonly createdAt: string | null;
  readonly text: string;
  /** At most 25 nodes around the places, as DOT. */
  readonly dot: string;
}

/**
 * Finds where NaN or ±∞ comes from, both ways: the first node whose number is not finite though its operands are, and
 * the first edge, as `backward()` goes, whose contribution `adjoint × local derivative` is not finite.
 *
 * If a root is not finite, only what goes on to one counts: not a NaN in a branch not taken. No `grad` changes.
 *
 * @param root - one Value or several, or a function that builds them; then the line that created the node is found as
 *   well, for which the function runs again, and must build the same. Of several, the gradients of each are looked at
 * @throws TypeError if root is neither, RangeError if it is an empty array, CheckError if the graph is out of date
 * @example findNonFinite(value(-1, "x").log()).forward.reason.words // "log(-1) is not defined"
 */
export function findNonFinite(
  root: Value | readonly Value[] | (() => Value | readonly Value[]),
): NonFiniteReport {
  const build = typeof root === "function" ? () => checkRoots("findNonFinite", root()) : undefined;
  const recording = recordingOf(build === undefined ? checkRoots("findNonFinite", root as Value) : build());
  const { roots } = recording.graph;
  const forward = forwardOrigin(recording);
  const [at, backward] = firstBackward(recording);
  const isHealthy = (forward === null || forward.isMasked) && backward === null;
  const place = build === undefined ? null : placeOf(build, forward, backward, at);
  const found = { isHealthy, forward, backward, createdAt: place };
  return {
    ...found,
    text: textOf(found, recording, build !== undefined),
    dot: nonFiniteDot(recording, roots[at]!, forward, backward),
  };
}

/** The first root with a gradient that is not finite, as its place among the roots; the first of all if none has. */
function firstBackward(recording: Recording): [at: number, origin: BackwardOrigin | null] {
  for (const [at, root] of recording.graph.roots.entries()) {
    const origin = backwardOrigin(recording, root);
    if (origin !== null) return [at, origin];
  }
  return [0, null];
}

/** Under `checked`, backward() looks for faults before it changes any gradient. */
function placeOf(
  build: () => readonly Value[],
  forward: ForwardOrigin | null,
  backward: BackwardOrigin | null,
  at: number,
): string | null {
  if (forward !== null) return createdAt(build, traitOf(forward));
  if (backward !== null) return createdAt(() => build()[at]?.backward(), traitOf(backward));
  return null;
}

function traitOf({ node: { op, label, data }, operands }: ForwardFault | BackwardFault) {
  return { op, label, data, operands };
}

type Found = Pick<NonFiniteReport, "forward" | "backward" | "createdAt">;

function textOf({ forward, backward, createdAt }: Found, { graph }: Recording, isKnown: boolean): string {
  if (forward === null && backward === null) {
    return `All numbers and gradients of ${count(graph.nodes.length, "node")} are finite.`;
  }
  const place =
    createdAt !== null
      ? [`  ${forward?.reason.kind === "given" ? "first used" : "created"} at ${createdAt}`]
      : isKnown
        ? []
        : ["  For the line that created it pass a function: findNonFinite(() => …)."];
  return [
    ...(forward === null ? [] : [...forwardLines(forward, graph.roots.length), ...place]),
    ...(backward === null ? [] : [...backwardLines(backward, graph), ...(forward === null ? place : [])]),
  ].join("\n");
}

function forwardLines({ node, calculation, reason, isMasked, nan }: ForwardOrigin, roots: number): string[] {
  const lost =
    roots === 1 ? "It does not reach the root, which is finite." : "It reaches no root: all are finite.";
  const end = isMasked ? ` ${lost}` : "";
  return [
    `Forward: ${calculation}${node.op === undefined ? "" : ` is ${formatNumber(node.data)}`}: ${reason.words}.${end}`,
    ...(nan === null ? [] : [`  NaN from ${nan.calculation} on: ${nan.reason.words}.`]),
  ];
}

function backwardLines(origin: BackwardOrigin, { roots }: Graph): string[] {
  const { calculation, node, total, edge, reason, nan, root } = origin;
  const gradient =
    roots.length === 1 ? "gradient" : `gradient of ${nameOf(root)}, root ${roots.indexOf(root.id) + 1}`;
  const place = `operand ${edge.slot + 1} of ${calculation} = ${formatNumber(node.data)}`;
  return [
    `Backward: the ${gradient} becomes ${formatNumber(total)} at ${place}: ${reason.words}.`,
    ...(nan === null
      ? []
      : [`  NaN at operand ${nan.edge.slot + 1} of ${nan.calculation}: ${nan.reason.words}.`]),
  ];
}
