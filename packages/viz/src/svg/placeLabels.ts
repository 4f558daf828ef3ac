import { textWidth } from "../text.ts";

type Point = readonly [x: number, y: number];

/** A rectangle. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const EDGE = /<g (?:data-id="\w+" )?class="edge derivative">[\s\S]*?<\/g>/g;
const NODE = /<g (?:data-id="\w+" )?class="node[^"]*">[\s\S]*?<\/g>/g;
const TEXT = /(<text [^>]*? x=")([-\d.]+)(" y=")([-\d.]+)("[^>]*>)([^<]*)/g;

/** Points that a label keeps from its own arrow at least, and at most. */
const [NEAR, FAR] = [2, 7];

/**
 * Moves the numbers of edges beside their arrows: where Graphviz strikes one through, away from its arrow; where it leaves
 * one far from it, near. A number does not go where a node or another number is.
 */
export function placeLabels(svg: string): string {
  const edges = Array.from(svg.matchAll(EDGE), ([group]) => group);
  const boxes = edges.map(labelBox);
  const nodes = Array.from(svg.matchAll(NODE), ([group]) => shapeBox(group));
  const shifts = edges.map((group, i): Point => {
    const box = boxes[i];
    if (box === undefined) return [0, 0];
    const others = boxes.filter((other, j): other is Box => j !== i && other !== undefined);
    // Where Graphviz lets texts touch, sizes are estimated too large.
    const obstacles = [...nodes, ...others].filter((other) => !overlap(box, other));
    const isFree = (moved: Box) => !obstacles.some((other) => overlap(moved, other));
    const shift = shiftOf(box, curveOf(group), isFree);
    boxes[i] = shifted(box, shift);
    return shift;
  });
  let next = 0;
  return svg.replace(EDGE, (group) => moveTexts(group, shifts[next++]!));
}

/** How far a label goes: the least that brings it beside its arrow. */
function shiftOf(box: Box, curve: readonly Point[], isFree: (moved: Box) => boolean): Point {
  const distance = distanceTo(box, curve);
  if (distance >= NEAR && distance <= FAR) return [0, 0];
  const shifts = curve
    .flatMap((at, i) => across(curve, i).map((direction) => shiftBeside(box, at, direction)))
    .sort(([ax, ay], [bx, by]) => Math.hypot(ax, ay) - Math.hypot(bx, by));
  const found = shifts.find((shift) => {
    const moved = shifted(box, shift);
    return distanceTo(moved, curve) >= NEAR && isFree(moved);
  });
  return found ?? [0, 0];
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

/** From a box to the nearest point of a curve. */
function distanceTo({ left, right, top, bottom }: Box, curve: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [x, y] of curve) {
    least = Math.min(least, Math.hypot(x - clamp(x, left, right), y - clamp(y, top, bottom)));
  }
  return least;
}

function clamp(x: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, x));
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function shifted({ left, right, top, bottom }: Box, [x, y]: Point): Box {
  return { left: left + x, right: right + x, top: top + y, bottom: bottom + y };
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
  const half = 4.6 * textWidth(lines.map((line) => line[6]!.replace(/&#?\w+;/g, "-")));
  return { left: x - half, right: x + half, top: top - 8, bottom: bottom + 2 };
}

function shapeBox(group: string): Box {
  const points = pointsOf(/ (?:points|d)="([^"]*)"/.exec(group)?.[1] ?? "");
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** Points along the cubic curves of an edge. */
function curveOf(group: string): Point[] {
  const corners = pointsOf(/ d="([^"]*)"/.exec(group)?.[1] ?? "");
  const curve: Point[] = [];
  for (let i = 0; i + 3 < corners.length; i += 3) {
    const [a, b, c, d] = corners.slice(i, i + 4) as [Point, Point, Point, Point];
    for (let s = 0; s <= 20; s++) {
      const [t, u] = [s / 20, 1 - s / 20];
      const at = (axis: 0 | 1) =>
        u ** 3 * a[axis] + 3 * u ** 2 * t * b[axis] + 3 * u * t ** 2 * c[axis] + t ** 3 * d[axis];
      curve.push([at(0), at(1)]);
    }
  }
  return curve;
}

function pointsOf(text: string): Point[] {
  return Array.from(text.matchAll(/(-?[\d.]+),(-?[\d.]+)/g), ([, x, y]): Point => [Number(x), Number(y)]);
}

function moveTexts(group: string, [dx, dy]: Point): string {
  if (dx === 0 && dy === 0) return group;
  const moved = (from: string, by: number) => Number((Number(from) + by).toFixed(2));
  return group.replace(
    TEXT,
    (_, start, x, middle, y, end, text) => `${start}${moved(x, dx)}${middle}${moved(y, dy)}${end}${text}`,
  );
}
