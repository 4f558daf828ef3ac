import { basename, extname } from "node:path";

/** What can be written. */
export type Format = "text" | "svg" | "png" | "dot" | "html" | "json";

/** A format, and the file for it. */
export interface Output {
  readonly format: Format;
  /** `-` is standard output. */
  readonly path: string;
}

export const STANDARD = "-";

/** What the endings of names promise. */
const endings: ReadonlyMap<string, Format> = new Map([
  [".svg", "svg"],
  [".png", "png"],
  [".dot", "dot"],
  [".gv", "dot"],
  [".html", "html"],
  [".htm", "html"],
  [".json", "json"],
]);

export const MODULES: readonly string[] = [".ts", ".mts", ".js", ".mjs", ".cjs"];

/** Of a name of a file, in small letters, with the dot; "" where it has none. */
export function endingOf(path: string): string {
  return extname(path).toLowerCase();
}

/**
 * Why a file should not be written in a format; `undefined` if nothing is wrong with its name. After an option without
 * its file the module comes next, and must not be taken for it.
 *
 * @example objection("svg", "graph.ts") // "graph.ts is the name of a module. Write the module first, then --svg."
 */
export function objection(format: Format, path: string): string | undefined {
  if (path === "") return "The name of the file is empty.";
  if (MODULES.includes(endingOf(path))) {
    return `${basename(path)} is the name of a module. Write the module first, then --${format}.`;
  }
  const promised = endings.get(endingOf(path));
  if (promised === undefined || promised === format) return undefined;
  return `The name is that of another format. Write --${promised} ${basename(path)}, or another name.`;
}
