/** A derivative found by differences. */
export interface Difference {
  readonly derivative: number;
  /** How far off it may be. */
  readonly uncertainty: number;
  /** The larger slope of f to either side, over the widest step used. */
  readonly variation: number;
}

/**
 * The derivative of f(step) at step 0 from central differences alone, at a point of size |x|: several first steps, each
 * extrapolated to step 0 (Ridders' method), and the steadiest result of all.
 *
 * @see Ridders (1982), Advances in Engineering Software 4(2)
 */
export function differentiateNumerically(f: (step: number) => number, x: number): Difference {
  const size = Math.max(1, Math.abs(x));
  const firstSteps = [0.1 * size, 0.1, 1e-3 * size, 1e-3, 1e-5 * size];
  if (x !== 0) firstSteps.push(0.1 * Math.abs(x), 1e-3 * Math.abs(x));
  return [...new Set(firstSteps)]
    .map((step) => ridders(f, step))
    .reduce((best, found) =>
      found.uncertainty < best.uncertainty || Number.isNaN(best.uncertainty) ? found : best,
    );
}

function ridders(f: (step: number) => number, firstStep: number): Difference {
  const shrink = 1.4;
  let step = firstStep;
  let row = [(f(step) - f(-step)) / (2 * step)];
  let derivative = row[0]!;
  let uncertainty = Number.POSITIVE_INFINITY;
  for (let i = 1; i < 10; i++) {
    step /= shrink;
    const next = [(f(step) - f(-step)) / (2 * step)];
    let factor = shrink * shrink;
    for (let j = 1; j <= i; j++) {
      next[j] = (next[j - 1]! * factor - row[j - 1]!) / (factor - 1);
      factor *= shrink * shrink;
      const change = Math.max(Math.abs(next[j]! - next[j - 1]!), Math.abs(next[j]! - row[j - 1]!));
      if (change <= uncertainty) {
        uncertainty = change;
        derivative = next[j]!;
      }
    }
    if (Math.abs(next[i]! - row[i - 1]!) >= 2 * uncertainty) break;
    row = next;
  }
  const rounding = (Number.EPSILON * (Math.abs(f(step)) + Math.abs(f(-step)))) / step;
  const middle = f(0);
  const rises = [firstStep, -firstStep].map((side) => Math.abs(f(side) - middle));
  const variation = Math.max(...rises) / firstStep;
  return { derivative, uncertainty: Math.max(uncertainty, rounding), variation };
}
