import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { studentProgram } from "../src/build/copyLesson.ts";
import { copiesFolder } from "../src/lesson/lesson.ts";
import { testLesson } from "./testLesson.ts";

const copy = join(copiesFolder, "95-copied-by-a-test.ts");
afterEach(() => rmSync(copy, { force: true }));

/** Runs the copy of a lesson with one exercise, `f` being what the student wrote. */
function runCopy(f: string, check = "same(f(), 2);") {
  const lesson = testLesson(`// %%
import assert from "node:assert/strict";
const same = (a: number, b: number) => assert.equal(a, b, \`f gives \${a}, wanted \${b}\`);
console.log("before");
// %% {"tags":["exercise"]}
// ${f}
// %% {"tags":["solution"]}
const f = () => 2;
// %% {"tags":["check"]}
${check}
console.log("after");
`);
  mkdirSync(copiesFolder, { recursive: true });
  const program = studentProgram(lesson);
  writeFileSync(copy, program);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", copy], {
    encoding: "utf8",
  });
  return { status, stdout, stderr, line: program.split("\n").indexOf(check) + 1 };
}

test("a check that fails is named with its exercise and line, without a stack", () => {
  const { line, ...end } = runCopy("const f = () => 1;");
  expect(end).toMatchObject({ status: 1, stdout: "before\n" });
  expect(end.stderr.split("\n")[0]).toBe(`Exercise 1 is not right yet, line ${line}: f gives 1, wanted 2`);
  expect(end.stderr).not.toMatch(/^ +at /m);
});

test("a check that holds says nothing", () => {
  expect(runCopy("const f = () => 2;")).toMatchObject({ status: 0, stdout: "before\nafter\n", stderr: "" });
});

test("an error of the student's own keeps its stack", () => {
  const { status, stderr } = runCopy('const f = () => { throw new TypeError("mine"); };');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^TypeError: mine\n {4}at f .*95-copied-by-a-test\.ts/);
});
