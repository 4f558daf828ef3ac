import type { Value } from "@chainrule/core";
import { checkOptions, checkRoots, type OptionKind } from "../check.ts";
import type { GraphEdge, GraphNode } from "../graph/graph.ts";
import { bestPaths, type PathTotals, pathTotals } from "./bestPaths.ts";
import { findLeaf } from "./findLeaf.ts";
import { gradientPathsDot } from "./gradientPathsPicture.ts";
import { gradientPathsText } from "./gradientPathsText.ts";
import { adjointsOf, contributionOf, type Recording, recordingOf } from "./recording.ts";

/** One way that a gradient takes, from a parameter to the root. */
export interface GradientPath {
  /** From the parameter to the root, both included. */
  readonly nodes: readonly GraphNode[];
  /** The edges between them. */
  readonly edges: readonly GraphEdge[];
  /** The local derivatives along the edges. */
  readonly factors: readonly number[];
  /**
   * The product of the factors, from the root as `backward()` goes: what this path adds to the gradient. Once 0 it stays 0,
   * whatever factors follow.
   */
  readonly product: number;
  /**
   * `log₁₀ |product|`, also where the product is too small or too large for a number; −∞ where a factor is 0, or an
   * infinite one comes after an underflow.
   */
  readonly log10: number;
  /** Which factor has the smallest size, where the gradient vanishes if it does; −1 for a path without edges. */
  readonly smallest: number;
}

/** A gradient taken apart into the paths that it comes by. */
export interface GradientPaths extends PathTotals {
  readonly root: GraphNode;
  /** `null` if it is not below the root, so that no path leads there. */
  readonly parameter: GraphNode | null;
  /** ∂root/∂parameter by a backward sweep. The sum over all paths is the same but for rounding, if `absoluteSum` is finite. */
  readonly gradient: number;
  /** The paths with the largest |product|, largest first. */
  readonly paths: readonly GradientPath[];
  /** Whether the gradient is finite and not 0. */
  readonly isFlowing: boolean;
  readonly text: string;
  /** The paths in the graph as DOT. */
  readonly dot: string;
}

/** How to take a gradient apart. */
export interface GradientPathsOptions {
  /** How many paths to list, from 1 to 1,000; 5 unless told. */
  readonly top?: number;
}

const top: OptionKind = {
  fits: (x) => Number.isSafeInteger(x) && (x as number) >= 1 && (x as number) <= 1000,
  wanted: "an integer from 1 to 1000",
};

/**
 * Takes a gradient apart into paths: `∂root/∂parameter = Σ over all paths of Π local derivatives`. Lists the paths with
 * the largest |product|; the smallest factor of a path is where its gradient vanished.
 *
 * Paths with products of ∞ and −∞, or NaN as of ∞ × 0, have no sum: `sum` is NaN. The gradient may be finite even so:
 * `backward()` adds up what arrives at a node before it sends on, and sends nothing where that is 0.
 *
 * Numbers and sums come from dynamic programming, so that a graph with 2⁶⁰ paths takes milliseconds. No `grad` changes.
 *
 * @param root - such as the loss; one Value
 * @param parameter - a Value below the root, or the label of one
 * @throws TypeError if an argument is of the wrong kind, RangeError for several roots or a label that no node or several
 *   have, CheckError if the graph is out of date
 * @example const x = value(3, "x"); gradientPaths(x.mul(x), x).paths.map((path) => path.product) // [3, 3]
 * @see Bauer (1974), Computational Graphs and Rounding Error, SIAM J. Numer. Anal. 11(1)
 */
export function gradientPaths(
  root: Value,
  parameter: Value | string,
  options: GradientPathsOptions = {},
): GradientPaths {
  checkOptions("gradientPaths", options, { top });
  const roots = checkRoots("gradientPaths", root);
  if (roots.length > 1) {
    throw new RangeError(
      `gradientPaths: needs one root, got an array of ${roots.length}. Call it for each root.`,
    );
  }
  const recording = recordingOf(roots);
  const { graph } = recording;
  const [rootId] = graph.roots as [number];
  const id = findLeaf("gradientPaths", recording, parameter);
  const found =
    id === undefined
      ? { count: 0n, sum: 0, absoluteSum: 0, gradient: 0, paths: [] }
      : {
          ...pathTotals(recording, id, rootId),
          gradient: adjointsOf(recording, rootId)[id]!,
          paths: bestPaths(recording, id, rootId, options.top ?? 5).map((edges) =>
            pathOf(recording, id, edges),
          ),
        };
  const isFlowing = Number.isFinite(found.gradient) && found.gradient !== 0;
  const node = id === undefined ? null : graph.nodes[id]!;
  const result = { root: graph.nodes[rootId]!, parameter: node, ...found, isFlowing };
  return { ...result, text: gradientPathsText(result), dot: gradientPathsDot(graph, result) };
}

function pathOf(recording: Recording, start: number, edges: readonly GraphEdge[]): GradientPath {
  const { nodes } = recording.graph;
  const factors = edges.map(({ derivative }) => derivative!);
  const product = edges.reduceRight((adjoint, edge) => contributionOf(recording, edge, adjoint)!, 1);
  const sizes = factors.map((factor) => (Number.isNaN(factor) ? Number.POSITIVE_INFINITY : Math.abs(factor)));
  return {
    nodes: [nodes[start]!, ...edges.map(({ to }) => nodes[to]!)],
    edges,
    factors,
    product,
    log10: log10Of(product, factors),
    smallest: sizes.reduce((least, size, i) => (least < 0 || size < sizes[least]! ? i : least), -1),
  };
}

function log10Of(product: number, factors: readonly number[]): number {
  if (Number.isNaN(product)) return product;
  if (factors.includes(0) || (product === 0 && !factors.every(Number.isFinite)))
    return Number.NEGATIVE_INFINITY;
  return factors.reduce((sum, factor) => sum + Math.log10(Math.abs(factor)), 0);
}
