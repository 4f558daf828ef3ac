import { existsSync, readFileSync } from "node:fs";
import { extname, join, posix, relative } from "node:path";
import { lessonsFolder } from "../lesson/lesson.ts";
import { linksIn, type Targets } from "../page/markdown.ts";
import { dataAddress } from "../page/outputHtml.ts";
import { repositoryRoot } from "../repositoryRoot.ts";

const LESSON = /^(\d\d-[\w-]+)\.ts(#.*)?$/;

const pictureTypes: Readonly<Record<string, string>> = {
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
};

/** Whether a target is relative to the lesson. */
export function isRelative(target: string): boolean {
  return !/^([a-z][a-z\d+.-]*:|\/|#)/i.test(target);
}

/** The type of a picture by its name; undefined for what is none. */
export function pictureType(target: string): string | undefined {
  return pictureTypes[extname(target)];
}

/**
 * Links and pictures of a lesson in a page that is written to a folder: pictures become part of the page.
 *
 * @param lessons - where the pages of other lessons are, from that folder
 */
export function pageTargets(folder: string, lessons: "" | "../" = ""): Targets {
  return {
    href: (target) => (LESSON.test(target) ? lessons : "") + moved(target, folder, ".html"),
    src: (target) => {
      const path = join(lessonsFolder, target);
      const type = pictureType(target);
      return type !== undefined && isRelative(target) && existsSync(path)
        ? dataAddress(type, readFileSync(path))
        : target;
    },
  };
}

/** Rewrites the links of a lesson's text for a notebook in a folder. */
export function notebookRelink(folder: string): (markdown: string) => string {
  return (markdown) =>
    linksIn(markdown).reduce((text, { target }) => {
      return text.replaceAll(`](${target}`, `](${moved(target, folder, ".ipynb")}`);
    }, markdown);
}

function moved(target: string, folder: string, extension: string): string {
  const [, name, anchor = ""] = LESSON.exec(target) ?? [];
  if (name !== undefined) return `${name}${extension}${anchor}`;
  return isRelative(target) ? posix.join(relative(folder, lessonsFolder), target) : target;
}

/** Where a relative target of a lesson is, by its path in the repository; undefined if it is outside or nowhere. */
export function fileOf(target: string): string | undefined {
  const path = join(lessonsFolder, target.replace(/#.*/, ""));
  const inside = !relative(repositoryRoot, path).startsWith("..");
  return inside && existsSync(path) ? path : undefined;
}
