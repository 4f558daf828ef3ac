import { textWidth } from "../text.ts";

const FONT_SIZE = 10;
export const DIAMETER = 24;
/** How much of a panel's height its caption takes. */
const CAPTION_HEIGHT = 44;

/** The labels of a network, each as lines. */
export interface NetworkLabels {
  readonly inputs: readonly (readonly string[])[];
  /** Empty if the outputs have no labels. */
  readonly outputs: readonly (readonly string[])[];
  /** Above each column: the inputs, then each layer. */
  readonly captions: readonly (readonly string[])[];
}

/** Where everything stands, in points. */
export interface NeuronLayout {
  readonly height: number;
  /** Width of the widest label at the inputs, and at the outputs. */
  readonly inputWidth: number;
  readonly outputWidth: number;
  /** One panel for the inputs and one for each layer. */
  readonly columns: readonly {
    readonly panel: readonly [left: number, right: number];
    readonly center: number;
  }[];
  /** The y of a node in a column. */
  readonly y: (column: number, node: number) => number;
  /** Factor for line widths, smaller the more lines there are. */
  readonly thinning: number;
}

/** Inputs and layers side by side in columns, as wide as captions and labels need, farther apart the taller they are. */
export function layOutNeurons(sizes: readonly number[], labels: NetworkLabels): NeuronLayout {
  const tallest = Math.max(...sizes);
  const inputWidth = FONT_SIZE * textWidth(labels.inputs.flat()) + 14;
  const outputWidth = labels.outputs.length === 0 ? 0 : FONT_SIZE * textWidth(labels.outputs.flat()) + 6;
  const pitch = Math.min(44, Math.max(28, 560 / tallest));
  const gap = 40 + 4 * Math.min(tallest, 40);
  let x = -gap;
  const columns = labels.captions.map((caption, c) => {
    const half = Math.max(c === 0 ? inputWidth / 2 : DIAMETER / 2, (FONT_SIZE * textWidth(caption)) / 2) + 12;
    const beyond = c === labels.captions.length - 1 ? outputWidth + DIAMETER / 2 + 12 : 0;
    const left = x + gap;
    x = Math.ceil(left + half + Math.max(half, beyond));
    return { panel: [left, x] as const, center: left + half };
  });
  return {
    height: tallest * pitch + CAPTION_HEIGHT,
    inputWidth,
    outputWidth,
    columns,
    y: (column, node) => (tallest / 2 + (sizes[column]! - 1) / 2 - node) * pitch,
    thinning: Math.min(1, 12 / tallest),
  };
}
