export type Point = readonly [x: number, y: number];

/** A rectangle in the pixels of the picture. */
export type Bounds = readonly [left: number, top: number, right: number, bottom: number];

/** What holds all of these points, and so much more on each side. */
export function boundsOf(points: readonly Point[], margin: number): Bounds {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [
    Math.min(...xs) - margin,
    Math.min(...ys) - margin,
    Math.max(...xs) + margin,
    Math.max(...ys) + margin,
  ];
}

/** The opposite corners. */
export function cornersOf([left, top, right, bottom]: Bounds): [Point, Point] {
  return [
    [left, top],
    [right, bottom],
  ];
}

/** A rectangle of this size around a point. */
export function boxAround([x, y]: Point, width: number, height: number): Bounds {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

export function sizeOf([left, top, right, bottom]: Bounds): [width: number, height: number] {
  return [right - left, bottom - top];
}

export function middleOf([left, top, right, bottom]: Bounds): Point {
  return [(left + right) / 2, (top + bottom) / 2];
}

/** Whether the first holds all of the second. */
export function holds(a: Bounds, b: Bounds): boolean {
  return a[0] <= b[0] && a[1] <= b[1] && b[2] <= a[2] && b[3] <= a[3];
}

export function overlaps(a: Bounds, b: Bounds): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}
