type Point = readonly [step: number, loss: number];

/** A picture has not as many pixels as to show more. */
const MOST = 400;

/** The loss at each step so far, thinned evenly where that is too many: it does not grow without end. */
export class LossCurve {
  #kept: Point[] = [];
  #latest: Point[] = [];
  #every = 1;

  add(step: number, loss: number): void {
    const point = [step, loss] as const;
    this.#latest = [point];
    if (step % this.#every !== 0) return;
    this.#latest = [];
    this.#kept.push(point);
    if (this.#kept.length < MOST) return;
    this.#every *= 2;
    this.#kept = this.#kept.filter(([kept]) => kept % this.#every === 0);
    if (step % this.#every !== 0) this.#latest = [point];
  }

  /** In order, the first and the latest among them. */
  get points(): readonly Point[] {
    return [...this.#kept, ...this.#latest];
  }
}
