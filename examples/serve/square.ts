/** As fine as the page needs it: it draws what lies between. */
const CELLS = 48;

/** The square around some points of the plane, in cells. */
export class Square {
  readonly cells: number = CELLS;
  /** The middle of each cell, row by row from the top. */
  readonly middles: number[][];
  readonly #center: readonly number[];
  readonly #half: number;

  constructor(points: readonly (readonly number[])[]) {
    const ranges = [0, 1].map((axis) => {
      const places = points.map((point) => point[axis]!);
      return [Math.min(...places), Math.max(...places)] as const;
    });
    this.#center = ranges.map(([low, high]) => (low + high) / 2);
    this.#half = 0.58 * Math.max(...ranges.map(([low, high]) => high - low));
    const place = (i: number) => (2 * i + 1) / CELLS - 1;
    this.middles = Array.from({ length: CELLS * CELLS }, (_, i) =>
      [place(i % CELLS), -place(Math.floor(i / CELLS))].map(
        (at, axis) => this.#center[axis]! + this.#half * at,
      ),
    );
  }

  /** Where a point lies, each coordinate from −1 to 1. */
  within(point: readonly [number, number]): readonly [x: number, y: number] {
    const [x, y] = point.map((at, axis) => (at - this.#center[axis]!) / this.#half);
    return [x!, y!];
  }
}
