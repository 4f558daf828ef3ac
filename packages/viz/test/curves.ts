/** A place in a picture. */
export type Point = readonly [number, number];

/** The pairs of numbers in an attribute. */
export function pointsOf(d: string): Point[] {
  const numbers = d.match(/-?\d+(\.\d+)?/g)!.map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, i): Point => [numbers[2 * i]!, numbers[2 * i + 1]!]);
}

/** Points along cubic curves, ten for each. */
export function curve(corners: readonly Point[]): Point[] {
  const points: Point[] = [];
  for (let i = 0; i + 3 < corners.length; i += 3) {
    for (let s = 0; s <= 1; s += 0.1) {
      const shares = [(1 - s) ** 3, 3 * s * (1 - s) ** 2, 3 * s ** 2 * (1 - s), s ** 3];
      const at = (axis: 0 | 1) => shares.reduce((sum, share, k) => sum + share * corners[i + k]![axis], 0);
      points.push([at(0), at(1)]);
    }
  }
  return points;
}
