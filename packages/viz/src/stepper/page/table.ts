import { formatNumber } from "../../formatNumber.ts";
import { element, setText } from "./elements.ts";
import { formulaOf, nameOf } from "./names.ts";
import { type NodeView, nodeView, type Scene } from "./nodeView.ts";
import type { StepGraph, StepNode } from "./stepGraph.ts";
import type { Sweep } from "./sweep.ts";

/** Rows that the browser leaves out together while they are far from sight: the style sheet knows how high they are. */
const BLOCK = 20;

/** Lists every node with its number and gradient. Gradients are there in full as values of `data` elements. */
export function createTable(table: Element, graph: StepGraph, { arrivals }: Sweep): (scene: Scene) => void {
  // A plain number has nothing to tell.
  const nodes = graph.nodes.filter(({ id, kind }) => kind !== "constant" || arrivals[id]!.length > 0);
  let block: Element;
  const rows = nodes.map((node, i) => {
    if (i % BLOCK === 0) block = element(table, "div", { role: "rowgroup" });
    return { id: node.id, update: createRow(block, graph, node) };
  });
  return (scene) => {
    for (const { id, update } of rows) update(nodeView(scene, id));
  };
}

function createRow(block: Element, graph: StepGraph, node: StepNode): (view: NodeView) => void {
  const row = element(block, "div", { role: "row" });
  const cell = (role = "cell", look = "") => element(row, "span", { role, class: look });
  element(cell("rowheader"), "bdi", {}, nameOf(node));
  element(
    cell("cell", "from"),
    "bdi",
    {},
    node.op === undefined ? node.kind : formulaOf(graph, node).letters,
  );
  const data = cell();
  const last = cell();
  const grad = element(last, "data");
  const instead = element(last, "span", { class: "instead" });
  let shown = "";
  return (view) => {
    if (view.key === shown) return;
    shown = view.key;
    row.className = view.part;
    setText(data, view.isComputed ? formatNumber(node.data) : "");
    setText(grad, view.grad === undefined ? "—" : formatNumber(view.grad));
    grad.value = view.grad === undefined ? "" : Object.is(view.grad, -0) ? "-0" : String(view.grad);
    setText(instead, view.instead === "" ? "" : ` ≠ ${view.instead}`);
  };
}
