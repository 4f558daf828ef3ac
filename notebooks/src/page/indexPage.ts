import type { Lesson } from "../lesson/lesson.ts";
import { documentHtml } from "./document.ts";
import { escapeHtml } from "./escape.ts";
import { markdownToHtml, type Targets } from "./markdown.ts";

/** A lesson as lists of the course have it. */
export type CourseEntry = Pick<Lesson, "name" | "title" | "summary" | "exercises">;

const targets: Targets = { href: (target) => target, src: (target) => target };

/** The course on one page. */
export function indexPage(course: readonly CourseEntry[]): string {
  const items = course.map(({ name, title, summary, exercises }) => {
    const solutions =
      exercises.length === 0
        ? ""
        : `<span>${exercises.length} ${exercises.length === 1 ? "exercise" : "exercises"}, <a href="solutions/${name}.html">solved</a></span>`;
    return `<li><h2><a href="${name}.html">${escapeHtml(title)}</a></h2>${markdownToHtml(summary, targets)}<p class="files">${solutions}<span>run it: <code>npx tsx notebooks/${name}.ts</code></span></p></li>`;
  });
  const summary = "Derivatives, the chain rule and neural networks, one runnable lesson at a time.";
  const body = `<main class="index">
<h1>The chainrule course</h1>
<p class="lead">${summary}</p>
<ol class="course">
${items.join("\n")}
</ol>
</main>`;
  return documentHtml({ title: "The chainrule course", summary, body, scripts: [] });
}
