import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Exercise } from "../lesson/exercises.ts";
import type { Lesson } from "../lesson/lesson.ts";
import type { Failure, Output } from "../output.ts";
import { outputsByCell } from "./outputs.ts";
import { compileProgram, programOf } from "./program.ts";
import type { RunRecord } from "./recorder.ts";

/** What came of running a lesson once. */
export interface Run {
  /** Of each cell, by its index, in the order in which they came. */
  readonly outputs: readonly (readonly Output[])[];
  /** The error that ended it, and the cell that has it among its outputs. */
  readonly failure?: { readonly cell: number; readonly failure: Failure };
}

export interface ExecuteOptions {
  /** An exercise to run with its stub, up to its checks. */
  readonly attempt?: Exercise;
  /** After which a lesson is ended, in milliseconds. */
  readonly timeout?: number;
}

/** The same texts on every machine: no colours, one time zone, one language. */
const environment = {
  TZ: "UTC",
  LC_ALL: "C.UTF-8",
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
  NODE_OPTIONS: undefined,
};

/** Runs a lesson in a process of its own. An error in the lesson is an output like others, not thrown. */
export async function execute(lesson: Lesson, options: ExecuteOptions = {}): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "chainrule-lesson-"));
  try {
    const [program, record] = [join(folder, "program.js"), join(folder, "record.jsonl")];
    writeFileSync(program, compileProgram(programOf(lesson, options.attempt), lesson.path));
    const end = await runChild([lesson.path, program, record], options.timeout ?? 300_000);
    const lines = existsSync(record) ? readFileSync(record, "utf8").split("\n").slice(0, -1) : [];
    return outputsByCell(
      lesson,
      lines.map((line) => JSON.parse(line) as RunRecord),
      end,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How a process ended, and what it said past the recorder: errors of Node itself. */
async function runChild(args: readonly string[], timeout: number): Promise<string> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", "--import", loader, join(import.meta.dirname, "child.ts"), ...args],
    { env: { ...process.env, ...environment }, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, timeout);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.on("close", (code, signal) => resolve([code, signal])).on("error", reject);
  });
  clearTimeout(timer);
  if (isLate) return `it ran for more than ${timeout / 1000} s and was ended`;
  // What Node ends with when nothing is left to wait for, and yet an await is not over.
  if (code === 13) return "it awaits something that never comes";
  return `the process ended with ${signal ?? code}${said === "" ? "" : `: ${said.trim()}`}`;
}
