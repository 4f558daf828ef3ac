import { formatNumber } from "../../formatNumber.ts";
import type { Bounds } from "./camera.ts";
import { setText, svgElement } from "./elements.ts";
import { inBrackets, shortTitle, titleOf } from "./names.ts";
import { type NodeView, nodeView, type Scene } from "./nodeView.ts";
import type { PageData } from "./pageData.ts";
import type { StepEdge, StepGraph, StepNode } from "./stepGraph.ts";
import type { Sent } from "./sweep.ts";

/** The picture of the graph. */
export interface Picture {
  /** Shows a step; touches only what looks different. */
  readonly show: (scene: Scene) => void;
  /** What a step is about, for the camera: all of it, and the least of it. */
  readonly focus: (scene: Scene) => readonly [all: Bounds, least: Bounds];
  readonly bounds: Bounds;
}

const MARGIN = 24;

export function createPicture(svg: Element, graph: StepGraph, data: PageData): Picture {
  const boxes = boxesOf(graph, data);
  const edges = svgElement(svg, "g");
  const nodes = svgElement(svg, "g");
  const paths = data.path.split("\n");
  const drawnEdges = graph.edges.map((edge) => drawEdge(edges, edge, paths[edge.id]!));
  const callout = createCallout(svg);
  const drawnNodes = graph.nodes.map((node) => drawNode(nodes, node, boxes[node.id]!));
  const bounds = { x: -MARGIN, y: -MARGIN, width: data.width + 2 * MARGIN, height: data.height + 2 * MARGIN };
  return {
    bounds,
    show(scene) {
      drawnNodes.forEach((update, id) => {
        update(nodeView(scene, id));
      });
      const steps = edgeStates(scene);
      drawnEdges.forEach((update, id) => {
        update(steps[id]);
      });
      const now = steps.findIndex((state) => typeof state === "object" && state.isNow);
      callout(now < 0 ? "" : productOf(steps[now] as Sending), now < 0 ? [0, 0] : middleOf(paths[now]!));
    },
    focus({ active, sources }) {
      // The first operands: all those of a long sum would be far apart.
      const ids = [active, ...sources.slice(0, 2)];
      if (active < 0) return [bounds, bounds];
      return [around(ids.map((id) => boxes[id]!)), around([boxes[active]!])];
    },
  };
}

/** The boxes of the nodes; x and y are their middles. */
function boxesOf({ nodes }: StepGraph, data: PageData): Bounds[] {
  let [x, y] = [0, 0];
  return nodes.map(({ id, kind }) => {
    x += data.x[id]!;
    y += data.y[id]!;
    return { x, y, width: data.wide[id]!, height: kind === "constant" ? 28 : 62 };
  });
}

/** What holds all of these boxes, and some more. */
function around(boxes: readonly Bounds[]): Bounds {
  const [left, top] = [
    Math.min(...boxes.map(({ x, width }) => x - width / 2)) - MARGIN,
    Math.min(...boxes.map(({ y, height }) => y - height / 2)) - MARGIN,
  ];
  return {
    x: left,
    y: top,
    width: Math.max(...boxes.map(({ x, width }) => x + width / 2)) + MARGIN - left,
    height: Math.max(...boxes.map(({ y, height }) => y + height / 2)) + MARGIN - top,
  };
}

function drawNode(parent: Element, node: StepNode, box: Bounds): (view: NodeView) => void {
  const { x, y, width, height } = box;
  const isSmall = node.kind === "constant";
  const group = svgElement(parent, "g", { transform: `translate(${x} ${y})` });
  svgElement(group, "title", {}, titleOf(node));
  const rx = node.op === undefined ? 0 : 12;
  svgElement(group, "rect", { x: -width / 2, y: -height / 2, width, height, rx });
  svgElement(group, "text", { class: "name", y: isSmall ? 4 : -12 }, shortTitle(node));
  const data = svgElement(group, "text", { y: 5 });
  const grad = svgElement(group, "text", { class: "grad", y: 21 });
  const badge = svgElement(group, "text", { class: "badge", x: width / 2, y: -height / 2 - 5 });
  let shown = "";
  return (view) => {
    if (view.key === shown) return;
    shown = view.key;
    const progress = view.grad === undefined ? "" : view.isComplete ? "full" : "part";
    const isWrong = view.instead === "" ? "" : "wrong";
    group.setAttribute(
      "class",
      `node ${node.kind} ${view.isComputed ? "" : "future"} ${progress} ${view.role} ${isWrong}`,
    );
    if (!isSmall) {
      setText(data, view.isComputed ? `data ${formatNumber(node.data)}` : "data");
      setText(grad, `grad ${view.grad === undefined ? "—" : formatNumber(view.grad)}`);
    }
    setText(badge, view.instead === "" ? view.share : `≠ ${view.instead}`);
  };
}

