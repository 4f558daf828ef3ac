import { linesOf } from "../text.ts";

/** A text on one line, with nothing in it that SVG cannot hold. */
export function oneLine(text: string): string {
  return linesOf(text).join(" ");
}
