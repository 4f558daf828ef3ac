import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { isIn } from "../lesson/exercises.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { repositoryRoot } from "../repositoryRoot.ts";
import { write } from "./course.ts";
import { copiesFolder } from "./folders.ts";

/** The student's variant of a lesson as a program: stubs to fill in, no solutions. */
export function studentProgram({ cells }: Lesson): string {
  const parts = cells
    .filter((cell) => isIn("student", cell))
    .map(({ kind, source }) => {
      if (kind === "code") return `// %%\n${source}\n`;
      const lines = source.split("\n").map((line) => `// ${line}`.trimEnd());
      return `// %% [markdown]\n${lines.join("\n")}\n`;
    });
  return parts.join("\n");
}

/**
 * Writes a copy for a student to work in.
 *
 * @returns its path, from the root
 * @throws Error if there is one already: it may hold work
 */
export function copyLesson(lesson: Lesson): string {
  const path = join(copiesFolder, lesson.file);
  const shown = relative(repositoryRoot, path);
  if (existsSync(path)) throw new Error(`${shown} is there already. Rename or delete it for a new copy.`);
  // The lesson says how to run it: so does the copy.
  write(path, studentProgram(lesson).replaceAll(`tsx notebooks/${lesson.file}`, `tsx ${shown}`));
  return shown;
}
