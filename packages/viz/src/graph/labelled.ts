import { describe } from "../check.ts";

const MOST = 8;

/**
 * The one node with a label.
 *
 * @throws RangeError if no node has it, with the labels that there are, or several have
 * @example labelled("toSvg", [{ label: "a" }, { label: "b" }], "b") // { label: "b" }
 */
export function labelled<Node extends { readonly label?: string | undefined }>(
  caller: string,
  nodes: readonly Node[],
  label: string,
): Node {
  const found = nodes.filter((node) => node.label === label);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    throw new RangeError(
      `${caller}: ${found.length} nodes have the label ${describe(label)}. Give the one you mean another label.`,
    );
  }
  const labels = [...new Set(nodes.map((node) => node.label || ""))].filter((one) => one !== "");
  const rest = labels.length > MOST ? `, … ${labels.length} in all` : "";
  const known = labels.slice(0, MOST).map(describe).join(", ") + rest;
  throw new RangeError(
    `${caller}: no node has the label ${describe(label)}. ${known === "" ? "None has a label." : `There are ${known}.`}`,
  );
}
