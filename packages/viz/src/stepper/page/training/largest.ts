/** Which gradient is the largest, and what it is. */
export interface Largest {
  readonly place: number;
  readonly gradient: number;
}

/** The gradient of the largest magnitude; NaN, the sign of a fault, is above all. `undefined` if all are 0 or missing. */
export function largestOf(gradients: readonly (number | undefined)[]): Largest | undefined {
  let largest: Largest | undefined;
  let most = 0;
  for (const [place, gradient = 0] of gradients.entries()) {
    if (Number.isNaN(gradient)) return { place, gradient };
    if (Math.abs(gradient) <= most) continue;
    [largest, most] = [{ place, gradient }, Math.abs(gradient)];
  }
  return largest;
}
