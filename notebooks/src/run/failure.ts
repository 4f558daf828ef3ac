import { relative } from "node:path";
import { lessonsFolder } from "../lesson/lesson.ts";
import type { Failure } from "../output.ts";
import { framesOf } from "./frames.ts";

/** Frames of these say nothing about the lesson. */
const OURS = /\/notebooks\/src\/|\/node_modules\/|^node:|^<anonymous>$/;

/** What was thrown, with the calls in the lesson and the packages, by paths that are the same on every machine. */
export function failureOf(thrown: unknown, lessonPath: string): Failure {
  const error = thrown instanceof Error ? thrown : undefined;
  const frames = error === undefined ? [] : framesOf(error);
  const line = frames.find(({ path }) => path === lessonPath)?.line;
  return {
    kind: "failure",
    name: error?.name ?? "Thrown",
    message: error?.message ?? String(thrown),
    ...(line === undefined ? {} : { line }),
    trace: frames
      .filter(({ path }) => path === lessonPath || !OURS.test(path))
      .map(({ call, path, line, column }) => {
        const place = `${relative(lessonsFolder, path)}:${line}:${column}`;
        return call === "" ? `at ${place}` : `at ${call} (${place})`;
      }),
  };
}
