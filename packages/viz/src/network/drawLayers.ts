import { quote, statement } from "../dot/dotStatement.ts";
import { type FlowStyle, flowScale } from "../flowScale.ts";
import { palettes } from "../palette.ts";
import { count, textWidth } from "../text.ts";
import { at, frameToDot, inches } from "./frame.ts";
import {
  haveGradients,
  type LayerLike,
  layerCaption,
  meanGradient,
  type NetworkLike,
  parametersOf,
} from "./network.ts";
import type { NetworkDotOptions } from "./networkToDot.ts";

const FONT_SIZE = 11;
const HEIGHT = 72;
const GAP = 56;

/** The network with a box for every layer, for networks too large to show each weight. */
export function drawLayers(
  { layers }: NetworkLike,
  sizes: readonly number[],
  { title, legend = true, theme = "light" }: NetworkDotOptions,
): string {
  const magnitudes = layers.map(magnitudeOfLayer);
  const palette = palettes[theme];
  const scale = flowScale(magnitudes, haveGradients(...layers), palette);
  const unscaled = flowScale([], false, palette);
  const weights = layers.map((_, l) => sizes[l]! * sizes[l + 1]!);
  const captions = layers.map((layer, l) => {
    const [name, mean] = layerCaption(layer, l);
    return [name!, `${count(weights[l]!, "weight")}, ${count(sizes[l + 1]!, "bias", "biases")}`, mean!];
  });

  let x = 0;
  const boxes = [[count(sizes[0]!, "input")], ...captions].map((lines, i) => {
    const width = FONT_SIZE * textWidth(lines) + 24;
    const box = boxStatement(
      `l${i}`,
      lines,
      [x + width / 2, width],
      i === 0 ? unscaled.style(0) : scale.style(magnitudes[i - 1]!),
    );
    x += width + GAP;
    return box;
  });
  const arrows = magnitudes.map((magnitude, l) => arrowStatement(l, scale.style(magnitude)));
  const hidden = weights.reduce((sum, n) => sum + n);
  return frameToDot({
    width: x - GAP,
    height: HEIGHT,
    title,
    palette,
    note: `showing layers, ${count(hidden, "weight")} hidden`,
    legend: legend ? scale : undefined,
    statements: [...boxes, ...arrows],
  });
}

/** The mean |grad|; NaN, to be drawn red, where a parameter is NaN or ±∞. */
function magnitudeOfLayer(layer: LayerLike): number {
  return parametersOf(layer).every(({ data }) => Number.isFinite(data)) ? meanGradient(layer) : Number.NaN;
}

function boxStatement(
  id: string,
  lines: readonly string[],
  [center, width]: readonly [number, number],
  { color, fill, width: penwidth }: FlowStyle,
): string {
  return statement(id, {
    shape: "box",
    label: quote(...lines),
    pos: at(center, HEIGHT / 2),
    width: inches(width),
    height: inches(HEIGHT),
    style: '"rounded,filled"',
    fontsize: FONT_SIZE,
    color: quote(color),
    fillcolor: quote(fill),
    penwidth,
  });
}

function arrowStatement(l: number, { color, width }: FlowStyle): string {
  return statement(`l${l} -> l${l + 1}`, {
    arrowhead: "normal",
    arrowsize: 0.7,
    color: quote(color),
    penwidth: Number((1 + width).toFixed(2)),
  });
}
