import { Value } from "@chainrule/core";
import { describe, isForeignValue } from "../check.ts";
import type { NetworkLike } from "../network/network.ts";
import type { Drawable } from "../svg/toSvg.ts";
import type { LoadedModule } from "./loadModule.ts";
import { UsageError } from "./usageError.ts";

/** What can be drawn. */
export type Root =
  | { readonly kind: "graph"; readonly roots: readonly Value[] }
  | { readonly kind: "network"; readonly network: NetworkLike }
  | { readonly kind: "kernel"; readonly kernel: Drawable };

/** An export that can be drawn, or a function of no arguments that may give such a thing. */
export interface Chosen {
  readonly name: string;
  readonly given: unknown;
  readonly isFunction: boolean;
}

/**
 * The export that is meant: by its name; or the only one that can be drawn; of several, `root`. Functions of no
 * arguments count where nothing else can be drawn.
 *
 * @throws UsageError with what there is
 */
export function chooseExport({ shown, exports }: LoadedModule, name: string | undefined): Chosen {
  if (name !== undefined) {
    if (!Object.hasOwn(exports, name)) {
      throw new UsageError(`${shown} has no export ${JSON.stringify(name)}. ${listExports(exports)}`);
    }
    const given = exports[name];
    return { name, given, isFunction: typeof given === "function" && rootOf(given) === undefined };
  }
  const names = Object.keys(exports);
  const drawable = names.filter((key) => rootOf(exports[key]) !== undefined || isForeign(exports[key]));
  const functions = names.filter((key) => isMaker(exports[key]));
  const candidates = drawable.length > 0 ? drawable : functions;
  const chosen = candidates.length === 1 ? candidates[0] : candidates.find((key) => key === "root");
  if (chosen !== undefined) {
    return { name: chosen, given: exports[chosen], isFunction: drawable.length === 0 };
  }
  throw new UsageError(
    candidates.length > 1
      ? `${shown} exports ${candidates.length} things to choose from. Say --export ${candidates.join(" or --export ")}.`
      : `${shown} exports no Value, array of Values or network, nor a function that makes one. ${listExports(exports)}`,
  );
}

/** What an export is, after its function is called. */
export async function rootOfExport(module: LoadedModule, name: string | undefined): Promise<Root> {
  const { name: found, given, isFunction } = chooseExport(module, name);
  const made = isFunction ? await module.run(given as () => unknown) : given;
  const root = rootOf(made);
  if (root !== undefined) return root;
  const what = `${found}${isFunction ? "()" : ""} of ${module.shown}`;
  if (isForeign(made)) {
    throw new UsageError(
      `${what} is a Value of another copy of @chainrule/core. Install @chainrule/viz beside it, and one version of each.`,
    );
  }
  throw new UsageError(
    `${what} must be a Value, an array of Values or a network, got ${describe(made)}. ${listExports(module.exports)}`,
  );
}

/** The one Value that an export is. */
export async function valueOfExport(module: LoadedModule, name: string | undefined): Promise<Value> {
  const root = await rootOfExport(module, name);
  if (root.kind === "graph" && root.roots.length === 1) return root.roots[0]!;
  const got = root.kind === "graph" ? `an array of ${root.roots.length}` : `a ${root.kind}`;
  throw new UsageError(
    `${module.shown} must export one Value for this, such as the loss, got ${got}. ${listExports(module.exports)}`,
  );
}

/** `undefined` for what cannot be drawn. */
function rootOf(given: unknown): Root | undefined {
  if (given instanceof Value) return { kind: "graph", roots: [given] };
  if (Array.isArray(given) && given.length > 0 && given.every((item) => item instanceof Value)) {
    return { kind: "graph", roots: given };
  }
  if (given === null || (typeof given !== "object" && typeof given !== "function")) return undefined;
  if (Array.isArray((given as { layers?: unknown }).layers)) {
    return { kind: "network", network: given as NetworkLike };
  }
  const isKernel = typeof given === "function" && typeof (given as Partial<Drawable>).dot === "function";
  return isKernel ? { kind: "kernel", kernel: given as unknown as Drawable } : undefined;
}

function isForeign(given: unknown): boolean {
  const [first = given] = Array.isArray(given) ? (given as unknown[]) : [];
  return isForeignValue(first);
}

function isMaker(given: unknown): boolean {
  return typeof given === "function" && given.length === 0 && !/^class\b/.test(String(given));
}

/**
 * What a module has, for errors.
 *
 * @example listExports({ rate: 0.1 }) // "It exports: rate (0.1)."
 */
export function listExports(exports: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(exports).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return "It exports nothing: write export const root = …";
  const shown = entries.slice(0, 12).map(([name, given]) => `${name} (${described(given)})`);
  return `It exports: ${shown.join(", ")}${entries.length > 12 ? `, … ${entries.length} in all` : ""}.`;
}

function described(given: unknown): string {
  if (given instanceof Value) return "a Value";
  const kind = rootOf(given)?.kind;
  if (kind === "network" || kind === "kernel") return `a ${kind}`;
  if (typeof given !== "function") return describe(given);
  return `a function of ${given.length} argument${given.length === 1 ? "" : "s"}`;
}
