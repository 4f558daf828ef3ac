import { Value } from "@chainrule/core";
import { describe } from "../check.ts";
import { labelled } from "../graph/labelled.ts";
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
  return labelled(caller, graph.nodes, wanted).id;
}
