import { join } from "node:path";
import type { Variant } from "../lesson/exercises.ts";
import type { Lesson, LessonName } from "../lesson/lesson.ts";
import { LessonError } from "../lesson/lessonError.ts";
import type { Notebook } from "../notebook/nbformat.ts";
import { toNotebook } from "../notebook/toNotebook.ts";
import { notebookFaults } from "../notebook/validate.ts";
import type { DocumentParts } from "../page/document.ts";
import { lessonPage } from "../page/lessonPage.ts";
import { type ExecuteOptions, execute, type Run } from "../run/execute.ts";
import { notebooksFolder, pageFolder, variantFolder } from "./folders.ts";
import { linkFaults } from "./linkFaults.ts";
import { stubFaults } from "./stubFaults.ts";
import { notebookRelink, pageTargets } from "./targets.ts";

/** A lesson, run once, in every form; `pages` and `notebooks` by their paths. */
export interface BuiltLesson {
  readonly lesson: Lesson;
  readonly run: Run;
  readonly pages: ReadonlyMap<string, string>;
  readonly notebooks: ReadonlyMap<string, Notebook>;
  readonly faults: readonly Error[];
}

export interface BuildOptions extends Omit<ExecuteOptions, "attempt"> {
  /** All lessons, in order. */
  readonly course: readonly LessonName[];
  /** Whether to run the exercises with their stubs; true unless told. */
  readonly prove?: boolean;
  /** Whether to make notebooks; true unless told. */
  readonly notebooks?: boolean;
  readonly reload?: DocumentParts["reload"];
}

/**
 * Runs a lesson and builds all from that run. What is wrong with the lesson stands in `faults`.
 *
 * @throws the signal's reason once it is aborted
 */
export async function buildLesson(lesson: Lesson, options: BuildOptions): Promise<BuiltLesson> {
  const run = await execute(lesson, options);
  const faults: Error[] = [...runFaults(lesson, run), ...linkFaults(lesson)];
  if (options.prove !== false && run.failure === undefined)
    faults.push(...(await stubFaults(lesson, options)));
  const pages = new Map<string, string>();
  const notebooks = new Map<string, Notebook>();
  for (const variant of variantsOf(lesson)) {
    const folder = pageFolder(lesson, variant);
    const parts = {
      variant,
      targets: pageTargets(folder, lesson.isCopy ? "../" : ""),
      course: options.course,
    };
    try {
      const page = lessonPage(lesson, run, { ...parts, ...(options.reload && { reload: options.reload }) });
      pages.set(join(folder, `${lesson.name}.html`), page);
    } catch (error) {
      faults.push(error as Error);
    }
    if (options.notebooks === false) continue;
    const home = variantFolder(notebooksFolder, variant);
    const notebook = await toNotebook(lesson, run, variant, notebookRelink(home));
    notebooks.set(join(home, `${lesson.name}.ipynb`), notebook);
    faults.push(...notebookFaults(notebook).map((fault) => new LessonError(lesson.file, undefined, fault)));
  }
  return { lesson, run, pages, notebooks, faults };
}

/** Without exercises both are the same. */
function variantsOf({ exercises }: Lesson): readonly Variant[] {
  return exercises.length === 0 ? ["student"] : ["student", "solution"];
}

function runFaults(lesson: Lesson, { failure: failed }: Run): readonly LessonError[] {
  if (failed === undefined) return [];
  const { cell, failure } = failed;
  const { line, title = "" } = lesson.cells[cell]!;
  const [, exercise] = /^(Exercise \d+): check$/.exec(title) ?? [];
  if (exercise !== undefined && failure.name === "AssertionError")
    return [
      new LessonError(lesson.file, line, `${exercise} is not right yet: ${failure.message.trim()}`, cell),
    ];
  const message = `${failure.name}: ${failure.message} (in the cell that begins in line ${line})`;
  return [new LessonError(lesson.file, failure.line ?? line, message, cell)];
}
