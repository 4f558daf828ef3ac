import { expect, test } from "vitest";
import { pageTargets } from "../../src/build/targets.ts";
import type { Lesson } from "../../src/lesson/lesson.ts";
import { lessonPage } from "../../src/page/lessonPage.ts";
import type { Run } from "../../src/run/execute.ts";
import { testLesson } from "../testLesson.ts";

const lesson = testLesson(`// %% {"tags":["hide-input"]}
import { a } from "a";
a();
// %% [markdown]
// The [next](02-graphs.ts).
// %% {"tags":["exercise"]}
// const f = 1;
// %% {"tags":["solution"]}
const f = 2;
// %% {"tags":["check","hide-input"]}
f;
`);
const quiet: Run = { outputs: lesson.cells.map(() => []) };
const course = [{ name: "98-before", title: "Before" }, lesson, { name: "99-zzz", title: "After" }];

function page(variant: "student" | "solution", of: Lesson = lesson, run = quiet): string {
  return lessonPage(of, run, { variant, course, targets: pageTargets("/out", of.isCopy ? "../" : "") });
}
const hrefs = (html: string) => Array.from(html.matchAll(/ href="([^"#:]*)"/g), ([, href]) => href);

test("each variant links to the other, to the course, and to its neighbours", () => {
  expect(hrefs(page("student"))).toEqual([
    "index.html",
    "solutions/99-test.html",
    "02-graphs.html",
    "98-before.html",
    "99-zzz.html",
  ]);
  expect(hrefs(page("solution"))).toEqual([
    "../index.html",
    "../99-test.html",
    "02-graphs.html",
    "98-before.html",
    "99-zzz.html",
  ]);
});

test("without exercises there is no other variant; a copy links out of its folder", () => {
  const plain = { ...lesson, exercises: [] };
  expect(hrefs(page("student", plain))).not.toContain("solutions/99-test.html");
  expect(hrefs(page("student", { ...plain, isCopy: true }))).toEqual([
    "../index.html",
    "../99-test.html",
    "../02-graphs.html",
    "../98-before.html",
    "../99-zzz.html",
  ]);
});

test("hide-input folds the code, but not that of the cell that failed; beside a role it keeps that", () => {
  const summaries = (html: string) =>
    Array.from(html.matchAll(/<summary>(.*?)<\/summary>/g), ([, words]) => words);
  expect(summaries(page("solution"))).toEqual(["Code: 2 lines", "Code: 1 line"]);
  expect(page("solution")).toMatch(
    /<section class="cell check" id="cell-06">.*?Exercise 1: check.*?<details>/,
  );
  const failure = { kind: "failure", name: "Error", message: "no", trace: [] } as const;
  const failed: Run = { ...quiet, failure: { cell: 1, failure } };
  expect(summaries(page("solution", lesson, failed))).toEqual(["Code: 1 line"]);
});
