// The process in which one lesson runs: lesson, program and record are files named on its command line.
import { openSync } from "node:fs";
import { register } from "node:module";
import { pathToFileURL } from "node:url";
import { failureOf } from "./failure.ts";
import { Recorder } from "./recorder.ts";

const [lessonPath, programPath, recordPath] = process.argv.slice(2) as [string, string, string];
const lesson: string = pathToFileURL(lessonPath).href;
register("./cellHook.ts", import.meta.url, { data: { url: lesson, programPath } });
// As `npx tsx lesson.ts` would have it.
process.argv.splice(1, Number.POSITIVE_INFINITY, lessonPath);

const recorder = new Recorder(openSync(recordPath, "a"));
// Node throws away what comes after the first uncaught error, too.
process.on("uncaughtException", (error) => {
  recorder.record(failureOf(error, lessonPath));
  process.exit(1);
});

let isLoaded = false;
process.on("beforeExit", () => {
  if (isLoaded) recorder.write({ end: true });
});
try {
  await import(lesson);
  isLoaded = true;
} catch (error) {
  recorder.recordEnd(failureOf(error, lessonPath));
  process.exit(1);
}
