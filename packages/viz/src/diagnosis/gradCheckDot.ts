import { formatNumber } from "../formatNumber.ts";
import type { Graph, GraphNode } from "../graph/graph.ts";
import type { GradCheckPicture } from "./gradCheckPicture.ts";
import { nodesAround } from "./neighbourhood.ts";
import { type Look, partToDot } from "./partToDot.ts";

/** Nodes in the picture; of larger graphs those around what disagrees. */
const MOST_NODES = 60;

/** A graph with the derivatives of its inputs, and the edges whose rules are wrong in red. */
export function gradCheckDot(graph: Graph, of: Omit<GradCheckPicture, "text" | "dot">): string {
  const { report, inputs, wrongEdges, passed } = of;
  // In fast mode there is one entry for each direction, and none for an input.
  const entryAt = new Map(report.entries.map((entry) => [entry.path, entry]));
  const unconnected = new Set(report.unconnected);
  const isInput = new Set(inputs);
  const node = (of: GraphNode): Look => {
    const entry = isInput.has(of) ? entryAt.get(of.label) : undefined;
    if (isInput.has(of) && unconnected.has(of.label)) {
      return { emphasis: "alert", notes: ["the result does not depend on it"] };
    }
    if (entry === undefined) return { emphasis: "plain" };
    const gradient = `gradient ${formatNumber(entry.analytic)}`;
    if (entry.verdict === "right") return { emphasis: "plain", notes: [`${gradient} ✓`] };
    const word = entry.verdict === "wrong" ? "✗" : "?";
    return {
      emphasis: "alert",
      notes: [`${gradient} ${word}`, `differences ${formatNumber(entry.numeric)}`],
    };
  };
  const wrongAt = new Map(wrongEdges.map((wrong) => [wrong.edge, wrong]));
  const blamed = new Set(wrongEdges.map(({ edge }) => edge.to));
  const centres = [
    ...wrongEdges.flatMap(({ edge }) => [edge.to, edge.from]),
    ...inputs.filter((input) => node(input).emphasis === "alert").map(({ id }) => id),
    ...graph.roots.slice(0, 1),
  ];
  return partToDot({
    graph,
    shown:
      graph.nodes.length <= MOST_NODES
        ? new Set(graph.nodes.map(({ id }) => id))
        : nodesAround(graph, [...new Set(centres)], MOST_NODES),
    node: (of) => (blamed.has(of.id) ? { emphasis: "alert", notes: ["✗ wrong rule"] } : node(of)),
    edge: (edge) => {
      const wrong = wrongAt.get(edge);
      if (wrong === undefined) return { emphasis: "plain" };
      const { rule, numeric } = wrong;
      const says = `rule ${rule === null ? "no gradient" : formatNumber(rule)}`;
      return {
        emphasis: "alert",
        notes: [says, numeric === null ? "the same rule" : `differences ${formatNumber(numeric)}`],
      };
    },
    caption: [
      passed ? "gradCheck passed" : "gradCheck failed",
      ...report.wrongRules.map(
        ({ op, operand }) => `wrong rule: the partial of ${op} for operand ${operand}`,
      ),
    ],
  });
}
