import type { Value } from "@chainrule/core";
import { quote, quoteLeft, statement } from "./dotStatement.ts";
import { type FlowScale, flowScale, noFlow } from "./flowScale.ts";
import { formatNumber } from "./formatNumber.ts";
import { at, frameToDot, inches, panel } from "./frame.ts";
import { count, layerCaption, type NetworkLike, type NeuronLike, parametersOf } from "./network.ts";
import type { NetworkDotOptions } from "./networkToDot.ts";
import { DIAMETER, layOutNeurons, type NeuronLayout } from "./neuronLayout.ts";
import { INK, NEUTRAL } from "./style.ts";
import { linesOf } from "./text.ts";

/** The network with a circle for every neuron and a line for every weight. */
export function drawNeurons(
  { layers }: NetworkLike,
  sizes: readonly number[],
  { title, inputLabels, outputLabels = [], legend = true }: NetworkDotOptions,
): string {
  const gradients = layers.flatMap(parametersOf).map(({ grad }) => Math.abs(grad));
  const hasGradients = gradients.some((magnitude) => magnitude !== 0);
  const scale = hasGradients ? flowScale(gradients) : noFlow;
  const inputs = (inputLabels ?? Array.from({ length: sizes[0]! }, (_, i) => `x${i}`)).map(linesOf);
  const outputs = outputLabels.map(linesOf);
  const captions = [
    [count(sizes[0]!, "input")],
    ...layers.map((layer, l) => layerCaption(layer, l, hasGradients)),
  ];
  const layout = layOutNeurons(sizes, { inputs, outputs, captions });

  const columns = [
    inputs.map((label, i) => inputStatement(i, label, layout)),
    ...layers.map(({ neurons }, l) =>
      neurons.map((neuron, n) => neuronStatement(l + 1, n, neuron, layout, scale)),
    ),
  ];
  return frameToDot({
    width: layout.columns.at(-1)!.panel[1],
    height: layout.height,
    title,
    legend: legend ? scale : undefined,
    statements: [
      ...columns.flatMap((nodes, c) =>
        panel(`layer${c}`, layout.columns[c]!.panel, layout.height, captions[c]!, nodes),
      ),
      ...outputs.map((label, i) => outputStatement(i, label, layout)),
      ...layers.flatMap(({ neurons }, l) =>
        neurons.flatMap((neuron, n) => weightStatements(l + 1, n, neuron, layout.thinning, scale)),
      ),
    ],
  });
}

/** The name of a node; column 0 holds the inputs. */
function idOf(column: number, node: number): string {
  return `l${column}n${node}`;
}

function inputStatement(i: number, label: readonly string[], layout: NeuronLayout): string {
  return statement(idOf(0, i), {
    shape: "box",
    label: quote(...label),
    pos: at(layout.columns[0]!.center, layout.y(0, i)),
    width: inches(layout.inputWidth),
    height: inches(8 + 12 * label.length),
    margin: '"0.05,0.03"',
    style: "filled",
    color: quote(NEUTRAL),
    fillcolor: '"#ffffff"',
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
    color: quote(INK),
    fillcolor: quote(scale.style(Math.abs(bias.grad)).color),
    tooltip: quote(`b = ${numbersOf(bias)}`),
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

/** The lines into a neuron. */
function weightStatements(
  column: number,
  n: number,
  { weights }: NeuronLike,
  thinning: number,
  scale: FlowScale,
): string[] {
  return weights.map((weight, i) => {
    const { color, width } = scale.style(Math.abs(weight.grad));
    return statement(`${idOf(column - 1, i)} -> ${idOf(column, n)}`, {
      tailport: column === 1 ? "e" : undefined,
      color: quote(color),
      penwidth: Number((width * thinning).toFixed(2)),
      tooltip: quote(`w${i} = ${numbersOf(weight)}`),
    });
  });
}

function numbersOf({ data, grad }: Value): string {
  return `${formatNumber(data)}, grad ${formatNumber(grad)}`;
}
