import { type Drawn, drawer, type LayoutThread } from "./graphviz.ts";
import { startNodeThread } from "./nodeThread.ts";
import { startWebThread } from "./webThread.ts";

/** `"late"` if it took longer than it may. */
export type Outcome = Drawn | "late";

/** For where there is no thread to be had. */
const drawHere = drawer(async () => (await import("@viz-js/viz")).instance());

let thread: Promise<LayoutThread | undefined> | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Lays out DOT on one thread beside this, which the time limit ends. Where there is none to be had, as in bundles without
 * this package's files, it is done on this thread, and takes the time it takes.
 */
export function drawInTime(dot: string, milliseconds: number): Promise<Outcome> {
  const mine = last.then(() => drawNow(dot, milliseconds));
  last = mine.catch(() => undefined);
  return mine;
}

async function drawNow(dot: string, milliseconds: number): Promise<Outcome> {
  if ((await thread)?.isAlive() === false) thread = undefined;
  thread ??= isNode() ? startNodeThread() : startWebThread();
  const beside = await thread;
  if (beside === undefined) return await drawHere(dot);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    // setTimeout takes no more than 31 bits.
    timer = setTimeout(() => resolve("late"), Math.min(milliseconds, 2 ** 31 - 1));
  });
  const outcome = await Promise.race([beside.draw(dot), late]);
  clearTimeout(timer);
  if (outcome === "late" || "trap" in outcome) {
    thread = undefined;
    beside.end();
  }
  return outcome;
}

function isNode(): boolean {
  return typeof process !== "undefined" && process.versions?.node !== undefined;
}
