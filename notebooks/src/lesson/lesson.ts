import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { type Cell, parseLesson, splitCells } from "./cells.ts";
import { type Exercise, exercisesOf } from "./exercises.ts";
import { LessonError } from "./lessonError.ts";

/** One file of the course. */
export interface Lesson {
  /** The absolute path. */
  readonly path: string;
  /** The path from the folder of the lessons: `01-derivatives.ts`, of a copy `mine/01-derivatives.ts`. */
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
  /** Whether a student works in it. */
  readonly isCopy: boolean;
}

/** A lesson by what links need of it. */
export type LessonName = Pick<Lesson, "name" | "title">;

/** Where the lessons are. */
export const lessonsFolder: string = join(import.meta.dirname, "../..");
/** Not committed: copies of lessons that students work in. */
export const copiesFolder: string = join(lessonsFolder, "mine");

/** Paths of the lessons, in the order of the course. */
export function lessonPaths(folder: string = lessonsFolder): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => /^\d\d-[\w-]+\.ts$/.test(file));
  return files.sort().map((file) => join(folder, file));
}

/** The course by names and titles. What else is in the files is not looked at: no fault in one keeps another from its links. */
export function lessonNames(): readonly LessonName[] {
  return lessonPaths().map((path) => {
    const name = basename(path, ".ts");
    return { name, title: /^\/\/ # +(.+)$/m.exec(readFileSync(path, "utf8"))?.[1]?.trim() ?? name };
  });
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
  const file = relative(lessonsFolder, path).replaceAll("\\", "/");
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
    name: basename(path, ".ts"),
    title: title.trim(),
    summary: summary.trim().replace(/\s+/g, " "),
    lines: source.split("\n"),
    cells,
    exercises,
    isCopy: dirname(path) === copiesFolder,
  };
}

function checkStub({ source, firstLine }: Cell, file: string): void {
  // Blank lines before it, so that an error names the line in the lesson.
  parseLesson("\n".repeat(firstLine - 1) + source, file);
}
