import { describe } from "../check.ts";
import { UsageError } from "./usageError.ts";

const MOST = 8;

/**
 * The one node with a label.
 *
 * @throws UsageError with the labels that there are
 * @example labelled([{ label: "a" }, { label: "b" }], "b") // { label: "b" }
 */
export function labelled<Node extends { readonly label?: string | undefined }>(
  nodes: readonly Node[],
  label: string,
): Node {
  const found = nodes.filter((node) => node.label === label);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    throw new UsageError(
      `--focus: ${found.length} nodes have the label ${describe(label)}. Give the one you mean another label.`,
    );
  }
  const labels = [...new Set(nodes.map((node) => node.label || ""))].filter((one) => one !== "");
  const rest = labels.length > MOST ? `, … ${labels.length} in all` : "";
  const known = labels.slice(0, MOST).map(describe).join(", ") + rest;
  throw new UsageError(
    `--focus: no node has the label ${describe(label)}. ${known === "" ? "None has a label." : `There are ${known}.`}`,
  );
}
