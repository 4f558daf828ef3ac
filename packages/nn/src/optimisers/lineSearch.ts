/** A point on the line: how far along it, the loss there, and the loss's slope along the line. */
export interface LinePoint {
  readonly alpha: number;
  readonly loss: number;
  readonly slope: number;
}

export interface LineSearchOptions {
  /** c₁ of the sufficient decrease `φ(α) ≤ φ(0) + c₁αφ′(0)`. */
  readonly decrease: number;
  /** c₂ of the curvature condition `|φ′(α)| ≤ c₂|φ′(0)|`. */
  readonly curvature: number;
  /** The most points to try. */
  readonly maxEvaluations: number;
}

/** How much of a loss may be rounding. */
const rounding = 1e-14;

/**
 * A point α > 0 that fulfils the strong Wolfe conditions, by bracketing and then zooming in with cubic interpolation.
 *
 * Near a minimum the fall of the loss drowns in its rounding, at gradients of about √ε of the loss. There the slopes tell
 * of the decrease instead, `φ′(α) ≤ (2c₁ − 1)φ′(0)`: the same for a quadratic, and exact to the last digits.
 *
 * Where the points to try run out, the lowest that fulfils sufficient decrease; `start` if there is none, as where the
 * loss is so flat that rounding hides its fall. A loss or slope that is not finite counts as too high.
 *
 * @param start - α = 0, where the slope is below 0
 * @param first - the first α to try
 * @param at - the point at α
 * @see Nocedal and Wright (2006), "Numerical optimization", §3.5, algorithms 3.5 and 3.6
 * @see Hager and Zhang (2005), "A new conjugate gradient method with guaranteed descent", eq. 4.1
 */
export function lineSearch<Point extends LinePoint>(
  start: Point,
  first: number,
  at: (alpha: number) => Point,
  options: LineSearchOptions,
): Point {
  const { decrease, curvature, maxEvaluations } = options;
  const isLow = (x: Point) => isUsable(x) && x.loss <= start.loss + decrease * x.alpha * start.slope;
  const isFlat = (x: Point) => Math.abs(x.slope) <= -curvature * start.slope;
  /** Sufficient decrease as the slopes tell it, where that of the loss drowns in rounding. */
  const isLowBySlope = (x: Point) =>
    Math.abs(x.loss - start.loss) <= rounding * Math.abs(start.loss) &&
    x.slope <= (2 * decrease - 1) * start.slope;
  const fulfils = (x: Point) => isFlat(x) && (isLow(x) || isLowBySlope(x));
  let evaluations = 0;

  let before = start;
  for (let alpha = first; evaluations < maxEvaluations; ) {
    evaluations++;
    const point = at(alpha);
    if (fulfils(point)) return point;
    if (!isLow(point) || point.loss >= before.loss) return zoom(before, point);
    if (point.slope >= 0) return zoom(point, before);
    alpha = beyond(before, point);
    before = point;
  }
  return before;

  /** Between `low`, the lowest point of sufficient decrease so far, and `high`, toward which the loss falls from it. */
  function zoom(low: Point, high: Point): Point {
    let widthBefore = Number.POSITIVE_INFINITY;
    while (evaluations < maxEvaluations) {
      evaluations++;
      const width = Math.abs(high.alpha - low.alpha);
      const alpha = width > widthBefore / 2 ? (low.alpha + high.alpha) / 2 : between(low, high);
      widthBefore = width;
      const point = at(alpha);
      if (fulfils(point)) return point;
      if (!isLow(point) || point.loss >= low.loss) {
        high = point;
      } else {
        if (point.slope * (high.alpha - low.alpha) >= 0) high = low;
        low = point;
      }
    }
    return low;
  }
}

/** Where the cubic through both points is lowest, at least a tenth of their distance from either. */
function between(a: LinePoint, b: LinePoint): number {
  if (!isUsable(b)) return (a.alpha + b.alpha) / 2;
  const margin = Math.abs(b.alpha - a.alpha) / 10;
  return clamp(
    cubicMinimiser(a, b),
    Math.min(a.alpha, b.alpha) + margin,
    Math.max(a.alpha, b.alpha) - margin,
  );
}

/** Where the cubic through both points is lowest beyond b: from 2 to 10 times as far as b. */
function beyond(a: LinePoint, b: LinePoint): number {
  const alpha = cubicMinimiser(a, b);
  return clamp(alpha > b.alpha ? alpha : Number.POSITIVE_INFINITY, 2 * b.alpha, 10 * b.alpha);
}

/** The minimiser of the cubic with these values and slopes, NaN if it has none. Nocedal and Wright, eq. 3.59. */
function cubicMinimiser(a: LinePoint, b: LinePoint): number {
  const d1 = a.slope + b.slope - (3 * (a.loss - b.loss)) / (a.alpha - b.alpha);
  const d2 = Math.sign(b.alpha - a.alpha) * Math.sqrt(d1 * d1 - a.slope * b.slope);
  return b.alpha - ((b.alpha - a.alpha) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
}

/** The number nearest to x in [least, most], their middle for NaN. */
function clamp(x: number, least: number, most: number): number {
  return Number.isNaN(x) ? (least + most) / 2 : Math.min(most, Math.max(least, x));
}

function isUsable({ loss, slope }: LinePoint): boolean {
  return Number.isFinite(loss) && Number.isFinite(slope);
}
