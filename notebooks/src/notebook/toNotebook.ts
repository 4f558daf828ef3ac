import { cellId } from "../lesson/cells.ts";
import { isIn, type Variant } from "../lesson/exercises.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { roleOf } from "../lesson/marker.ts";
import type { Run } from "../run/execute.ts";
import { linesOf } from "./linesOf.ts";
import type { Notebook, NotebookCell, NotebookOutput } from "./nbformat.ts";
import { notebookOutput } from "./notebookOutput.ts";

/** A kernel for TypeScript; on GitHub it names the language. */
const METADATA = {
  kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
  language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript", version: "" },
};

/**
 * A lesson and a run of it as a notebook. In the student's, stubs and checks have no outputs: the run had the solutions.
 *
 * @param relink - what a link of the lesson is in the folder of the notebook
 */
export async function toNotebook(
  lesson: Lesson,
  run: Run,
  variant: Variant,
  relink: (markdown: string) => string,
): Promise<Notebook> {
  const cells: NotebookCell[] = [];
  let count = 0;
  for (const [i, cell] of lesson.cells.entries()) {
    if (!isIn(variant, cell)) continue;
    const id = cellId(i);
    const metadata = cell.tags.length === 0 ? {} : { tags: cell.tags };
    if (cell.kind === "markdown") {
      cells.push({ cell_type: "markdown", id, metadata, source: linesOf(relink(cell.source)) });
      continue;
    }
    const isLeft = variant === "student" && roleOf(cell) !== undefined;
    const outputs: NotebookOutput[] = [];
    for (const output of isLeft ? [] : run.outputs[i]!) outputs.push(await notebookOutput(output));
    const execution_count = isLeft ? null : ++count;
    cells.push({ cell_type: "code", execution_count, id, metadata, outputs, source: linesOf(cell.source) });
  }
  return { cells, metadata: METADATA, nbformat: 4, nbformat_minor: 5 };
}

/** As Jupyter writes files, so that saving one there changes nothing: keys sorted, one space deep. */
export function notebookText(notebook: Notebook): string {
  return `${JSON.stringify(notebook, sortKeys, 1)}\n`;
}

function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
