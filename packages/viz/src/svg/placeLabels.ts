import { textWidth } from "../text.ts";
import {
  alongCurves,
  around,
  type Box,
  contains,
  distanceTo,
  grown,
  type Point,
  pointsOf,
  shifted,
} from "./geometry.ts";
import { Obstacles } from "./obstacles.ts";

const EDGE = /<g (?:data-id="\w+" )?class="edge derivative">[\s\S]*?<\/g>/g;
const NODE = /<g (?:data-id="\w+" )?class="node[^"]*">[\s\S]*?<\/g>/g;
const TEXT = /(<text [^>]*? x=")([-\d.]+)(" y=")([-\d.]+)("[^>]*>)([^<]*)/g;

/** Points that a label keeps from its own arrow at least, and at most. */
const [NEAR, FAR] = [2, 7];
/** Points between two places that are looked at along an arrow. */
const STEP = 6;
/** Points that a label goes along its arrow at most, from where it is nearest. */
const AROUND = 100;
/** Points by which a label is kept from its own arrow on all sides: so much is left at its corners too. */
const ROOM = 1.5;

/**
 * Moves the numbers of edges beside their arrows: where Graphviz strikes one through, away from its arrow; where it leaves
 * one far from it, near; and off other arrows, numbers and nodes. A number touches nothing in its new place that it did
 * not touch in the old one, and stays unless the new one is better.
 */
export function placeLabels(svg: string): string {
  const edges = Array.from(svg.matchAll(EDGE), ([group]) => group);
  const boxes = edges.map(labelBox);
  if (boxes.every((box) => box === undefined)) return svg;
  const curves = edges.map((group) => alongCurves(pointsOf(/ d="([^"]*)"/.exec(group)?.[1] ?? ""), STEP));
  const obstacles = new Obstacles();
  let nodes = 0;
  for (const [group] of svg.matchAll(NODE)) obstacles.putBox(`node ${nodes++}`, shapeBox(group));
  for (const [i, group] of edges.entries()) {
    obstacles.putCurve(`arrow ${i}`, [...curves[i]!, ...headOf(group)]);
    if (boxes[i] !== undefined) obstacles.putBox(`label ${i}`, boxes[i]);
  }
  const page = pageOf(svg);
  const shifts = edges.map((_, i): Point => {
    const box = boxes[i];
    if (box === undefined) return [0, 0];
    const [label, arrow] = [`label ${i}`, `arrow ${i}`];
    const shift = shiftOf(box, curves[i]!, page, {
      touching: (place) => obstacles.touching(place, label, arrow),
      strikes: (place) => obstacles.touching(grown(place, ROOM), label).has(arrow),
    });
    if (shift[0] !== 0 || shift[1] !== 0) obstacles.putBox(label, shifted(box, shift));
    return shift;
  });
  let next = 0;
  return svg.replace(EDGE, (group) => moveTexts(group, shifts[next++]!));
}

/** What is where a label may go. */
interface Surroundings {
  /** All that a place touches, but the label's own arrow. */
  touching(place: Box): ReadonlySet<string>;
  /** Whether a place is on the label's own arrow, or too near. */
  strikes(place: Box): boolean;
}

/** How far a label goes: the least that brings it beside its arrow, where it touches as little as it can. */
function shiftOf(box: Box, curve: readonly Point[], page: Box, { touching, strikes }: Surroundings): Point {
  const distance = distanceTo(box, curve);
  const isBeside = distance >= NEAR && distance <= FAR;
  const struck = touching(figuresOf(box));
  if (isBeside && struck.size === 0) return [0, 0];
  const touched = touching(box);
  const shifts = curve
    .flatMap((at, i) =>
      distanceTo(box, [at]) > distance + AROUND
        ? []
        : across(curve, i).map((direction) => shiftBeside(box, at, direction)),
    )
    .sort(([ax, ay], [bx, by]) => ax * ax + ay * ay - bx * bx - by * by);
  let best: Point = [0, 0];
  // Nearness to the arrow counts as one thing touched; what touches the room around the figures, less than any.
  let least = isBeside ? struck.size : struck.size + 1;
  for (const shift of shifts) {
    const moved = shifted(box, shift);
    if (!contains(page, moved) || strikes(moved)) continue;
    const strikesNow = touching(figuresOf(moved));
    if (strikesNow.size >= least || !isWithin(strikesNow, struck)) continue;
    const cost = strikesNow.size + (isWithin(touching(moved), touched) ? 0 : 0.5);
    if (cost < least) [best, least] = [shift, cost];
    if (least === 0) break;
  }
  return best;
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((name) => all.has(name));
}

/** The shift that puts a box to one side of a point, a little more than {@link NEAR} from it. */
function shiftBeside({ left, right, top, bottom }: Box, [x, y]: Point, [dx, dy]: Point): Point {
  const away = (Math.abs(dx) * (right - left) + Math.abs(dy) * (bottom - top)) / 2 + NEAR + 0.5;
  return [x + away * dx - (left + right) / 2, y + away * dy - (top + bottom) / 2];
}

/** The two directions across a curve at one of its points. */
function across(curve: readonly Point[], at: number): Point[] {
  const [[ax, ay], [bx, by]] = [curve[Math.max(0, at - 1)]!, curve[Math.min(curve.length - 1, at + 1)]!];
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const [x, y] = [(by - ay) / length, (ax - bx) / length];
  return [
    [x, y],
    [-x, -y],
  ];
}

/** About where the text of an edge is; `undefined` where it has none. Texts stand on their middles, in 10 points. */
function labelBox(group: string): Box | undefined {
  const lines = [...group.matchAll(TEXT)];
  if (lines.length === 0) return undefined;
  const [x, top, bottom] = [lines[0]![2], lines[0]![4], lines.at(-1)![4]].map(Number) as [
    number,
    number,
    number,
  ];
  const texts = lines.map((line) => line[6]!.replace(/&#?\w+;/g, "-"));
  // A point among figures takes no more room than a narrow letter, but is kept as free as a figure.
  const half =
    4.6 * textWidth(texts.map((text) => (/^[-\d.e+]+$/.test(text) ? text.replaceAll(".", "0") : text)));
  return { left: x - half, right: x + half, top: top - 8, bottom: bottom + 2 };
}

/** Where the figures of a label are, without the room above and below them. */
function figuresOf({ left, right, top, bottom }: Box): Box {
  return { left, right, top: top + 1, bottom: bottom - 2 };
}

/** The outline of the head of an arrow. */
function headOf(group: string): readonly Point[] {
  return pointsOf(/<polygon [^>]*points="([^"]*)"/.exec(group)?.[1] ?? "");
}

function shapeBox(group: string): Box {
  return around(pointsOf(/ (?:points|d)="([^"]*)"/.exec(group)?.[1] ?? ""));
}

/** What the picture shows, in the coordinates of its texts. */
function pageOf(svg: string): Box {
  const [, width, height] = /viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const [, x, y] = /translate\((-?[\d.]+)[ ,](-?[\d.]+)\)/.exec(svg) ?? [];
  const [left, top] = [-Number(x ?? Number.POSITIVE_INFINITY), -Number(y ?? Number.POSITIVE_INFINITY)];
  return { left, top, right: left + Number(width), bottom: top + Number(height) };
}

function moveTexts(group: string, [dx, dy]: Point): string {
  if (dx === 0 && dy === 0) return group;
  const moved = (from: string, by: number) => Number((Number(from) + by).toFixed(2));
  return group.replace(
    TEXT,
    (_, start, x, middle, y, end, text) => `${start}${moved(x, dx)}${middle}${moved(y, dy)}${end}${text}`,
  );
}
