import { byId, element, setText } from "./elements.ts";
import { formulaOf, nameOf, numberOr } from "./names.ts";
import type { NodeView } from "./nodeView.ts";
import type { StepGraph, StepNode } from "./stepGraph.ts";

/** What a row shows of its node. */
export type Row = Pick<NodeView, "looks" | "data" | "grad" | "instead" | "part">;

/** Rows that the browser leaves out together while they are far from sight: the style sheet knows how high they are. */
const BLOCK = 20;

/**
 * Lists every node with its number and gradient. Gradients are there in full as values of `data` elements.
 *
 * @param hasGradient - whether a node ever gets one; a plain number has nothing to tell
 * @returns shows a step
 */
export function createTable<Step>(
  graph: StepGraph,
  hasGradient: (node: number) => boolean,
  rowOf: (step: Step, node: number) => Row,
): (step: Step) => void {
  const table = byId("nodes");
  const head = element(table, "div", { role: "row", class: "head" });
  for (const name of ["node", "is", "data", "grad"]) {
    element(head, "span", { role: "columnheader", class: name === "is" ? name : "" }, name);
  }
  const nodes = graph.nodes.filter(({ id, kind }) => kind !== "constant" || hasGradient(id));
  let block: Element;
  const rows = nodes.map((node, i) => {
    if (i % BLOCK === 0) block = element(table, "div", { role: "rowgroup" });
    return { id: node.id, update: createRow(block, graph, node) };
  });
  return (step) => {
    for (const { id, update } of rows) update(rowOf(step, id));
  };
}

function createRow(block: Element, graph: StepGraph, node: StepNode): (row: Row) => void {
  const row = element(block, "div", { role: "row" });
  const cell = (role = "cell", look = "") => element(row, "span", { role, class: look });
  element(cell("rowheader"), "bdi", {}, nameOf(node));
  element(cell("cell", "is"), "bdi", {}, node.op ? formulaOf(graph, node).letters : node.kind);
  const number = cell();
  const last = cell();
  const gradient = element(last, "data");
  const right = element(last, "span", { class: "instead" });
  let shown = "";
  return ({ looks, data, grad, instead, part }) => {
    if (looks === shown) return;
    shown = looks;
    row.className = part;
    setText(number, numberOr("", data));
    setText(gradient, numberOr("—", grad));
    gradient.value = grad === undefined ? "" : Object.is(grad, -0) ? "-0" : String(grad);
    setText(right, instead && ` ≠ ${instead}`);
  };
}
