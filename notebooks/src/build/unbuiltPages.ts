import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LessonName } from "../lesson/lesson.ts";
import { unbuiltPage } from "../page/unbuiltPage.ts";
import { pagesFolder, variantFolder } from "./folders.ts";

/** For each page of the course that is not there, by its path, one that says so: no link leads nowhere. */
export function unbuiltPages(
  course: readonly LessonName[],
  folder: string = pagesFolder,
): ReadonlyMap<string, string> {
  const lessons = course.flatMap(({ name }) => [
    join(folder, `${name}.html`),
    join(variantFolder(folder, "solution"), `${name}.html`),
  ]);
  const missing = [join(folder, "index.html"), ...lessons].filter((path) => !existsSync(path));
  return new Map(missing.map((path) => [path, unbuiltPage()]));
}
