import { createHash } from "node:crypto";
import type { Notebook, NotebookOutput } from "./nbformat.ts";
import { notebookText } from "./toNotebook.ts";

/** Where a committed notebook and one just made differ, in words; undefined if they agree but for measurements. */
export function driftOf(committed: string, made: Notebook): string | undefined {
  if (committed === notebookText(made)) return undefined;
  let old: Notebook;
  try {
    old = JSON.parse(committed) as Notebook;
  } catch {
    return "the file is no JSON";
  }
  if (!Array.isArray(old.cells)) return "the file is no notebook";
  if (committed !== notebookText(old)) return "the file is written in another form";
  if (notebookText(withoutMeasured(old)) === notebookText(withoutMeasured(made))) return undefined;
  // By way of text: with keys in the same order.
  return firstDifference(old, JSON.parse(notebookText(made)) as Notebook);
}

function withoutMeasured(notebook: Notebook): Notebook {
  const keep = (output: NotebookOutput) =>
    output.output_type === "display_data" && output.metadata.measured
      ? { ...output, data: { "text/plain": [] } }
      : output;
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: cell.outputs.map(keep) } : cell,
  );
  return { ...notebook, cells };
}

function firstDifference(before: Notebook, after: Notebook): string {
  const [old, made] = [withoutMeasured(before), withoutMeasured(after)];
  for (let i = 0; i < Math.max(old.cells.length, made.cells.length); i++) {
    const [before, after] = [old.cells[i], made.cells[i]];
    if (before === undefined || after === undefined) {
      return `${old.cells.length} cells are committed, the lesson has ${made.cells.length}`;
    }
    if (JSON.stringify(before.source) !== JSON.stringify(after.source)) {
      return `the text of ${after.id} is committed otherwise: ${lineDifference(before.source, after.source)}`;
    }
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      const [lines, others] = [before, after].map((cell) =>
        cell.cell_type === "code" ? cell.outputs.flatMap(outputLines) : [],
      ) as [string[], string[]];
      return `the output of ${after.id} has changed: ${lineDifference(lines, others)}`;
    }
  }
  return "the metadata have changed";
}

function outputLines(output: NotebookOutput): readonly string[] {
  if (output.output_type === "stream") return output.text;
  if (output.output_type === "error") return [`${output.ename}: ${output.evalue}`];
  return Object.entries(output.data).flatMap(([type, content]) => {
    if (typeof content !== "string") return content.map((line) => `${type} ${line}`);
    return [`${type} with hash ${createHash("sha256").update(content).digest("hex").slice(0, 12)}`];
  });
}

function lineDifference(old: readonly string[], made: readonly string[]): string {
  const at = Array.from({ length: Math.max(old.length, made.length) }, (_, i) => i).find(
    (i) => old[i] !== made[i],
  );
  if (at === undefined) return "its form";
  const shorten = (line = "nothing") => (line.length > 120 ? `${line.slice(0, 120)}…` : line).trimEnd();
  return `committed "${shorten(old[at])}", now "${shorten(made[at])}"`;
}
