/** A place in a plot, in the units of its axes. */
export type Point = readonly [x: number, y: number];

/** A rectangle: its two ranges. */
export interface Window {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** The pieces of a line that lie inside a window. (A clip path would do, but needs an id that no other picture has.) */
export function clipLine(line: readonly Point[], window: Window): Point[][] {
  if (line.length === 1) return isInside(line[0]!, window) ? [[...line]] : [];
  const pieces: Point[][] = [];
  for (let i = 1; i < line.length; i++) {
    const part = clipSegment(line[i - 1]!, line[i]!, window);
    if (part === undefined) continue;
    const last = pieces.at(-1);
    const end = last?.at(-1);
    if (end !== undefined && end[0] === part[0][0] && end[1] === part[0][1]) last!.push(part[1]);
    else pieces.push([...part]);
  }
  return pieces;
}

export function isInside([x, y]: Point, window: Window): boolean {
  return x >= window.x[0] && x <= window.x[1] && y >= window.y[0] && y <= window.y[1];
}

/** @see Liang and Barsky (1984), A new concept and method for line clipping */
function clipSegment(from: Point, to: Point, window: Window): [Point, Point] | undefined {
  let [enter, leave] = [0, 1];
  for (const [axis, [low, high]] of [window.x, window.y].entries()) {
    const [start, step] = [from[axis]!, to[axis]! - from[axis]!];
    if (step === 0 && (start < low || start > high)) return undefined;
    if (step === 0) continue;
    const crossings = [(low - start) / step, (high - start) / step];
    enter = Math.max(enter, Math.min(...crossings));
    leave = Math.min(leave, Math.max(...crossings));
  }
  if (enter > leave) return undefined;
  const at = (share: number): Point => [
    from[0] + share * (to[0] - from[0]),
    from[1] + share * (to[1] - from[1]),
  ];
  return [enter === 0 ? from : at(enter), leave === 1 ? to : at(leave)];
}
