import { callSite } from "./callSite.ts";

/**
 * Thrown where a function given to `compile` cannot be traced: it asks for the number of a Value that has none yet, or
 * takes a Value out of its trace.
 */
export class TraceError extends Error {
  override readonly name = "TraceError";
  /** The line of the traced function at fault, as `file:line:column`; `undefined` if the engine cannot tell. */
  readonly at: string | undefined;

  constructor(message: string) {
    const at = callSite(new Error().stack);
    super(at === undefined ? message : `${message}\n  at ${at}`);
    this.at = at;
  }
}
