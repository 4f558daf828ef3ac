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
import { untilExit } from "./untilExit.ts";

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
  readonly limit?: Limit;
  /** Ends the run, which throws then. */
  readonly signal?: AbortSignal | undefined;
}

/** How long a lesson may run. */
export interface Limit {
  readonly seconds: number;
  /** To whom it was too short. */
  readonly advice?: string;
}

/** The same texts on every machine: no colours, one time zone, one language. */
const environment = {
  TZ: "UTC",
  LC_ALL: "C.UTF-8",
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
  NODE_OPTIONS: undefined,
};

/**
 * Runs a lesson in a process of its own, which ends when this one does. An error in the lesson is an output like others,
 * not thrown.
 *
 * @throws the signal's reason once it is aborted
 */
export async function execute(lesson: Lesson, options: ExecuteOptions = {}): Promise<Run> {
  options.signal?.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), "chainrule-lesson-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const forget = untilExit(remove);
  try {
    const [program, record] = [join(folder, "program.js"), join(folder, "record.jsonl")];
    writeFileSync(program, compileProgram(programOf(lesson, options.attempt), lesson.path));
    const end = await runChild([lesson.path, program, record], options);
    const lines = existsSync(record) ? readFileSync(record, "utf8").split("\n").slice(0, -1) : [];
    return outputsByCell(
      lesson,
      lines.map((line) => JSON.parse(line) as RunRecord),
      end,
    );
  } finally {
    forget();
    remove();
  }
}

/** How a process ended, and what it said past the recorder: errors of Node itself. */
async function runChild(args: readonly string[], { limit, signal }: ExecuteOptions): Promise<string> {
  const { seconds, advice } = { seconds: 300, advice: "", ...limit };
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", "--import", loader, join(import.meta.dirname, "child.ts"), ...args],
    { env: { ...process.env, ...environment }, stdio: ["ignore", "ignore", "pipe"] },
  );
  const kill = () => child.kill("SIGKILL");
  const forget = untilExit(kill);
  signal?.addEventListener("abort", kill);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    kill();
  }, seconds * 1000);
  try {
    const [code, signalName] = await new Promise<[number | null, string | null]>((resolve, reject) => {
      child.on("close", (...end) => resolve(end)).on("error", reject);
    });
    signal?.throwIfAborted();
    if (isLate) return `it ran for more than ${seconds} s and was ended. ${advice}`.trim();
    // What Node ends with when nothing is left to wait for, and yet an await is not over.
    if (code === 13) return "it awaits something that never comes";
    return `the process ended with ${signalName ?? code}${said === "" ? "" : `: ${said.trim()}`}`;
  } finally {
    clearTimeout(timer);
    forget();
    signal?.removeEventListener("abort", kill);
  }
}
