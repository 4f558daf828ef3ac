/**
 * The spherical Bessel function jₙ(x), n = 0, 1, 2, …: by its power series where |x| is below the order, where the
 * recurrence would cancel, else by the recurrence from j₀ = sin x/x and j₁ = (j₀ − cos x)/x.
 */
export function sphericalBessel(n: number, x: number): number {
  return Math.abs(x) < n + 1 ? series(n, x) : recurrence(n, x);
}

/** xⁿ/(2n + 1)!! · Σₖ (−x²/2)ᵏ / (k! (2n + 3)(2n + 5)…(2n + 2k + 1)) */
function series(n: number, x: number): number {
  let term = 1;
  for (let i = 1; i <= n; i++) term *= x / (2 * i + 1);
  let sum = term;
  for (let k = 1; Math.abs(term) > Number.EPSILON * 0.01 * Math.abs(sum); k++) {
    term *= (-0.5 * x * x) / (k * (2 * n + 2 * k + 1));
    sum += term;
  }
  return sum;
}

/** jₖ₊₁ = (2k + 1)/x · jₖ − jₖ₋₁ */
function recurrence(n: number, x: number): number {
  let previous = Math.cos(x) / x;
  let current = Math.sin(x) / x;
  for (let k = 0; k < n; k++) [previous, current] = [current, ((2 * k + 1) / x) * current - previous];
  return current;
}
