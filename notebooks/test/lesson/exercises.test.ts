import { expect, test } from "vitest";
import { studentProgram } from "../../src/build/copyLesson.ts";
import { lessonOf } from "../../src/lesson/lesson.ts";
import { programOf } from "../../src/run/program.ts";
import { testLesson } from "../testLesson.ts";

const exercise = `// %% {"tags":["exercise"]}
// const f = () => 1;

// %% {"tags":["solution"]}
const f = () => 2;

// %% {"tags":["check"]}
check(f() === 2);

// %%
more();
`;

test("an exercise is its stub, its solutions and its checks", () => {
  expect(testLesson(exercise).exercises).toEqual([{ stub: 1, solutions: [2], checks: [3] }]);
});

test("the lesson runs the solution; an attempt the stub, no farther than its check, on the same lines", () => {
  const lesson = testLesson(exercise);
  const solved = programOf(lesson).split("\n");
  const attempt = programOf(lesson, lesson.exercises[0]!).split("\n");
  expect(solved).toHaveLength(lesson.lines.length);
  expect(attempt).toHaveLength(lesson.lines.length);
  expect([solved[6], solved[9], solved[15]]).toEqual(["", "const f = () => 2;", "more();"]);
  expect([attempt[6], attempt[9], attempt[12], attempt[15]]).toEqual([
    "const f = () => 1;",
    "",
    "check(f() === 2);",
    "",
  ]);
});

test("a student's copy is a lesson without solutions, whose stubs run, and whose folded cells stay so", () => {
  const folded = exercise.replace("// %%\nmore", '// %% {"tags":["hide-input"]}\nmore');
  const copy = studentProgram(testLesson(folded));
  expect(copy).not.toContain("=> 2");
  const { cells } = lessonOf(copy, "/99-test.ts");
  expect(cells.map(({ title, tags, source }) => [title, tags[0], source])).toEqual([
    [undefined, undefined, "# A test\n\nYou learn nothing."],
    [undefined, "hide-input", expect.stringContaining("explainChecks(import.meta.url);")],
    ["Exercise 1: your turn", undefined, "const f = () => 1;"],
    ["Exercise 1: check", undefined, "check(f() === 2);"],
    [undefined, "hide-input", "more();"],
  ]);
});

test.each([
  ['// %% {"tags":["exercise"]}\n// f();\n', /:6: the exercise has no check/],
  ['// %% {"tags":["check"]}\nf();\n', /:6: a cell tagged check follows no exercise/],
  ['// %% {"tags":["exercise"]}\n// f();\n// %%\nf();\n', /:8: a cell tagged not at all follows exercise/],
  [
    '// %% {"tags":["exercise"]}\n// f(\n// %% {"tags":["solution"]}\n// %% {"tags":["check"]}\n',
    /:7: Unexpected token/,
  ],
])("%j is refused", (body, message) => {
  expect(() => testLesson(body)).toThrow(message);
});

test("a lesson begins with its title and what one learns", () => {
  expect(() => lessonOf("// %%\nf();\n", "/99-test.ts")).toThrow(/a lesson begins with a markdown cell/);
});
