// The commands: `npm run notebooks`, `npm run notebooks:check`, `npm run notebook 01`.
import { basename, relative } from "node:path";
import { lessonPaths, readLesson } from "../lesson/lesson.ts";
import { repositoryRoot } from "../repositoryRoot.ts";
import { type BuiltLesson, buildLesson } from "./buildLesson.ts";
import { copyLesson } from "./copyLesson.ts";
import { buildCourse, write } from "./course.ts";
import { pagesFolder } from "./folders.ts";
import { terminalText } from "./terminalText.ts";
import { reload, watchLesson } from "./watchLesson.ts";

const USAGE = `npm run notebooks               builds every lesson
npm run notebooks:check         runs every lesson and compares with what is committed
npm run notebook 01             builds one lesson, and again whenever it changes; the page reloads
npm run notebook 01 once        builds it once
npm run notebook 01 copy        makes a copy to do the exercises in: notebooks/mine/`;

async function all(isCheck: boolean): Promise<void> {
  const faults = await buildCourse(isCheck, (line) => console.log(line));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log(`Open ${relative(process.cwd(), pagesFolder)}/index.html`);
}

async function one(number: string, mode: string | undefined): Promise<void> {
  const path = lessonPaths().find((path) => path.includes(`/${number.padStart(2, "0")}-`));
  if (path === undefined) {
    throw new Error(
      `There is no lesson ${number}. There are ${lessonPaths()
        .map((path) => basename(path))
        .join(", ")}.`,
    );
  }
  if (mode === "copy") {
    const copy = copyLesson(readLesson(path));
    console.log(`Work in ${copy}; run it by npx tsx ${copy}`);
  } else if (mode === "once") {
    const { pages, faults } = await build(path);
    for (const [file, page] of pages) write(file, page);
    console.log([...pages.keys()].map((file) => relative(repositoryRoot, file)).join("\n"));
    if (faults.length > 0) process.exitCode = 1;
  } else {
    const { file } = readLesson(path);
    const rebuild = async () => (await build(path, true)).pages;
    const { address } = await watchLesson(rebuild, file.replace(/ts$/, "html"));
    console.log(`Open ${address}; it reloads when the lesson changes. Ctrl+C ends it.`);
  }
}

/** Builds a lesson and prints its text, and what is wrong with it. */
async function build(path: string, isWatched = false): Promise<Pick<BuiltLesson, "pages" | "faults">> {
  try {
    const course = lessonPaths().map((path) => readLesson(path));
    const built = await buildLesson(readLesson(path), {
      course,
      prove: !isWatched,
      ...(isWatched && { reload }),
    });
    process.stdout.write(terminalText(built.run));
    for (const { message } of built.faults) console.error(message);
    return built;
  } catch (error) {
    if (!isWatched) throw error;
    // While somebody writes, a lesson is often none for a moment.
    console.error((error as Error).message);
    return { pages: new Map(), faults: [error as Error] };
  }
}

const [command, number, mode, ...rest] = process.argv.slice(2);
const isKnownMode = mode === undefined || mode === "once" || mode === "copy";
try {
  if (command === "build" && number === undefined) await all(false);
  else if (command === "check" && number === undefined) await all(true);
  else if (command === "one" && /^\d\d?$/.test(number ?? "") && isKnownMode && rest.length === 0)
    await one(number!, mode);
  else {
    console.error(USAGE);
    process.exitCode = 2;
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