/** What was sent along an edge, and whether in this step. */
interface Sending {
  readonly sent: Sent;
  readonly isNow: boolean;
}

/** What an edge shows: what was sent; "read" while its operand is read. */
type EdgeState = Sending | "read" | undefined;

function edgeStates({ graph, timeline, pass, step }: Scene): EdgeState[] {
  const states: EdgeState[] = new Array(graph.edges.length).fill(undefined);
  const moment = timeline.at(step);
  if (moment.phase === "forward")
    for (const { id } of graph.nodes[moment.node]!.operands) states[id] = "read";
  for (let i = 0; i < timeline.sentBy(step); i++) {
    const sent = pass.steps[i]!;
    states[sent.edge.id] = { sent, isNow: i === timeline.sentBy(step) - 1 };
  }
  return states;
}

function drawEdge(parent: Element, edge: StepEdge, path: string): (state: EdgeState) => void {
  const group = svgElement(parent, "g");
  svgElement(group, "path", { d: path });
  const [x, y] = middleOf(path);
  const label = svgElement(group, "text", { x, y: y - 4 });
  const kind = edge.derivative === null ? "edge dead" : "edge";
  let shown: string | undefined;
  return (state) => {
    const isSent = typeof state === "object";
    const name = isSent ? (state.isNow ? "sends" : "sent") : (state ?? "");
    const text = isSent && !state.isNow ? formatNumber(state.sent.contribution) : "";
    if (name + text === shown) return;
    shown = name + text;
    group.setAttribute("class", `${kind} ${name}`);
    setText(label, text);
  };
}

/** The product on the edge that sends now, above everything. */
function createCallout(svg: Element): (text: string, at: readonly [x: number, y: number]) => void {
  const group = svgElement(svg, "g", { class: "callout" });
  const pill = svgElement(group, "rect", { height: 24, y: -16, rx: 12 });
  const label = svgElement(group, "text");
  return (text, [x, y]) => {
    const width = 7.6 * text.length + 18;
    group.setAttribute("visibility", text === "" ? "hidden" : "visible");
    group.setAttribute("transform", `translate(${x} ${y})`);
    pill.setAttribute("width", String(width));
    pill.setAttribute("x", String(-width / 2));
    setText(label, text);
  };
}

function productOf({ sent: { edge, upstream, contribution } }: Sending): string {
  return `${formatNumber(upstream)} × ${inBrackets(formatNumber(edge.derivative ?? 0))} = ${formatNumber(contribution)}`;
}

/** Half way along a chain of cubic curves. */
function middleOf(path: string): [x: number, y: number] {
  const [x, y, ...offsets] = path.match(/-?\d+/g)!.map(Number) as [number, number, ...number[]];
  const curves = offsets.length / 6;
  const middle = (curves - 1) >> 1;
  let [left, top] = [x, y];
  for (let i = 0; i < middle; i++) {
    left += offsets[6 * i + 4]!;
    top += offsets[6 * i + 5]!;
  }
  const at = (axis: 0 | 1) => {
    const [a = 0, b = 0, c = 0] = [0, 2, 4].map((i) => offsets[6 * middle + i + axis]!);
    return curves % 2 === 0 ? c : (3 * a + 3 * b + c) / 8;
  };
  return [Math.round(left + at(0)), Math.round(top + at(1))];
}
