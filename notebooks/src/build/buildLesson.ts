import { join } from "node:path";
import type { Variant } from "../lesson/exercises.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { LessonError } from "../lesson/lessonError.ts";
import type { Notebook } from "../notebook/nbformat.ts";
import { toNotebook } from "../notebook/toNotebook.ts";
import { notebookFaults } from "../notebook/validate.ts";
import type { DocumentParts } from "../page/document.ts";
import { type LessonName, lessonPage } from "../page/lessonPage.ts";
import { execute, type Run } from "../run/execute.ts";
import { notebooksFolder, pagesFolder, variantFolder } from "./folders.ts";
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

export interface BuildOptions {
  /** All lessons, in order. */
  readonly course: readonly LessonName[];
  /** Whether to run the exercises with their stubs; true unless told. */
  readonly prove?: boolean;
  readonly reload?: DocumentParts["reload"];
}

/** Runs a lesson and builds all from that run. What is wrong with the lesson stands in `faults`. */
export async function buildLesson(lesson: Lesson, options: BuildOptions): Promise<BuiltLesson> {
  const run = await execute(lesson);
  const faults: Error[] = [...runFaults(lesson, run), ...linkFaults(lesson)];
  if (options.prove !== false && run.failure === undefined) faults.push(...(await stubFaults(lesson)));
  const pages = new Map<string, string>();
  const notebooks = new Map<string, Notebook>();
  for (const variant of variantsOf(lesson)) {
    const folder = variantFolder(pagesFolder, variant);
    const parts = { variant, targets: pageTargets(folder), course: options.course };
    try {
      const page = lessonPage(lesson, run, { ...parts, ...(options.reload && { reload: options.reload }) });
      pages.set(join(folder, `${lesson.name}.html`), page);
    } catch (error) {
      faults.push(error as Error);
    }
    const home = variantFolder(notebooksFolder, variant);
    const notebook = await toNotebook(lesson, run, variant, notebookRelink(home));
    notebooks.set(join(home, `${lesson.name}.ipynb`), notebook);
    faults.push(...notebookFaults(notebook).map((fault) => new LessonError(lesson.file, undefined, fault)));
  }
  return { lesson, run, pages, notebooks, faults };
}

/** Without exercises both are the same. */
export function variantsOf({ exercises }: Lesson): readonly Variant[] {
  return exercises.length === 0 ? ["student"] : ["student", "solution"];
}

function runFaults(lesson: Lesson, { failure: failed }: Run): readonly LessonError[] {
  if (failed === undefined) return [];
  const { cell, failure } = failed;
  const { line } = lesson.cells[cell]!;
  const message = `${failure.name}: ${failure.message} (in the cell that begins in line ${line})`;
  return [new LessonError(lesson.file, failure.line ?? line, message)];
}
