import type { Drawn, LayoutThread } from "./graphviz.ts";

/**
 * A worker of a browser that is ready; `undefined` where none can be had: in old browsers, under a content policy that
 * forbids it, and where a bundler left its file out.
 */
export async function startWebThread(): Promise<LayoutThread | undefined> {
  const worker = newWorker();
  if (worker === undefined) return undefined;
  if ((await answer(worker)) === "ready") {
    return { draw: (dot) => draw(worker, dot), isAlive: () => true, end: () => worker.terminate() };
  }
  worker.terminate();
  return undefined;
}

function newWorker(): Worker | undefined {
  try {
    // In these words bundlers find the file, and put it where the page finds it.
    return new Worker(new URL("./webWorker.js", import.meta.url), { type: "module" });
  } catch {
    return undefined;
  }
}

async function draw(worker: Worker, dot: string): Promise<Drawn> {
  worker.postMessage(dot);
  return (await answer(worker)) as Drawn;
}

/** The next message of a worker; a trap if it fails. */
function answer(worker: Worker): Promise<unknown> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve({ trap: message ?? "its thread ended" });
    worker.onmessageerror = () => resolve({ trap: "its answer could not be read" });
  });
}
