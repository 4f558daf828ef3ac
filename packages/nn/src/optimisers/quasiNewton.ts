/** One step and what it did to the gradient, with sᵀy > 0. */
export interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
}

/**
 * `−Hg`, with H the inverse Hessian that the BFGS formula makes of the pairs from `(sᵀy/yᵀy) I` of the latest; the
 * identity if there are none. H is never stored: the two-loop recursion takes 4mn multiplications.
 *
 * @param pairs - the oldest first
 * @see Nocedal and Wright (2006), "Numerical optimization", §7.2, algorithm 7.4, eq. 7.20
 */
export function quasiNewtonDirection(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { s, y } = pairs[k]!;
    alphas[k] = dot(s, q) / dot(s, y);
    addScaled(q, -alphas[k]!, y);
  }
  const latest = pairs.at(-1);
  if (latest !== undefined) {
    const scale = dot(latest.s, latest.y) / dot(latest.y, latest.y);
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  for (let k = 0; k < pairs.length; k++) {
    const { s, y } = pairs[k]!;
    addScaled(q, alphas[k]! - dot(y, q) / dot(s, y), s);
  }
  return q;
}

/** `aᵀb`. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** `a ← a + factor · b`. */
function addScaled(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!;
}
