import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ValidateFunction } from "ajv";
import AjvDraft04 from "ajv-draft-04";

let validate: ValidateFunction | undefined;

/** What is wrong with a notebook by the schema of nbformat 4.5; nothing if it is valid. */
export function notebookFaults(notebook: unknown): readonly string[] {
  validate ??= compileSchema();
  if (validate(notebook)) return sameIds(notebook as { readonly cells: readonly { readonly id: string }[] });
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message}`);
}

function compileSchema(): ValidateFunction {
  const schema = readFileSync(join(import.meta.dirname, "nbformat.v4.5.schema.json"), "utf8");
  return new AjvDraft04.default({ strict: false, allErrors: false }).compile(JSON.parse(schema));
}

/** What a schema cannot say. */
function sameIds({ cells }: { readonly cells: readonly { readonly id: string }[] }): readonly string[] {
  const ids = cells.map(({ id }) => id);
  const twice = ids.filter((id, i) => ids.indexOf(id) < i);
  return twice.map((id) => `/cells: two cells have the id ${id}`);
}
