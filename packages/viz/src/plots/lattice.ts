import type { Point, Window } from "./clipLine.ts";

/** Values at the middles of the cells of a window, row by row from the top. */
export interface Lattice {
  readonly columns: number;
  readonly rows: number;
  readonly window: Window;
}

/** Cells that are about square on a page of the window's proportions. */
export function latticeOf(window: Window, columns: number, aspect: number): Lattice {
  return { window, columns, rows: Math.max(2, Math.round(columns / aspect)) };
}

/** The middle of cell i. */
export function cellMiddle({ columns, rows, window: { x, y } }: Lattice, i: number): Point {
  const [column, row] = [i % columns, Math.floor(i / columns)];
  return [x[0] + ((column + 0.5) / columns) * (x[1] - x[0]), y[1] - ((row + 0.5) / rows) * (y[1] - y[0])];
}

/** The cells left, right, above and below. */
export function neighboursOf({ columns, rows }: Lattice, i: number): number[] {
  const column = i % columns;
  const beside = [...(column > 0 ? [i - 1] : []), ...(column < columns - 1 ? [i + 1] : [])];
  return [...beside, i - columns, i + columns].filter((cell) => cell >= 0 && cell < columns * rows);
}

/** The middles of the thirds of a cell, by rows. */
export function ninePoints(lattice: Lattice, i: number): Point[] {
  const { columns, rows, window } = lattice;
  const [x, y] = cellMiddle(lattice, i);
  const thirds = [window.x, window.y].map(
    ([low, high], axis) => (high - low) / (axis === 0 ? columns : rows) / 3,
  );
  return [-1, 0, 1].flatMap((up) =>
    [-1, 0, 1].map((right): Point => [x + right * thirds[0]!, y + up * thirds[1]!]),
  );
}

/** A function that looks values up, for a mark that asks at the middles of the same cells. */
export function lookup<T>(
  { columns, rows, window: { x, y } }: Lattice,
  values: ArrayLike<T>,
): (x: number, y: number) => T {
  return (atX, atY) => {
    const column = Math.floor(((atX - x[0]) / (x[1] - x[0])) * columns);
    const row = Math.floor(((y[1] - atY) / (y[1] - y[0])) * rows);
    return values[
      Math.min(rows - 1, Math.max(0, row)) * columns + Math.min(columns - 1, Math.max(0, column))
    ]!;
  };
}

/** Blurs by one cell each way, by the weights ¼, ½, ¼: takes the steps from the outline of a region. */
export function smoothed({ columns, rows }: Lattice, values: Float64Array): Float64Array {
  const alongRows = values.map((value, i) => {
    const column = i % columns;
    const left = column > 0 ? values[i - 1]! : value;
    const right = column < columns - 1 ? values[i + 1]! : value;
    return (left + 2 * value + right) / 4;
  });
  return alongRows.map((value, i) => {
    const row = Math.floor(i / columns);
    const above = row > 0 ? alongRows[i - columns]! : value;
    const below = row < rows - 1 ? alongRows[i + columns]! : value;
    return (above + 2 * value + below) / 4;
  });
}

/** The values, with NaN replaced by a neighbour's value in its row; or in its column, where all of its row is NaN. */
export function extended({ columns, rows }: Lattice, values: Float64Array): Float64Array {
  const result = values.slice();
  const fill = (from: number, step: number, count: number) => {
    for (let i = 1, at = from + step; i < count; i++, at += step) {
      if (Number.isNaN(result[at]!)) result[at] = result[at - step]!;
    }
  };
  for (let row = 0; row < rows; row++) {
    fill(row * columns, 1, columns);
    fill((row + 1) * columns - 1, -1, columns);
  }
  for (let column = 0; column < columns; column++) {
    fill(column, columns, rows);
    fill((rows - 1) * columns + column, -columns, rows);
  }
  return result;
}
