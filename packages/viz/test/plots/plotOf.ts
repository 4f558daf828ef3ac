import { expect } from "vitest";
import { expectHarmless, Picture, textsOf } from "../picture.ts";

/** A place: in pixels, or in the units of the axes. */
export type Point = readonly [x: number, y: number];

/** A plot taken apart; places are read back through its own tick labels. */
export class PlotOf {
  readonly root: Element;
  readonly texts: readonly string[];

  constructor(svg: string) {
    expectHarmless(svg);
    this.root = new Picture(svg).root;
    this.texts = textsOf(this.root);
  }

  /** The elements of a mark: of each of its groups, in order. */
  marks(className: string): Element[][] {
    return [...this.root.querySelectorAll("g")]
      .filter((group) => group.getAttribute("class") === className)
      .map((group) => [...group.children] as Element[]);
  }

  /** From pixels to the units of an axis, by two of its tick labels. */
  axis(axis: "x" | "y", numberOf: (text: string) => number = Number): (pixel: number) => number {
    const groups = [...this.root.querySelectorAll("g")];
    const labels = groups.find((group) => group.getAttribute("aria-label") === `${axis}-axis tick label`)!;
    const ticks = [...labels.children].map((text) => ({
      at: placeOf(text)[axis === "x" ? 0 : 1],
      value: numberOf(text.textContent!),
    }));
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    const [first, last] = [ticks[0]!, ticks.at(-1)!];
    return (pixel) => first.value + ((pixel - first.at) / (last.at - first.at)) * (last.value - first.value);
  }

  /** Places in the units of the axes. */
  unscale(places: readonly Point[]): Point[] {
    const [x, y] = [this.axis("x"), this.axis("y")];
    return places.map(([px, py]) => [x(px), y(py)]);
  }
}

/** Where a dot or a text stands. */
export function placeOf(element: Element): Point {
  const [, x, y] = /translate\((-?[\d.]+),(-?[\d.]+)\)/.exec(element.getAttribute("transform") ?? "") ?? [];
  if (x !== undefined) return [Number(x), Number(y)];
  return [Number(element.getAttribute("cx")), Number(element.getAttribute("cy"))];
}

/** The rings or lines of a path. */
export function linesOfPath(path: Element): Point[][] {
  return path
    .getAttribute("d")!
    .split("M")
    .slice(1)
    .map((line) =>
      Array.from(line.matchAll(/(-?[\d.]+),(-?[\d.]+)/g), ([, x, y]): Point => [Number(x), Number(y)]),
    );
}

/** Whether a place is inside of rings, by the even-odd rule. */
export function isInsideOf(rings: readonly (readonly Point[])[], [x, y]: Point): boolean {
  let isInside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[ax, ay], [bx, by]] = [ring[i]!, ring[j]!];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside;
    }
  }
  return isInside;
}
