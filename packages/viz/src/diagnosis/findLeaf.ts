import { Value } from "@chainrule/core";
import { describe } from "../check.ts";
import type { Recording } from "./recording.ts";

/**
 * The id of a Value, or of the node that has a label; `undefined` for a Value that is not in the graph.
 *
 * @throws RangeError if no node has the label, or several have
 */
export function findLeaf(
  caller: string,
  { graph, values }: Recording,
  wanted: Value | string,
): number | undefined {
  if (wanted instanceof Value) {
    const at = values.indexOf(wanted);
    return at < 0 ? undefined : at;
  }
  if (typeof wanted !== "string") {
    throw new TypeError(`${caller}: parameter must be a Value or a label, got ${describe(wanted)}.`);
  }
  const ids = graph.nodes.filter(({ label }) => label === wanted).map(({ id }) => id);
  if (ids.length === 1) return ids[0];
  if (ids.length > 1) {
    throw new RangeError(
      `${caller}: ${ids.length} nodes have the label ${describe(wanted)}. Pass the Value.`,
    );
  }
  const labels = [...new Set(graph.nodes.map(({ label }) => label))].filter((label) => label !== "");
  const known = labels.slice(0, 8).map(describe).join(", ");
  const rest = labels.length > 8 ? `, … ${labels.length} in all` : "";
  throw new RangeError(
    `${caller}: no node has the label ${describe(wanted)}. The labels are: ${known || "none"}${rest}.`,
  );
}
