import type { Worker } from "node:worker_threads";
import type { Drawn, LayoutThread } from "./graphviz.ts";

/** Graphviz recurses once for each rank: 20,000 of them need more than the usual 4 MB. */
const STACK_MB = 256;

/** A thread of Node that is ready; `undefined` where none can be had. */
export async function startNodeThread(): Promise<LayoutThread | undefined> {
  const { Worker } = await import("node:worker_threads");
  const worker = new Worker(workerUrl(), { resourceLimits: { stackSizeMb: STACK_MB } });
  const isReady = await new Promise<boolean>((resolve) => {
    worker.once("message", () => resolve(true));
    worker.once("error", () => resolve(false)).once("exit", () => resolve(false));
  });
  if (!isReady) return undefined;
  let isAlive = true;
  // Without a listener an error of an idle thread would end the process.
  worker.on("error", () => undefined);
  worker.on("exit", () => {
    isAlive = false;
  });
  worker.unref();
  return {
    draw: (dot) => draw(worker, dot),
    isAlive: () => isAlive,
    end: () => void worker.terminate(),
  };
}

function draw(worker: Worker, dot: string): Promise<Drawn> {
  return new Promise((resolve) => {
    const onMessage = (drawn: Drawn) => settle(drawn);
    const onError = (error: unknown) => settle({ trap: String(error) });
    const onExit = () => settle({ trap: "its thread ended" });
    const settle = (drawn: Drawn) => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit).unref();
      resolve(drawn);
    };
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    // The process waits for a picture that somebody waits for, and for no other.
    worker.ref();
    worker.postMessage(dot);
  });
}

/** The file beside this one: JavaScript in the package, TypeScript in the sources. */
function workerUrl(): URL {
  const isSource = import.meta.url.endsWith(".ts");
  const file = new URL(`./nodeWorker.${isSource ? "ts" : "js"}`, import.meta.url);
  if (!isSource || Reflect.get(process.features, "typescript")) return file;
  // Node 20 does not read TypeScript, and a loader given to the process does not reach its threads.
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const start = `import { register } from ${loader}; register(); await import("${file}");`;
  return new URL(`data:text/javascript,${encodeURIComponent(start)}`);
}
