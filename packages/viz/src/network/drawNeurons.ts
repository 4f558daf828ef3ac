import type { Value } from "@chainrule/core";
import { type Attributes, quote, quoteLeft, statement } from "../dot/dotStatement.ts";
import { type FlowScale, flowScale, magnitudeOf } from "../flowScale.ts";
import { formatNumber } from "../formatNumber.ts";
import { type Palette, palettes } from "../palette.ts";
import { count, linesOf } from "../text.ts";
import { at, frameToDot, inches, panel } from "./frame.ts";
import { haveGradients, layerCaption, type NetworkLike, type NeuronLike, parametersOf } from "./network.ts";
import type { NetworkDotOptions } from "./networkToDot.ts";
import { DIAMETER, layOutNeurons, type NeuronLayout } from "./neuronLayout.ts";

/** The network with a circle for every neuron and a line for every weight. */
export function drawNeurons(
  { layers }: NetworkLike,
  sizes: readonly number[],
  { title, inputLabels, outputLabels = [], legend = true, theme = "light" }: NetworkDotOptions,
): string {
  const palette = palettes[theme];
  const magnitudes = layers.flatMap(parametersOf).map(magnitudeOf);
  const scale = flowScale(magnitudes, haveGradients(...layers), palette);
  const inputs = (inputLabels ?? Array.from({ length: sizes[0]! }, (_, i) => `x${i}`)).map(linesOf);
  const outputs = outputLabels.map(linesOf);
  const captions = [[count(sizes[0]!, "input")], ...layers.map(layerCaption)];
  const layout = layOutNeurons(sizes, { inputs, outputs, captions });

  const sourceName = (column: number, i: number) =>
    column === 0 ? inputs[i]!.join(" ") : neuronName(column, i);
  const columns = [
    inputs.map((label, i) => inputStatement(i, label, layout, palette)),
    ...layers.map(({ neurons }, l) =>
      neurons.map((neuron, n) => neuronStatement(l + 1, n, neuron, layout, scale)),
    ),
  ];
  return frameToDot({
    width: layout.columns.at(-1)!.panel[1],
    height: layout.height,
    title,
    palette,
    legend: legend ? scale : undefined,
    statements: [
      ...columns.flatMap((nodes, c) =>
        panel(`layer${c}`, layout.columns[c]!.panel, layout.height, captions[c]!, nodes, palette),
      ),
      ...outputs.map((label, i) => outputStatement(i, label, layout)),
      ...layers.flatMap(({ neurons }, l) =>
        neurons.flatMap((neuron, n) =>
          neuron.weights.map((weight, i) =>
            statement(`${idOf(l, i)} -> ${idOf(l + 1, n)}`, {
              tailport: l === 0 ? "e" : undefined,
              ...lineOf(weight, layout.thinning, scale),
              tooltip: quote(
                `${sourceName(l, i)} → ${neuronName(l + 1, n)}: ${numbersOf(`w${i}`, "w", weight)}`,
              ),
            }),
          ),
        ),
      ),
    ],
  });
}

/** The name of a node; column 0 holds the inputs. */
function idOf(column: number, node: number): string {
  return `l${column}n${node}`;
}

function inputStatement(
  i: number,
  label: readonly string[],
  layout: NeuronLayout,
  { background, neutral }: Palette,
): string {
  return statement(idOf(0, i), {
    shape: "box",
    label: quote(...label),
    pos: at(layout.columns[0]!.center, layout.y(0, i)),
    width: inches(layout.inputWidth),
    height: inches(8 + 12 * label.length),
    margin: '"0.05,0.03"',
    style: "filled",
    color: quote(neutral),
    fillcolor: quote(background),
  });
}

function neuronStatement(
  column: number,
  n: number,
  { bias }: NeuronLike,
  { columns, y }: NeuronLayout,
  scale: FlowScale,
): string {
  return statement(idOf(column, n), {
    shape: "circle",
    label: '""',
    pos: at(columns[column]!.center, y(column, n)),
    width: inches(DIAMETER),
    style: "filled",
    color: quote(scale.palette.ink),
    fillcolor: quote(scale.style(magnitudeOf(bias)).color),
    tooltip: quote(`${neuronName(column, n)}: ${numbersOf("b", "b", bias)}`),
  });
}

/** The label of an output, to the right of its neuron. */
function outputStatement(
  i: number,
  label: readonly string[],
  { columns, y, outputWidth }: NeuronLayout,
): string {
  return statement(`output${i}`, {
    shape: "plaintext",
    label: quoteLeft(...label),
    pos: at(columns.at(-1)!.center + DIAMETER / 2 + 6 + outputWidth / 2, y(columns.length - 1, i)),
    margin: 0,
    width: inches(outputWidth),
  });
}

/** Colour and width of the line of a weight. */
function lineOf(weight: Value, thinning: number, scale: FlowScale): Attributes {
  const { color, width } = scale.style(magnitudeOf(weight));
  return { color: quote(color), penwidth: Number((width * thinning).toFixed(2)) };
}

/** Such as `layer 1, neuron 3`: both count from 1. */
function neuronName(column: number, n: number): string {
  return `layer ${column}, neuron ${n + 1}`;
}

/** Such as `w2 = 0.5, ∂L/∂w = 0.0012`. */
function numbersOf(name: string, symbol: string, { data, grad, hasGrad }: Value): string {
  return `${name} = ${formatNumber(data)}, ∂L/∂${symbol} = ${hasGrad ? formatNumber(grad) : "—"}`;
}
