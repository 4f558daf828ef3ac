import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, relative } from "node:path";
import { lessonPaths, lessonsFolder, readLesson } from "../lesson/lesson.ts";
import { driftOf } from "../notebook/drift.ts";
import { notebookText } from "../notebook/toNotebook.ts";
import { indexPage } from "../page/indexPage.ts";
import { repositoryRoot } from "../repositoryRoot.ts";
import { type BuiltLesson, buildLesson } from "./buildLesson.ts";
import { notebooksFolder, pagesFolder } from "./folders.ts";
import { withLessons } from "./readme.ts";

/**
 * Builds the whole course.
 *
 * @param isCheck - compares what is committed with what would be, and writes pages only
 * @param report - takes a line on each lesson
 * @returns what is wrong; nothing if all is well
 */
export async function buildCourse(
  isCheck: boolean,
  report: (line: string) => void,
): Promise<readonly string[]> {
  const lessons = lessonPaths().map((path) => readLesson(path));
  const faults: string[] = [];
  const built = await inParallel(lessons, async (lesson) => {
    const result = await buildLesson(lesson, { course: lessons });
    for (const [path, page] of result.pages) write(path, page);
    faults.push(...result.faults.map(({ message }) => message));
    if (result.faults.length === 0) faults.push(...keepNotebooks(result, isCheck));
    report(sizesOf(result));
    return result;
  });
  write(join(pagesFolder, "index.html"), indexPage(lessons));
  faults.push(...removeOrphans(built, isCheck));
  const readme = join(lessonsFolder, "README.md");
  const [old, made] = [readFileSync(readme, "utf8"), withLessons(readFileSync(readme, "utf8"), lessons)];
  if (isCheck && old !== made)
    faults.push("notebooks/README.md: the list of lessons has changed. Run npm run notebooks.");
  if (!isCheck && old !== made) write(readme, made);
  return faults.sort();
}

/** Writes notebooks that changed by more than measurements; in a check, says how they did. */
function keepNotebooks({ notebooks }: BuiltLesson, isCheck: boolean): readonly string[] {
  return [...notebooks].flatMap(([path, notebook]) => {
    const committed = existsSync(path) ? readFileSync(path, "utf8") : undefined;
    const drift = committed === undefined ? "it was never built" : driftOf(committed, notebook);
    if (drift === undefined) return [];
    if (!isCheck) write(path, notebookText(notebook));
    return isCheck
      ? [`${relative(repositoryRoot, path)}: ${drift}. If it should be so, run npm run notebooks.`]
      : [];
  });
}

/** Notebooks of lessons that are no more. */
function removeOrphans(built: readonly BuiltLesson[], isCheck: boolean): readonly string[] {
  if (!existsSync(notebooksFolder)) return [];
  const known = new Set(built.flatMap(({ notebooks }) => [...notebooks.keys()]));
  const files = readdirSync(notebooksFolder, { recursive: true, encoding: "utf8" });
  return files.flatMap((file) => {
    const path = join(notebooksFolder, file);
    if (!file.endsWith(".ipynb") || known.has(path)) return [];
    if (!isCheck) rmSync(path);
    return isCheck
      ? [`${relative(repositoryRoot, path)}: there is no such lesson. Run npm run notebooks.`]
      : [];
  });
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function sizesOf({ lesson, pages, notebooks, faults }: BuiltLesson): string {
  const kilobytes = (texts: readonly string[]) => {
    return texts.map((text) => Math.ceil(Buffer.byteLength(text) / 1024)).join(" + ");
  };
  const notebookTexts = [...notebooks.values()].map(notebookText);
  const state = faults.length === 0 ? "" : `  ${faults.length} at fault`;
  return `${lesson.name}: page ${kilobytes([...pages.values()])} KB, notebook ${kilobytes(notebookTexts)} KB${state}`;
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]!);
  };
  await Promise.all(Array.from({ length: Math.min(items.length, availableParallelism(), 4) }, worker));
  return results;
}
