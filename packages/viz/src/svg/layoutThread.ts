import type { Worker } from "node:worker_threads";
import { type Drawn, draw } from "./graphviz.ts";

/** Graphviz recurses once for each rank: 20,000 of them need more than the usual 4 MB. */
const STACK_MB = 256;

/** `"late"` if it took longer than it may. */
export type Outcome = Drawn | "late";

let worker: Promise<Worker | undefined> | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Lays out DOT on one thread beside this, which the time limit ends. Where there are no such threads, as in browsers
 * and in bundles without this package's files, it is done on this thread, and takes the time it takes.
 */
export function drawInTime(dot: string, milliseconds: number): Promise<Outcome> {
  const mine = last.then(() => drawNow(dot, milliseconds));
  last = mine.catch(() => undefined);
  return mine;
}

async function drawNow(dot: string, milliseconds: number): Promise<Outcome> {
  worker ??= startWorker();
  const thread = await worker;
  if (thread === undefined) return await draw(dot);
  // The process waits for a picture that somebody waits for, and for no other.
  thread.ref();
  const outcome = await answer(thread, dot, milliseconds);
  thread.unref();
  if (outcome === "late" || "trap" in outcome) {
    forget();
    await thread.terminate();
  }
  return outcome;
}

function answer(thread: Worker, dot: string, milliseconds: number): Promise<Outcome> {
  return new Promise((resolve) => {
    // setTimeout takes no more than 31 bits.
    const timer = setTimeout(() => settle("late"), Math.min(milliseconds, 2 ** 31 - 1));
    const onMessage = (drawn: Drawn) => settle(drawn);
    const onError = (error: unknown) => settle({ trap: String(error) });
    const onExit = () => settle({ trap: "its thread ended" });
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      thread.off("message", onMessage).off("error", onError).off("exit", onExit);
      resolve(outcome);
    };
    thread.on("message", onMessage).on("error", onError).on("exit", onExit);
    thread.postMessage(dot);
  });
}

/** A thread that is ready; `undefined` where none can be had. */
async function startWorker(): Promise<Worker | undefined> {
  if (typeof process === "undefined" || process.versions?.node === undefined) return undefined;
  const threads = await import("node:worker_threads");
  const url = workerUrl();
  return await new Promise((resolve) => {
    const thread = new threads.Worker(url, { resourceLimits: { stackSizeMb: STACK_MB } });
    const giveUp = () => resolve(undefined);
    thread.once("error", giveUp).once("exit", giveUp);
    thread.once("message", () => {
      thread.off("error", giveUp).off("exit", giveUp);
      // An idle thread that ends is replaced at the next picture.
      thread.on("error", forget).on("exit", forget);
      thread.unref();
      resolve(thread);
    });
  });
}

function forget(): void {
  worker = undefined;
}

/** The file beside this one: JavaScript in the package, TypeScript in the sources. */
function workerUrl(): URL {
  const isSource = import.meta.url.endsWith(".ts");
  const file = new URL(`./layoutWorker.${isSource ? "ts" : "js"}`, import.meta.url);
  if (!isSource || Reflect.get(process.features, "typescript")) return file;
  // Node 20 does not read TypeScript, and a loader given to the process does not reach its threads.
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const start = `import { register } from ${loader}; register(); await import("${file}");`;
  return new URL(`data:text/javascript,${encodeURIComponent(start)}`);
}
