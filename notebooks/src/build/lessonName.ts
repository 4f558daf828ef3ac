import { basename } from "node:path";
import { copiesFolder, lessonPaths, lessonsFolder } from "../lesson/lesson.ts";

const NAME = /^(mine\/)?(\d\d?)$/;

/** Where a lesson is, whatever comes after its number. */
export interface LessonPlace {
  readonly folder: string;
  /** `01-` */
  readonly prefix: string;
}

/** Whether it has the form of a lesson's name: `01`, or `mine/01` for the copy. */
export function isLessonName(name: string): boolean {
  return NAME.test(name);
}

export function placeOfLesson(name: string): LessonPlace {
  const [, mine, number = ""] = NAME.exec(name) ?? [];
  return { folder: mine === undefined ? lessonsFolder : copiesFolder, prefix: `${number.padStart(2, "0")}-` };
}

/**
 * The file of a lesson or of its copy.
 *
 * @throws Error if there is none
 */
export function pathOfLesson(name: string): string {
  const { folder, prefix } = placeOfLesson(name);
  const paths = lessonPaths(folder);
  const path = paths.find((path) => basename(path).startsWith(prefix));
  if (path !== undefined) return path;
  throw new Error(
    folder === lessonsFolder
      ? `There is no lesson ${name}. There are ${paths.map((path) => basename(path)).join(", ")}.`
      : `There is no copy ${name}. npm run notebook ${prefix.slice(0, 2)} copy makes one.`,
  );
}
