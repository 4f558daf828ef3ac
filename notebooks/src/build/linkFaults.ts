import { readFileSync } from "node:fs";
import type { Cell } from "../lesson/cells.ts";
import { type Lesson, readLesson } from "../lesson/lesson.ts";
import { LessonError } from "../lesson/lessonError.ts";
import { headingsIn, type Link, linksIn } from "../page/markdown.ts";
import { fileOf, isRelative, pictureType } from "./targets.ts";

/**
 * Links of a lesson that lead nowhere, and pictures without a description. Addresses elsewhere are not asked: what is
 * built must not depend on the network.
 */
export function linkFaults(lesson: Lesson): readonly LessonError[] {
  const texts = lesson.cells.filter(({ kind }) => kind === "markdown");
  const slugs = texts.flatMap(({ source }) => headingsIn(source).map(({ slug }) => slug));
  const links = texts.flatMap((cell) => linksIn(cell.source).map((link) => ({ cell, link })));
  const faults = links.flatMap(({ cell, link }) => {
    const fault = link.kind === "picture" ? pictureFault(link) : linkFault(link, slugs);
    return fault === undefined ? [] : [new LessonError(lesson.file, cell.firstLine + link.line, fault)];
  });
  return [...faults, ...texts.flatMap((cell) => twiceNamed(cell, slugs, lesson.file))];
}

function pictureFault({ target, text }: Link): string | undefined {
  if (text.trim() === "")
    return `the picture ${target} has no description. Write ![what one sees](${target}).`;
  if (!isRelative(target))
    return `the picture ${target} is not in the repository: pages must open without a network.`;
  if (pictureType(target) === undefined) return `${target} is no picture: SVG, PNG and JPEG are.`;
  return fileOf(target) === undefined
    ? `there is no picture ${target}. Paths start at notebooks/.`
    : undefined;
}

function linkFault({ target }: Link, slugs: readonly string[]): string | undefined {
  if (/^https?:\/\/./.test(target)) return undefined;
  if (target.startsWith("#")) return anchorFault(target, target.slice(1), slugs);
  if (!isRelative(target)) return `the link ${target} is neither in the repository nor on the web.`;
  const file = fileOf(target);
  if (file === undefined) return `the link ${target} leads nowhere. Paths start at notebooks/.`;
  const [, anchor] = target.split("#");
  return anchor === undefined ? undefined : anchorFault(target, anchor, slugsOf(file));
}

function anchorFault(target: string, anchor: string, slugs: readonly string[]): string | undefined {
  if (slugs.includes(decodeURIComponent(anchor))) return undefined;
  return `the link ${target} leads to no heading. There are: ${slugs.join(", ") || "none"}.`;
}

function slugsOf(file: string): readonly string[] {
  const texts = file.endsWith(".ts")
    ? readLesson(file).cells.flatMap(({ kind, source }) => (kind === "markdown" ? [source] : []))
    : [readFileSync(file, "utf8")];
  return texts.flatMap((text) => headingsIn(text).map(({ slug }) => slug));
}

function twiceNamed(
  { source, firstLine }: Cell,
  slugs: readonly string[],
  file: string,
): readonly LessonError[] {
  return headingsIn(source)
    .filter(({ slug }) => slugs.indexOf(slug) !== slugs.lastIndexOf(slug))
    .map(
      ({ text }) =>
        new LessonError(file, firstLine, `two headings read "${text}". Give each words of its own.`),
    );
}
