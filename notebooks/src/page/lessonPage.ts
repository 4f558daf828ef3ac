import type { Variant } from "../lesson/exercises.ts";
import type { Lesson, LessonName } from "../lesson/lesson.ts";
import type { Run } from "../run/execute.ts";
import { cellsHtml } from "./cellHtml.ts";
import { type DocumentParts, documentHtml } from "./document.ts";
import { escapeHtml } from "./escape.ts";
import { headingsIn, type Targets } from "./markdown.ts";
import { scriptsIn } from "./policy.ts";

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
  const [opening = "", ...rest] = cellsHtml(lesson, run, variant, targets).split(/(?<=<\/section>)/);
  const body = `${barHtml(lesson, variant, at, course.length)}
<main>
<article>
${opening}${contents(lesson)}${rest.join("")}
</article>
${turns(at, course, lesson.isCopy ? "../" : "")}
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

function barHtml({ name, exercises, isCopy }: Lesson, variant: Variant, at: number, count: number): string {
  const isSolution = variant === "solution";
  const home = isCopy || isSolution ? "../index.html" : "index.html";
  const place = at < 0 ? "" : `Lesson ${at + 1} of ${count}${isCopy ? ", your copy" : ""}`;
  const other = (href: string, words: string) => `<a href="${href}">${words}</a>`;
  const otherVariant = isCopy
    ? other(`../${name}.html`, "The lesson")
    : isSolution
      ? other(`../${name}.html`, "Without solutions")
      : exercises.length > 0
        ? other(`solutions/${name}.html`, "With solutions")
        : "";
  return `<header class="bar">${other(home, "chainrule course")}<span>${place}${isSolution ? ", with solutions" : ""}</span>${otherVariant}</header>`;
}

/** Links to the lessons before and after. */
function turns(at: number, course: readonly LessonName[], folder: string): string {
  if (at < 0) return "";
  const turn = (lesson: LessonName | undefined, word: string, rel: "prev" | "next") =>
    lesson === undefined
      ? ""
      : `<a rel="${rel}" href="${folder}${lesson.name}.html"><small>${word}</small>${escapeHtml(lesson.title)}</a>`;
  return `<nav class="turn" aria-label="Lessons">${turn(course[at - 1], "Before", "prev")}${turn(course[at + 1], "Next", "next")}</nav>`;
}
