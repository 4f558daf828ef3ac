import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Cell, parseLesson, splitCells } from "./cells.ts";
import { type Exercise, exercisesOf } from "./exercises.ts";
import { LessonError } from "./lessonError.ts";

/** One file of the course. */
export interface Lesson {
  /** The absolute path. */
  readonly path: string;
  /** `01-derivatives.ts` */
  readonly file: string;
  /** `01-derivatives` */
  readonly name: string;
  /** The first heading. */
  readonly title: string;
  /** The first paragraph: what one can do after the lesson. */
  readonly summary: string;
  /** Lines of the file, as written. */
  readonly lines: readonly string[];
  readonly cells: readonly Cell[];
  readonly exercises: readonly Exercise[];
}

/** Where the lessons are. */
export const lessonsFolder: string = join(import.meta.dirname, "../..");

/** Paths of the lessons, in the order of the course. */
export function lessonPaths(folder: string = lessonsFolder): readonly string[] {
  const files = readdirSync(folder).filter((file) => /^\d\d-[\w-]+\.ts$/.test(file));
  return files.sort().map((file) => join(folder, file));
}

/**
 * Reads a lesson and checks its form.
 *
 * @throws LessonError if it is not one
 */
export function readLesson(path: string): Lesson {
  return lessonOf(readFileSync(path, "utf8").replaceAll("\r\n", "\n"), path);
}

/** As {@link readLesson}, of text that need not be in a file. */
export function lessonOf(source: string, path: string): Lesson {
  const file = basename(path);
  const cells = splitCells(source, file);
  const exercises = exercisesOf(cells, file);
  for (const { stub } of exercises) checkStub(cells[stub]!, file);
  const [first] = cells;
  const [, title, summary] = /^# +(.+)(?:\n\n((?:.+\n?)+))?/.exec(first?.source ?? "") ?? [];
  if (first?.kind !== "markdown" || title === undefined || summary === undefined) {
    throw new LessonError(
      file,
      1,
      'a lesson begins with a markdown cell: "# Title", a blank line, and a paragraph on what one learns.',
    );
  }
  return {
    path,
    file,
    name: file.replace(/\.ts$/, ""),
    title: title.trim(),
    summary: summary.trim().replace(/\s+/g, " "),
    lines: source.split("\n"),
    cells,
    exercises,
  };
}

function checkStub({ source, firstLine }: Cell, file: string): void {
  // Blank lines before it, so that an error names the line in the lesson.
  parseLesson("\n".repeat(firstLine - 1) + source, file);
}
