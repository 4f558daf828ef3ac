import { watch } from "node:fs";
import { join } from "node:path";
import { lessonsFolder } from "../lesson/lesson.ts";
import { repositoryRoot } from "../repositoryRoot.ts";
import type { LessonPlace } from "./lessonName.ts";

/**
 * Calls back once for a burst of changes in a lesson, in pictures, or in the packages.
 *
 * @returns what ends it
 */
export function onChange({ folder, prefix }: LessonPlace, work: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const follow = (folder: string, isOurs: (file: string) => boolean, recursive = false) =>
    watch(folder, { recursive }, (_, file) => {
      if (file === null || !isOurs(file)) return;
      clearTimeout(timer);
      timer = setTimeout(work, 150);
    });
  const watchers = [
    follow(folder, (file) => file.startsWith(prefix) && file.endsWith(".ts")),
    follow(lessonsFolder, (file) => /\.(svg|png|jpg)$/.test(file)),
    ...["core", "nn", "viz"].map((name) =>
      follow(join(repositoryRoot, "packages", name, "src"), (file) => /\.(ts|css)$/.test(file), true),
    ),
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
