import { join } from "node:path";
import type { Variant } from "../lesson/exercises.ts";
import { type Lesson, lessonsFolder } from "../lesson/lesson.ts";
import { repositoryRoot } from "../repositoryRoot.ts";

/** Committed: notebooks with outputs, which GitHub shows. */
export const notebooksFolder: string = join(lessonsFolder, "built");
/** Not committed: pages, made from the same runs. */
export const pagesFolder: string = join(repositoryRoot, "out/notebooks");
/** Where the page of a lesson goes. */
export function pageFolder({ isCopy }: Lesson, variant: Variant): string {
  return isCopy ? join(pagesFolder, "mine") : variantFolder(pagesFolder, variant);
}

/** Where in one of these folders a variant of a lesson goes. */
export function variantFolder(folder: string, variant: Variant): string {
  return variant === "solution" ? join(folder, "solutions") : folder;
}
