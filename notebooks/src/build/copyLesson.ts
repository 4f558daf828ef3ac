import { existsSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { isIn } from "../lesson/exercises.ts";
import { copiesFolder, type Lesson } from "../lesson/lesson.ts";
import { roleOf } from "../lesson/marker.ts";
import { repositoryRoot } from "../repositoryRoot.ts";
import { write } from "./course.ts";

const EXPLAIN = `// %% {"tags":["hide-input"]}
import { explainChecks } from "@chainrule/notebooks";

explainChecks(import.meta.url);
`;

/** For editors, and `npx tsc --noEmit -p notebooks/mine`. A stub uses its parameters only once it is filled in. */
const TYPES = `{
  "extends": "../../tsconfig.json",
  "compilerOptions": { "noUnusedLocals": false, "noUnusedParameters": false },
  "include": ["*.ts", "../../bench/*.d.ts"],
  "exclude": []
}
`;

/** The student's variant of a lesson as a program: stubs to fill in, no solutions. */
export function studentProgram({ cells, exercises }: Lesson): string {
  const parts = cells.flatMap((cell, i) => {
    if (!isIn("student", cell)) return [];
    const { kind, tags, source } = cell;
    if (kind === "markdown") {
      const lines = source.split("\n").map((line) => `// ${line}`.trimEnd());
      return [`// %% [markdown]\n${lines.join("\n")}\n`];
    }
    const number = exercises.findIndex(({ stub, checks }) => [stub, ...checks].includes(i)) + 1;
    const part = roleOf(cell) === "exercise" ? "your turn" : "check";
    const title = number === 0 ? "" : ` Exercise ${number}: ${part}`;
    const hidden = tags.includes("hide-input") ? ' {"tags":["hide-input"]}' : "";
    return [`// %%${title}${hidden}\n${source}\n`];
  });
  // The first is the title.
  return parts.toSpliced(1, 0, EXPLAIN).join("\n");
}

/**
 * Writes a copy for a student to work in.
 *
 * @returns its path, from the root
 * @throws Error if there is one already: it may hold work
 */
export function copyLesson(lesson: Lesson): string {
  const file = basename(lesson.path);
  const path = join(copiesFolder, file);
  const shown = relative(repositoryRoot, path);
  if (existsSync(path)) throw new Error(`${shown} is there already. Rename or delete it for a new copy.`);
  // The lesson says how to run it: so does the copy.
  write(path, studentProgram(lesson).replaceAll(`tsx notebooks/${file}`, `tsx ${shown}`));
  const types = join(copiesFolder, "tsconfig.json");
  if (!existsSync(types)) write(types, TYPES);
  return shown;
}
