import { register } from "node:module";
import { UsageError } from "./usageError.ts";

/**
 * Where package.json does not say "type": "module", tsx makes CommonJS of a module and of all that it imports: its Values
 * would be of a copy of @chainrule/core. As text, because hooks run on another thread, which reads no TypeScript.
 */
const TAKE_AS_MODULE = `export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const isScript = found.format === "commonjs" && /\\.ts(\\?|$)/.test(found.url);
  return isScript ? { ...found, format: "module" } : found;
}`;

/**
 * Makes `import` take TypeScript: by tsx if it is installed beside this package, else by Node itself, from 22.18 on.
 *
 * @throws UsageError if neither can
 */
export async function enableTypeScript(shown: string): Promise<void> {
  const loaders = await tsxLoaders();
  for (const loader of loaders) loader.register();
  if (loaders.length > 0) register(`data:text/javascript,${encodeURIComponent(TAKE_AS_MODULE)}`);
  const { typescript } = process.features as { readonly typescript?: unknown };
  if (loaders.length > 0 || typescript) return;
  throw new UsageError(
    `${shown} is TypeScript, which Node ${process.versions.node} does not run. ` +
      "Install tsx (npm install --save-dev tsx), or use Node 22.18 or later, or compile it to JavaScript.",
  );
}

/** For what `import` loads and for what `require` does; none if it is not installed. */
async function tsxLoaders(): Promise<{ readonly register: () => unknown }[]> {
  try {
    return [await import("tsx/esm/api"), await import("tsx/cjs/api")];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return [];
    throw error;
  }
}
