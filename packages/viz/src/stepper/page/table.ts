import { formatNumber } from "../../formatNumber.ts";
import { element, setText } from "./elements.ts";
import { formulaOf, nameOf } from "./names.ts";
import { type NodeView, nodeView, type Scene } from "./nodeView.ts";
import type { StepGraph, StepNode } from "./stepGraph.ts";

/** Lists every node with its number and gradient. Gradients are there in full as values of `data` elements. */
export function createTable(body: Element, graph: StepGraph): (scene: Scene) => void {
  // A plain number has nothing to tell.
  const takesPart = new Set(graph.edges.slice(0, graph.flowing).map(({ from }) => from));
  const rows = graph.nodes
    .filter(({ id, kind }) => kind !== "constant" || takesPart.has(id))
    .map((node) => ({ id: node.id, update: createRow(body, graph, node) }));
  return (scene) => {
    for (const { id, update } of rows) update(nodeView(scene, id));
  };
}

function createRow(body: Element, graph: StepGraph, node: StepNode): (view: NodeView) => void {
  const row = element(body, "tr");
  element(element(row, "th", { scope: "row" }), "bdi", {}, nameOf(node));
  element(
    element(row, "td", { class: "from" }),
    "bdi",
    {},
    node.op === undefined ? node.kind : formulaOf(graph, node).letters,
  );
  const data = element(row, "td");
  const grad = element(element(row, "td"), "data");
  const instead = element(row, "td", { class: "instead" });
  let shown = "";
  return (view) => {
    if (view.key === shown) return;
    shown = view.key;
    row.className = view.role;
    setText(data, view.isComputed ? formatNumber(node.data) : "");
    setText(grad, view.grad === undefined ? "—" : formatNumber(view.grad));
    grad.value = view.grad === undefined ? "" : Object.is(view.grad, -0) ? "-0" : String(view.grad);
    setText(instead, view.instead === "" ? "" : `≠ ${view.instead}`);
  };
}
