import type { Cell } from "../lesson/cells.ts";
import { isIn, type Variant } from "../lesson/exercises.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { LessonError } from "../lesson/lessonError.ts";
import type { Output } from "../output.ts";
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
        return `<section class="prose">${markdownToHtml(cell.source, targets)}</section>`;
      const isLeft = variant === "student" && cell.tags.length > 0;
      return codeHtml(cell, exerciseName(lesson, i), isLeft ? [] : run.outputs[i]!, targets);
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

function codeHtml(cell: Cell, name: string, outputs: readonly Output[], targets: Targets): string {
  const label = name === "" ? "" : `<p class="label">${name}</p>`;
  const results = outputs.map((output) => outputHtml(output, targets)).join("\n");
  const [tag = "plain"] = cell.tags;
  return [
    `<section class="cell ${tag}">${label}`,
    `<pre class="code" role="group" aria-label="Code" tabindex="0"><code>${highlight(cell.source, "typescript")}</code></pre>`,
    results === "" ? "" : `<div class="outputs" role="group" aria-label="Output">\n${results}\n</div>`,
    "</section>",
  ].join("");
}
