// The commands: `npm run notebooks`, `npm run notebooks:check`, `npm run notebook 01`.
import { constants } from "node:os";
import { relative } from "node:path";
import { readLesson } from "../lesson/lesson.ts";
import { copyLesson } from "./copyLesson.ts";
import { buildCourse } from "./course.ts";
import { pagesFolder } from "./folders.ts";
import { isLessonName, pathOfLesson } from "./lessonName.ts";
import { buildOnce, watchOne } from "./oneLesson.ts";

const USAGE = `npm run notebooks               builds every lesson
npm run notebooks:check         runs every lesson and compares with what is committed
npm run notebook 01             builds one lesson, and again whenever it changes; the page reloads
npm run notebook 01 once        builds it once
npm run notebook 01 copy        makes a copy to do the exercises in: notebooks/mine/
npm run notebook mine/01        builds the copy, and again whenever it changes
npm run notebook 01 300         allows a run 300 seconds, not 60; so does npm run notebook 01 once 300`;

async function all(isCheck: boolean): Promise<void> {
  const faults = await buildCourse(isCheck, (line) => console.log(line));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log(`Open ${relative(process.cwd(), pagesFolder)}/index.html`);
}

async function main([command, name, ...rest]: readonly string[]): Promise<void> {
  const [, mode, seconds] = /^(once|copy)? ?([1-9]\d{0,4})?$/.exec(rest.join(" ")) ?? [undefined, "unknown"];
  const limit = seconds === undefined ? undefined : Number(seconds);
  if (command === "build" && name === undefined) await all(false);
  else if (command === "check" && name === undefined) await all(true);
  else if (command !== "one" || name === undefined || !isLessonName(name)) usage();
  else if (mode === undefined) await watchOne(name, limit);
  else if (mode === "once") process.exitCode = (await buildOnce(name, limit)).length > 0 ? 1 : 0;
  else if (mode === "copy" && limit === undefined) {
    const copy = copyLesson(readLesson(pathOfLesson(name)));
    console.log(`Work in ${copy}; run it by npx tsx ${copy}, or as a page by npm run notebook mine/${name}`);
  } else usage();
}

function usage(): void {
  console.error(USAGE);
  process.exitCode = 2;
}

// By way of exit, so that lessons that run end too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
}
try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
