import { AssertionError } from "node:assert";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { framesOf } from "./run/frames.ts";

/**
 * Has a program that fails a check of an exercise end with one message, which names the exercise and the line, and the
 * exit code 1. Other errors end it with their stack.
 *
 * @param url - of the program, whose checks begin with `// %% Exercise 1: check`
 * @example explainChecks(import.meta.url);
 */
export function explainChecks(url: string): void {
  process.on("uncaughtException", (error) => {
    console.error(failedCheck(error, fileURLToPath(url)) ?? error);
    process.exit(1);
  });
}

function failedCheck(error: Error, path: string): string | undefined {
  if (!(error instanceof AssertionError)) return undefined;
  const lines = readFileSync(path, "utf8").split("\n");
  for (const { path: file, line } of framesOf(error)) {
    const marker = file === path ? lines.slice(0, line).findLast((text) => text.startsWith("// %%")) : "";
    const exercise = /^\/\/ %% (Exercise \d+): check/.exec(marker ?? "")?.[1];
    if (exercise !== undefined) return `${exercise} is not right yet, line ${line}: ${error.message.trim()}`;
  }
  return undefined;
}
