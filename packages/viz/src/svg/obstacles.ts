import { type Box, crosses, overlap, type Point } from "./geometry.ts";

/** What a number on an arrow should not touch: a box, or a piece of an arrow. */
type Thing = { readonly name: string; readonly box: Box } | Piece;

interface Piece {
  readonly name: string;
  readonly from: Point;
  readonly to: Point;
}

/** The side of a cell, in points: about the width of a number. */
const CELL = 24;

/** Nodes, arrows and numbers, found by where they are, in a time that does not grow with how many there are. */
export class Obstacles {
  readonly #cells = new Map<number, Thing[]>();
  readonly #gone = new Set<Thing>();
  readonly #boxes = new Map<string, Thing>();

  /** Puts a box here, in place of one of the same name. */
  putBox(name: string, box: Box): void {
    const old = this.#boxes.get(name);
    if (old !== undefined) this.#gone.add(old);
    const thing = { name, box };
    this.#boxes.set(name, thing);
    this.#put(box, thing);
  }

  putCurve(name: string, points: readonly Point[]): void {
    for (let i = 1; i < points.length; i++) {
      const [from, to] = [points[i - 1]!, points[i]!];
      const [left, right] = from[0] < to[0] ? [from[0], to[0]] : [to[0], from[0]];
      const [top, bottom] = from[1] < to[1] ? [from[1], to[1]] : [to[1], from[1]];
      this.#put({ left, right, top, bottom }, { name, from, to });
    }
  }

  /** The names of all that touches a box, but these. */
  touching(box: Box, ...own: readonly string[]): ReadonlySet<string> {
    const names = new Set<string>();
    for (const cell of cellsOf(box)) {
      for (const thing of this.#cells.get(cell) ?? []) {
        const { name } = thing;
        if (own.includes(name) || names.has(name) || this.#gone.has(thing)) continue;
        if ("box" in thing ? overlap(thing.box, box) : crosses(thing.from, thing.to, box)) names.add(name);
      }
    }
    return names;
  }

  #put(box: Box, thing: Thing): void {
    for (const cell of cellsOf(box)) {
      const things = this.#cells.get(cell);
      if (things === undefined) this.#cells.set(cell, [thing]);
      else things.push(thing);
    }
  }
}

/** A number for each cell that a box is in. */
function cellsOf({ left, right, top, bottom }: Box): number[] {
  const cells: number[] = [];
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) cells.push(x * 2 ** 24 + y);
  }
  return cells;
}
