import type { LessonPlace } from "./lessonName.ts";
import { onChange } from "./onChange.ts";
import { type PageServer, type Status, servePages } from "./pageServer.ts";

/** What came of a build: pages by their paths, and what is wrong. */
export interface WatchedBuild {
  readonly pages: ReadonlyMap<string, string>;
  readonly faults: Status["faults"];
}

/** Builds pages from their sources as they are now; may throw once the signal is aborted, and at no other time. */
export type Rebuild = (signal: AbortSignal) => Promise<WatchedBuild>;

/**
 * Serves pages on this machine only, and builds them again when the lesson or the packages change: a change ends the build
 * that is under way. Where a build has faults, pages that it could not make stay as they were.
 */
export async function watchLesson(
  rebuild: Rebuild,
  place: LessonPlace,
): Promise<Pick<PageServer, "address" | "close">> {
  const server = await servePages();
  let pages: ReadonlyMap<string, string> = new Map();
  let current = new AbortController();
  const build = async () => {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    server.tell({ isRunning: true, faults: [] });
    try {
      const built = await rebuild(signal);
      if (signal.aborted) return;
      pages = built.faults.length === 0 ? built.pages : new Map([...pages, ...built.pages]);
      if (built.pages.size > 0) server.show(pages);
      server.tell({ isRunning: false, faults: built.faults });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  };
  const stopWatching = onChange(place, build);
  void build();
  const close = () => {
    stopWatching();
    current.abort();
    server.close();
  };
  return { address: server.address, close };
}
