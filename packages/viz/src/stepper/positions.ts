import { drawInTime } from "../svg/layoutThread.ts";
import { layoutEffort } from "./layoutEffort.ts";

/** The size of a node's box, in CSS pixels. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Which nodes an edge joins. */
export interface Link {
  readonly from: number;
  readonly to: number;
}

export type Point = readonly [x: number, y: number];

/** Where everything goes, in whole CSS pixels from the top left. */
export interface Positions {
  readonly width: number;
  readonly height: number;
  /** The middles of the boxes. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The ends and control points of the curves of each link, one after the other, from `from`. */
  readonly curves: readonly (readonly Point[])[];
}

const PIXELS_PER_INCH = 72;

/**
 * Lays out boxes and links in layers. Graphviz gets sizes and numbers alone: no text of a user's.
 *
 * @param timeout - milliseconds that it may take
 * @throws Error if the layout fails or takes longer
 */
export async function positionsOf(
  boxes: readonly Box[],
  links: readonly Link[],
  direction: "LR" | "TB",
  timeout: number,
  caller = "toHtml",
): Promise<Positions> {
  const ranksep = direction === "LR" ? 0.85 : 0.6;
  const dot = [
    `digraph { graph [rankdir=${direction}, nodesep=0.3, ranksep=${ranksep}, ${layoutEffort(boxes.length, links)}]`,
    'node [shape=box, fixedsize=true, label=""] edge [dir=none]',
    ...boxes.map(
      ({ width, height }, i) => `n${i} [id=n${i}, width=${inches(width)}, height=${inches(height)}]`,
    ),
    ...links.map(({ from, to }, i) => `n${from} -> n${to} [id=e${i}]`),
    "}",
  ].join("\n");
  const drawn = await drawInTime(dot, timeout);
  if (drawn === "late") {
    throw new Error(
      `${caller}: the layout took longer than ${timeout} ms and was stopped. Take a part of the graph, from a ` +
        `node further in, or allow more, with { timeout: ${3 * timeout} }.`,
    );
  }
  if ("svg" in drawn) return read(drawn.svg, boxes.length, links.length);
  const reason = "trap" in drawn ? drawn.trap : drawn.errors.join("; ");
  throw new Error(
    `${caller}: Graphviz gave up on the layout (${reason}). The graph may be too deep or too large: ` +
      "take a part of it, from a node further in.",
  );
}

/** Reads positions off Graphviz's SVG, in which y points down and the bottom is 0. */
function read(svg: string, nodes: number, links: number): Positions {
  const frame = middleOf(/points="([^"]*)"/.exec(svg)![1]!);
  const [left, top] = [frame.x - frame.width / 2, frame.y - frame.height / 2];
  const x: number[] = new Array(nodes).fill(0);
  const y: number[] = new Array(nodes).fill(0);
  const curves: (readonly Point[])[] = new Array(links).fill([]);
  for (const [, id, points] of svg.matchAll(/<g id="n(\d+)"[^>]*>[\s\S]*?points="([^"]*)"/g)) {
    const middle = middleOf(points!);
    x[Number(id)] = Math.round(middle.x - left);
    y[Number(id)] = Math.round(middle.y - top);
  }
  for (const [, id, path] of svg.matchAll(/<g id="e(\d+)"[^>]*>[\s\S]*? d="([^"]*)"/g)) {
    const numbers = numbersIn(path!).map((c, i) => Math.round(c - (i % 2 === 0 ? left : top)));
    curves[Number(id)] = numbers.flatMap((c, i) => (i % 2 === 0 ? [[c, numbers[i + 1]!] as const] : []));
  }
  return { width: Math.round(frame.width), height: Math.round(frame.height), x, y, curves };
}

function numbersIn(text: string): number[] {
  return text.match(/-?[\d.]+/g)!.map(Number);
}

/** The middle and the size of a rectangle. */
function middleOf(points: string): Box & { readonly x: number; readonly y: number } {
  const numbers = numbersIn(points);
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

function inches(length: number): string {
  return (length / PIXELS_PER_INCH).toFixed(3);
}
