import type { FlowScale, FlowStyle } from "../flowScale.ts";
import { formatNumber } from "../formatNumber.ts";
import type { ViewNode } from "../graph/view.ts";
import { count, linesOf, textWidth } from "../text.ts";
import { type Attributes, quote, statement } from "./dotStatement.ts";
import type { Repetition } from "./repetitions.ts";

/** Whether every number is shown, or how large the gradients are, at a glance. */
export type Look = "teaching" | "flow";

/** |grad| of a node, the mean of it where a node stands for several; NaN, to be drawn red, where data is NaN or ±∞. */
export function nodeMagnitude({ data, grad, group }: ViewNode): number {
  if (group !== undefined) return group.hasAlert ? Number.NaN : (group.meanGradient ?? 0);
  return data === null || Number.isFinite(data) ? Math.abs(grad ?? 0) : Number.NaN;
}

/**
 * A node as DOT.
 *
 * @param isRepeated - whether it is shown again elsewhere: without a label it has its number then
 */
export function nodeStatement(node: ViewNode, scale: FlowScale, look: Look, isRepeated: boolean): string {
  const style = scale.style(nodeMagnitude(node));
  const name = isRepeated && node.label === "" ? [numbered(node)] : nameOf(node);
  const numbers = look === "teaching" ? numbersOf(node) : [];
  const lines = [...name, ...numbers];
  const isSmall = node.isPlain || (look === "flow" && name.length === 0);
  return statement(`n${node.id}`, {
    id: `n${node.id}`,
    label: quote(...(lines.length > 0 && !isSmall ? lines : [formatNumber(node.data!)])),
    class: name.length === 0 ? '""' : look === "flow" ? "name" : undefined,
    ...border[node.kind],
    ...(isSmall ? small : { width: widthFor(name) }),
    ...colors(style, scale, look, node),
  });
}

/** A node that is shown again, as in tables of text with a ·. */
export function repetitionStatement({ name, of }: Repetition, { palette }: FlowScale): string {
  const text = of.label === "" ? numbered(of) : of.label;
  return statement(name, {
    label: quote(...linesOf(`· ${text}`)),
    class: '""',
    style: "filled",
    ...small,
    width: undefined,
    penwidth: 0,
    fillcolor: quote(palette.panel),
    fontcolor: quote(palette.muted),
  });
}

/** Such as `tanh #12`: what has no label has its number to be found by. */
function numbered({ id, symbol, data }: ViewNode): string {
  return `${symbol ?? formatNumber(data ?? Number.NaN)} #${id}`;
}

/** What a node is, without colour. */
const border: Readonly<Record<ViewNode["kind"], Attributes>> = {
  operation: {},
  input: { style: "filled" },
  parameter: { style: "filled", peripheries: 2 },
  constant: { style: '"dashed,filled"' },
  neuron: { shape: "box3d", style: "filled" },
  layer: { shape: "box3d", style: "filled" },
  part: { shape: "folder", style: "filled" },
};

const small: Attributes = { fontsize: 10, width: 0.3, margin: '"0.08,0.04"' };

function colors({ color, fill, width }: FlowStyle, scale: FlowScale, look: Look, node: ViewNode): Attributes {
  const { background, ink } = scale.palette;
  if (look === "teaching") return { color: quote(color), fillcolor: quote(fill), penwidth: width };
  const isFilled = nodeMagnitude(node) !== 0 && scale.isFlowing;
  return {
    color: quote(color),
    fillcolor: quote(isFilled ? color : background),
    fontcolor: isFilled ? quote(legibleOn(color)) : quote(ink),
    penwidth: Math.max(1, width),
  };
}

/** Black or white, whichever stands out from a colour `#rrggbb`. */
function legibleOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));
  return 0.299 * red! + 0.587 * green! + 0.114 * blue! > 140 ? "#000000" : "#ffffff";
}

/** The lines above data and grad: the label, the operation, or both; none for a constant. */
function nameOf(node: ViewNode): string[] {
  const { symbol, hidden, cut, group } = node;
  const label = labelInFrame(node);
  const stands = hidden > 0 && group === undefined ? ` (${hidden + 1} nodes)` : "";
  const name = symbol === undefined ? label : `${label === "" ? symbol : `${label} = ${symbol}`}${stands}`;
  return [
    ...(name === "" ? [] : linesOf(name)),
    ...(cut > 0 ? [`⋯ ${count(cut, "operand")} not shown`] : []),
    ...(group === undefined ? [] : [count(hidden + 1, "node")]),
  ];
}

/** Without the path that the frame around it shows. */
function labelInFrame({ label, parts }: ViewNode): string {
  const frame = `${parts.at(-1)}.`;
  return parts.length > 0 && label.startsWith(frame) ? label.slice(frame.length) : label;
}

/** The two lines of numbers. */
function numbersOf({ data, grad, group }: ViewNode): string[] {
  if (group === undefined) return [`data ${formatNumber(data!)}`, `grad ${shown(grad)}`];
  const { parameters, meanGradient } = group;
  return [
    parameters === 0 ? "no parameters" : count(parameters, "parameter"),
    `mean |∇| ${shown(meanGradient)}`,
  ];
}

/** A gradient; — where no `backward()` has reached it. */
function shown(grad: number | null): string {
  return grad === null ? "—" : formatNumber(grad);
}

/** Inches, where the name may need more than the numbers below it. */
function widthFor(name: readonly string[]): string | undefined {
  // Bold letters of the font of PNG are a little wider than those of Helvetica.
  const inches = (11.4 * textWidth(name) + 20) / 72;
  return inches > 1.1 ? inches.toFixed(2) : undefined;
}
