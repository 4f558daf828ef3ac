import type { Variant } from "../lesson/exercises.ts";
import type { Lesson } from "../lesson/lesson.ts";
import type { Run } from "../run/execute.ts";
import { cellsHtml } from "./cellHtml.ts";
import { type DocumentParts, documentHtml } from "./document.ts";
import { escapeHtml } from "./escape.ts";
import { headingsIn, type Targets } from "./markdown.ts";
import { scriptsIn } from "./policy.ts";

/** A lesson by what links need of it. */
export type LessonName = Pick<Lesson, "name" | "title">;

export interface LessonPageOptions {
  readonly variant: Variant;
  readonly targets: Targets;
  /** All lessons, in order. */
  readonly course: readonly LessonName[];
  readonly reload?: DocumentParts["reload"];
}

/** A lesson and a run of it as one HTML file. */
export function lessonPage(lesson: Lesson, run: Run, options: LessonPageOptions): string {
  const { variant, targets, course, reload } = options;
  const at = course.findIndex(({ name }) => name === lesson.name);
  const home = variant === "solution" ? "../index.html" : "index.html";
  const [opening = "", ...rest] = cellsHtml(lesson, run, variant, targets).split(/(?<=<\/section>)/);
  const body = `<header class="bar"><a href="${home}">chainrule course</a><span>Lesson ${at + 1} of ${course.length}${variant === "solution" ? ", with solutions" : ""}</span></header>
<main>
<article>
${opening}${contents(lesson)}${rest.join("")}
</article>
<nav class="turn" aria-label="Lessons">${turn(course[at - 1], "Before", "prev")}${turn(course[at + 1], "Next", "next")}</nav>
</main>`;
  const scripts = run.outputs.flat().flatMap((output) => {
    return output.kind === "display" ? scriptsIn(output.data["text/html"] ?? "") : [];
  });
  return documentHtml({
    title: lesson.title,
    summary: lesson.summary,
    body,
    scripts,
    ...(reload && { reload }),
  });
}

function contents({ cells }: Lesson): string {
  const texts = cells.filter(({ kind, tags }) => kind === "markdown" && tags.length === 0);
  const sections = texts.flatMap(({ source }) => headingsIn(source)).filter(({ level }) => level === 2);
  if (sections.length < 3) return "";
  const items = sections.map(
    ({ slug, text }) => `<li><a href="#${escapeHtml(slug)}">${escapeHtml(text)}</a></li>`,
  );
  return `<nav class="contents" aria-label="In this lesson"><ol>${items.join("")}</ol></nav>`;
}

function turn(lesson: LessonName | undefined, word: string, rel: "prev" | "next"): string {
  if (lesson === undefined) return "";
  return `<a rel="${rel}" href="${lesson.name}.html"><small>${word}</small>${escapeHtml(lesson.title)}</a>`;
}
