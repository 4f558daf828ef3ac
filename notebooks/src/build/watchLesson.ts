import { readFileSync, watch } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { lessonsFolder } from "../lesson/lesson.ts";
import { repositoryRoot } from "../repositoryRoot.ts";
import { pagesFolder } from "./folders.ts";

/** In a page under watch: loads it again when the lesson was built again. */
export const reload = {
  script: `new EventSource("/events").onmessage = () => location.reload();`,
  connect: "'self'",
} as const;

/** Builds a page by its file's name, `01-derivatives.html`, from its sources as they are now. */
export type Rebuild = () => Promise<ReadonlyMap<string, string>>;

export interface Watch {
  readonly address: string;
  close(): void;
}

/**
 * Serves pages on this machine only, builds them again when a lesson or the packages change, and reloads them.
 *
 * @param rebuild - pages by their paths
 * @param first - of the page to open, its file's name
 */
export async function watchLesson(rebuild: Rebuild, first: string): Promise<Watch> {
  let pages = await rebuild();
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (path === "/events") {
      response
        .writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" })
        .flushHeaders();
      listeners.add(response);
      request.on("close", () => listeners.delete(response));
      return;
    }
    const page = pageAt(path === "/" ? first : path, pages);
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(page ?? "Not built. Run npm run notebooks.");
  });
  const stopWatching = onChange(async () => {
    pages = await rebuild();
    for (const listener of listeners) listener.write("data: built\n\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const close = () => {
    stopWatching();
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${first}`, close };
}

function pageAt(path: string, pages: ReadonlyMap<string, string>): string | undefined {
  const file = join(pagesFolder, normalize(`/${decodeURIComponent(path)}`));
  try {
    return pages.get(file) ?? (file.endsWith(".html") ? readFileSync(file, "utf8") : undefined);
  } catch {
    return undefined;
  }
}

/** Calls back once for a burst of changes, and not while it is at work. */
function onChange(work: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const later = (_: unknown, file: string | null) => {
    if (file === null || !/\.(ts|css|svg|png)$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(work);
    }, 150);
  };
  const sources = ["core", "nn", "viz"].map((name) => join(repositoryRoot, "packages", name, "src"));
  const watchers = [
    watch(lessonsFolder, later),
    ...sources.map((folder) => watch(folder, { recursive: true }, later)),
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
