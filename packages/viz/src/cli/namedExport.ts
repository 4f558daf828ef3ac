import { describe } from "../check.ts";
import { listExports } from "./chooseExport.ts";
import type { LoadedModule } from "./loadModule.ts";
import { UsageError } from "./usageError.ts";

/**
 * An export that a command needs by its name.
 *
 * @param option - which names another, if one does
 * @throws UsageError with what there is
 */
export function namedExport(
  { shown, exports }: LoadedModule,
  name: string,
  option?: string,
  kind?: "function",
): unknown {
  const advice = option === undefined ? "" : ` Export one, or name another by --${option}.`;
  if (!Object.hasOwn(exports, name)) {
    throw new UsageError(`${shown} has no export ${JSON.stringify(name)}.${advice} ${listExports(exports)}`);
  }
  const given = exports[name];
  if (kind === undefined || typeof given === kind) return given;
  throw new UsageError(`${name} of ${shown} must be a function, got ${describe(given)}.${advice}`);
}
