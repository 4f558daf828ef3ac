import { type Cell, cellId } from "../lesson/cells.ts";
import { isIn, type Variant } from "../lesson/exercises.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { LessonError } from "../lesson/lessonError.ts";
import { roleOf } from "../lesson/marker.ts";
import type { Run } from "../run/execute.ts";
import { highlight } from "./highlight.ts";
import { markdownToHtml, type Targets } from "./markdown.ts";
import { outputHtml } from "./outputHtml.ts";

/** The cells of a lesson as HTML, with the outputs of a run; a student's stubs and checks have none. */
export function cellsHtml(lesson: Lesson, run: Run, variant: Variant, targets: Targets): string {
  const html = lesson.cells.map((cell, i) => {
    if (!isIn(variant, cell)) return "";
    try {
      if (cell.kind === "markdown")
        return `<section class="prose" id="${cellId(i)}">${markdownToHtml(cell.source, targets)}</section>`;
      const isLeft = variant === "student" && roleOf(cell) !== undefined;
      const name = cell.title ?? exerciseName(lesson, i);
      const results = (isLeft ? [] : run.outputs[i]!).map((output) => outputHtml(output, targets));
      const isOpen = !cell.tags.includes("hide-input") || run.failure?.cell === i;
      return sectionHtml(i, cell, name, isOpen, results);
    } catch (error) {
      throw new LessonError(lesson.file, cell.line, (error as Error).message);
    }
  });
  return html.filter((part) => part !== "").join("\n");
}

function exerciseName({ exercises, file }: Lesson, cell: number): string {
  const number = exercises.findIndex(({ stub, solutions, checks }) =>
    [stub, ...solutions, ...checks].includes(cell),
  );
  if (number < 0) return "";
  const { stub, checks } = exercises[number]!;
  if (cell === stub)
    return `Exercise ${number + 1}: your turn <code>npm run notebook ${file.slice(0, 2)} copy</code>`;
  return `Exercise ${number + 1}: ${checks.includes(cell) ? "check" : "a solution"}`;
}

function sectionHtml(
  index: number,
  cell: Cell,
  name: string,
  isOpen: boolean,
  results: readonly string[],
): string {
  return [
    `<section class="cell ${roleOf(cell) ?? "plain"}" id="${cellId(index)}">`,
    name === "" ? "" : `<p class="label">${name}</p>`,
    isOpen ? codeHtml(cell) : foldedHtml(cell),
    results.length === 0
      ? ""
      : `<div class="outputs" role="group" aria-label="Output">\n${results.join("\n")}\n</div>`,
    "</section>",
  ].join("");
}

function codeHtml({ source }: Cell): string {
  return `<pre class="code" role="group" aria-label="Code" tabindex="0"><code>${highlight(source, "typescript")}</code></pre>`;
}

function foldedHtml(cell: Cell): string {
  const count = cell.source.split("\n").length;
  return `<details><summary>Code: ${count} ${count === 1 ? "line" : "lines"}</summary>${codeHtml(cell)}</details>`;
}
