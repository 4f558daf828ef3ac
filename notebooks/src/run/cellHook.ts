// Loader hooks: in place of the lesson's file, Node runs the program with cell calls.
import { readFile } from "node:fs/promises";
import type { LoadHook, ResolveHook } from "node:module";

interface Replacement {
  readonly url: string;
  readonly programPath: string;
}

let replacement: Replacement | undefined;

export function initialize(data: Replacement): void {
  replacement = data;
}

/** So that text that was never saved runs as if it stood in the file. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  if (specifier !== replacement?.url) return await nextResolve(specifier, context);
  return { url: specifier, format: "module", shortCircuit: true };
};

export const load: LoadHook = async (url, context, nextLoad) => {
  if (url !== replacement?.url) return await nextLoad(url, context);
  return { format: "module", source: await readFile(replacement.programPath, "utf8"), shortCircuit: true };
};
