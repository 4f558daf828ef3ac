export type Point = readonly [x: number, y: number];

/** A rectangle. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Whether two rectangles share more than an edge. */
export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
}

export function shifted({ left, right, top, bottom }: Box, [x, y]: Point): Box {
  return { left: left + x, right: right + x, top: top + y, bottom: bottom + y };
}

/** A rectangle with so much more on each side. */
export function grown({ left, right, top, bottom }: Box, by: number): Box {
  return { left: left - by, right: right + by, top: top - by, bottom: bottom + by };
}

/** The smallest rectangle around some points. */
export function around(points: readonly Point[]): Box {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left, right, top, bottom };
}

/** From a rectangle to the nearest of some points. */
export function distanceTo({ left, right, top, bottom }: Box, points: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [x, y] of points) {
    const [dx, dy] = [Math.max(left - x, x - right, 0), Math.max(top - y, y - bottom, 0)];
    least = Math.min(least, dx * dx + dy * dy);
  }
  return Math.sqrt(least);
}

/** Whether the line from one point to another passes through a rectangle. */
export function crosses([ax, ay]: Point, [bx, by]: Point, { left, right, top, bottom }: Box): boolean {
  const [dx, dy] = [bx - ax, by - ay];
  let [start, end] = [0, 1];
  for (const [speed, room] of [
    [-dx, ax - left],
    [dx, right - ax],
    [-dy, ay - top],
    [dy, bottom - ay],
  ] as const) {
    if (speed === 0 && room <= 0) return false;
    if (speed < 0) start = Math.max(start, room / speed);
    if (speed > 0) end = Math.min(end, room / speed);
  }
  return start < end || (start === end && dx === 0 && dy === 0);
}

/** Points along cubic curves, each of which begins where the one before ends; closer than `step`, 21 for each at least. */
export function alongCurves(corners: readonly Point[], step: number): Point[] {
  const curve: Point[] = [];
  for (let i = 0; i + 3 < corners.length; i += 3) {
    const [a, b, c, d] = corners.slice(i, i + 4) as [Point, Point, Point, Point];
    const length = gap(a, b) + gap(b, c) + gap(c, d);
    const steps = Math.max(20, Math.ceil(length / step));
    for (let s = 0; s <= steps; s++) {
      const [t, u] = [s / steps, 1 - s / steps];
      const at = (axis: 0 | 1) =>
        u ** 3 * a[axis] + 3 * u ** 2 * t * b[axis] + 3 * u * t ** 2 * c[axis] + t ** 3 * d[axis];
      curve.push([at(0), at(1)]);
    }
  }
  return curve;
}

function gap([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(bx - ax, by - ay);
}

/** The points in the coordinates of an SVG path or polygon. */
export function pointsOf(text: string): Point[] {
  return Array.from(text.matchAll(/(-?[\d.]+),(-?[\d.]+)/g), ([, x, y]): Point => [Number(x), Number(y)]);
}
