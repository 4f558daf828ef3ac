import { relative } from "node:path";
import { cellAt, cellId } from "../lesson/cells.ts";
import { lessonNames, readLesson } from "../lesson/lesson.ts";
import { LessonError } from "../lesson/lessonError.ts";
import { reload } from "../page/reload.ts";
import { repositoryRoot } from "../repositoryRoot.ts";
import type { Limit } from "../run/execute.ts";
import { type BuiltLesson, buildLesson } from "./buildLesson.ts";
import { write } from "./course.ts";
import { pathOfLesson, placeOfLesson } from "./lessonName.ts";
import { terminalText } from "./terminalText.ts";
import { unbuiltPages } from "./unbuiltPages.ts";
import { type WatchedBuild, watchLesson } from "./watchLesson.ts";

/** Builds a lesson's pages, prints its text and what is wrong with it. */
export async function buildOnce(name: string, seconds = 60): Promise<readonly Error[]> {
  const course = lessonNames();
  const options = { course, notebooks: false, limit: limitOf(`${name} once`, seconds) };
  const { pages, faults, run } = await buildLesson(readLesson(pathOfLesson(name)), options);
  process.stdout.write(terminalText(run));
  for (const { message } of faults) console.error(message);
  for (const [file, page] of [...unbuiltPages(course), ...pages]) write(file, page);
  console.log([...pages.keys()].map((file) => relative(repositoryRoot, file)).join("\n"));
  return faults;
}

/** Serves a lesson's page and builds it again whenever it changes, until this process ends. */
export async function watchOne(name: string, seconds = 60): Promise<void> {
  pathOfLesson(name);
  const { address } = await watchLesson((signal) => rebuild(name, seconds, signal), placeOfLesson(name));
  console.log(`Open ${address}; it reloads when the lesson changes. Ctrl+C ends it.`);
}

async function rebuild(name: string, seconds: number, signal: AbortSignal): Promise<WatchedBuild> {
  const time = new Date().toLocaleTimeString("en-GB");
  console.log(`${time} lesson ${name}: running…`);
  let built: BuiltLesson;
  try {
    const lesson = readLesson(pathOfLesson(name));
    const limit = limitOf(name, seconds);
    const options = { course: lessonNames(), notebooks: false, prove: false, limit, signal, reload };
    built = await buildLesson(lesson, options);
  } catch (error) {
    if (signal.aborted) throw error;
    // While somebody writes, a lesson is often none for a moment.
    const { message } = error as Error;
    console.error(message);
    return { pages: new Map(), faults: [{ message }] };
  }
  const { run, pages, faults } = built;
  process.stdout.write(terminalText(run));
  for (const { message } of faults) console.error(message);
  if (faults.length === 0) console.log("The page is up to date.");
  return { pages, faults: faults.map((fault) => ({ message: fault.message, ...cellOf(fault, built) })) };
}

function cellOf(fault: Error, { lesson }: BuiltLesson): { readonly cell?: string } {
  if (!(fault instanceof LessonError)) return {};
  const index = fault.cell ?? cellAt(lesson.cells, fault.line);
  return index === undefined ? {} : { cell: cellId(index) };
}

function limitOf(words: string, seconds: number): Limit {
  const advice = `If it is no endless loop, allow it more: npm run notebook ${words} ${10 * seconds}`;
  return { seconds, advice };
}
