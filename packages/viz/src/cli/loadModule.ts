import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { moduleFault } from "./faultLine.ts";
import { endingOf, MODULES } from "./formats.ts";
import { enableTypeScript } from "./typeScript.ts";
import { UsageError } from "./usageError.ts";

/** A module of the user. */
export interface LoadedModule {
  /** As the user named it. */
  readonly shown: string;
  readonly exports: Readonly<Record<string, unknown>>;
  /** Runs what calls functions of the module; what it throws then names the line of the module. */
  readonly run: <Result>(action: () => Result | Promise<Result>) => Promise<Result>;
}

/** @throws UsageError if there is no such file, it is not a module, or it throws */
export async function loadModule(shown: string): Promise<LoadedModule> {
  if (!MODULES.includes(endingOf(shown))) {
    throw new UsageError(
      `${shown} is not a module: its name must end in ${MODULES.join(", ")}. ` +
        "DOT (.dot, .gv) and JSON (.json) can be drawn, and compared by diff.",
    );
  }
  checkIsFile(shown);
  // Call stacks name the file that a link leads to.
  const path = realpathSync(resolve(shown));
  if (endingOf(path).endsWith("ts")) await enableTypeScript(shown);
  const exports = await guarded(path, true, async () => {
    return exportsOf((await import(pathToFileURL(path).href)) as Record<string, unknown>);
  });
  return { shown, exports, run: (action) => guarded(path, false, action) };
}

/** Without what Node adds where a module is required; it may show the exports of such a one as a single object. */
function exportsOf(found: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { default: whole, "module.exports": _, __esModule: __, ...named } = found;
  if (whole === undefined) return named;
  const isPlain = typeof whole === "object" && Object.getPrototypeOf(whole ?? 0) === Object.prototype;
  return isPlain && Object.keys(named).length === 0 ? { ...whole } : { ...named, default: whole };
}

export function checkIsFile(shown: string): void {
  const found = statSync(shown, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`${shown}: there is no such file.`);
  if (found.isDirectory()) throw new UsageError(`${shown} is a folder. Name a file in it.`);
}

async function guarded<Result>(
  path: string,
  isLoading: boolean,
  action: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw moduleFault(error, path, isLoading);
  }
}
