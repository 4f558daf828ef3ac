import { distinct, numbersOf } from "./classes.ts";
import type { Point } from "./clipLine.ts";
import { cellMiddle, type Lattice, neighboursOf, ninePoints, smoothed } from "./lattice.ts";

/** Where each class is predicted: above 0 inside its region, below outside. */
export interface Regions {
  readonly classes: readonly number[];
  readonly margins: readonly Float64Array[];
}

/** Scores beyond these are cut, so that an outline between them can be computed. */
const HUGE = 1e150;

/**
 * Asks predict at every cell. A score gives a smooth outline; of classes, it is asked more closely at the edges, and their
 * outlines are smoothed by one cell.
 *
 * @param known - the classes in the data
 * @param threshold - above it, a score means the second class of two
 */
export function regionsOf(
  predict: (point: Point) => unknown,
  lattice: Lattice,
  known: readonly number[],
  threshold: number | undefined,
): Regions {
  const cells = Array.from({ length: lattice.columns * lattice.rows }, (_, i) =>
    numbersOf(predict(cellMiddle(lattice, i))),
  );
  if (threshold !== undefined) return ofScores(cells.map(oneScore), known, threshold);
  if (Array.isArray(cells[0])) return ofScoreRows(cells as number[][], known);
  return ofClasses(cells.map(oneClass), known, lattice, (point) => oneClass(numbersOf(predict(point))));
}

function ofScores(scores: readonly number[], known: readonly number[], threshold: number): Regions {
  // Labels are −1 and 1 where the data says so, else 0 and 1.
  const classes = known.includes(-1) ? [-1, 1] : [0, 1];
  const other = known.find((one) => !classes.includes(one));
  if (other !== undefined) {
    throw new RangeError(
      `decisionBoundary: a threshold divides two classes, 0 and 1 or −1 and 1, and there are targets of class ${other}.`,
    );
  }
  const above = Float64Array.from(scores, (score) => cut(score - threshold));
  return { classes, margins: [above.map((margin) => -margin), above] };
}

function ofScoreRows(rows: readonly (readonly number[])[], known: readonly number[]): Regions {
  const k = rows[0]!.length;
  const ragged = rows.find((row) => row.length !== k);
  if (ragged !== undefined) {
    throw new RangeError(
      `decisionBoundary: predict gave ${k} scores at one point and ${ragged.length ?? 1} at another.`,
    );
  }
  const classes = distinct(Array.from({ length: k }, (_, i) => i));
  const other = known.find((one) => !classes.includes(one));
  if (other !== undefined) {
    throw new RangeError(
      `decisionBoundary: predict gave ${k} scores, of classes 0 to ${k - 1}, and there are targets of class ${other}.`,
    );
  }
  return {
    classes,
    margins: marginsOf(classes.map((one) => Float64Array.from(rows, (row) => cut(row[one]!)))),
  };
}

function ofClasses(
  cells: readonly number[],
  known: readonly number[],
  lattice: Lattice,
  classAt: (point: Point) => number,
): Regions {
  // Where a cell and its neighbour differ, nine points of the cell tell how much of it is of which class.
  const votes = cells.map((cell, i) => {
    const isEdge = neighboursOf(lattice, i).some((neighbour) => cells[neighbour] !== cell);
    return isEdge ? ninePoints(lattice, i).map(classAt) : [cell];
  });
  const classes = distinct([...known, ...votes.flat()]);
  const shares = classes.map((one) => {
    const share = (vote: readonly number[]) => vote.filter((cell) => cell === one).length / vote.length;
    return smoothed(lattice, Float64Array.from(votes, share));
  });
  return { classes, margins: marginsOf(shares) };
}

/** How far each class is ahead of the best of the others. */
function marginsOf(scores: readonly Float64Array[]): Float64Array[] {
  return scores.map((own, one) =>
    own.map(
      (score, i) =>
        score - Math.max(-2 * HUGE, ...scores.map((other, k) => (k === one ? -2 * HUGE : other[i]!))),
    ),
  );
}

function cut(score: number): number {
  return Math.max(-HUGE, Math.min(HUGE, score));
}

function oneScore(cell: number | readonly number[]): number {
  if (typeof cell === "number") return cell;
  throw new TypeError(
    `decisionBoundary: a threshold is for one score, and predict gave ${cell.length}. Leave { threshold } out.`,
  );
}

function oneClass(cell: number | readonly number[]): number {
  if (Number.isInteger(cell)) return cell as number;
  throw new TypeError(
    `decisionBoundary: predict gave ${cell}, which is no class. If it is a score, pass { threshold }: 0 for a logit, 0.5 for a probability.`,
  );
}
