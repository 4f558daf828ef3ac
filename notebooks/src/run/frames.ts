import { fileURLToPath } from "node:url";

/** A call on the way to an error. */
export interface Frame {
  /** The name of the function; empty at top level. */
  readonly call: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The calls that led to an error, innermost first. */
export function framesOf({ stack = "" }: Error): readonly Frame[] {
  return Array.from(stack.matchAll(/^ {4}at (?:(.*) \()?(.*?):(\d+):(\d+)\)?$/gm), (match) => {
    const [, call = "", place = "", line, column] = match;
    const path = place.startsWith("file:") ? fileURLToPath(place) : place;
    return { call, path, line: Number(line), column: Number(column) };
  });
}
