import { describe, expect, test } from "vitest";
import { buildLesson } from "../../src/build/buildLesson.ts";
import { notebooksFolder, pagesFolder } from "../../src/build/folders.ts";
import { linkFaults } from "../../src/build/linkFaults.ts";
import { withLessons } from "../../src/build/readme.ts";
import { stubFaults } from "../../src/build/stubFaults.ts";
import { notebookRelink, pageTargets } from "../../src/build/targets.ts";
import { testLesson } from "../testLesson.ts";

test.each([
  ["[there](01-derivatives.ts)", undefined],
  ["[there](01-derivatives.ts#the-chain-rule)", undefined],
  ["[there](../docs/architecture.md)", undefined],
  ["[there](https://example.org)", undefined],
  ["[here](#a-test)", undefined],
  ["[gone](99-gone.ts)", "99-test.ts:8: the link 99-gone.ts leads nowhere"],
  ["[gone](01-derivatives.ts#nowhere)", "leads to no heading"],
  ["[gone](#nowhere)", "the link #nowhere leads to no heading. There are: a-test"],
  ["[out](../../../etc/passwd)", "leads nowhere"],
  ["[out](/etc/passwd)", "neither in the repository nor on the web"],
  ["[out](mailto:a@example.org)", "neither in the repository nor on the web"],
  ["![](x.png)", "has no description"],
  ["![a plot](x.png)", "there is no picture x.png"],
  ["![a plot](https://example.org/x.png)", "pages must open without a network"],
  ["![a plot](README.md)", "is no picture"],
  ["# A test", 'two headings read "A test"'],
])("%s: %s", (markdown, fault) => {
  const faults = linkFaults(testLesson(`// %% [markdown]\n// text\n// ${markdown}\n`)).map(
    ({ message }) => message,
  );
  if (fault === undefined) expect(faults).toEqual([]);
  else expect(faults.join("\n")).toContain(fault);
});

test("links lead from where the page or notebook is", () => {
  const { href } = pageTargets(pagesFolder);
  expect(href("02-next.ts#part")).toBe("02-next.html#part");
  expect(href("../docs/architecture.md")).toBe("../../docs/architecture.md");
  expect(href("#part")).toBe("#part");
  const relink = notebookRelink(notebooksFolder);
  expect(relink("[a](02-next.ts) ![b](x.png) [c](https://example.org)")).toBe(
    "[a](02-next.ipynb) ![b](../x.png) [c](https://example.org)",
  );
});

describe.concurrent("an exercise", () => {
  const faultsOf = async (stub: string, check: string) => {
    const body = `// %% {"tags":["exercise"]}\n// ${stub}\n// %% {"tags":["solution"]}\nconst f = () => 2;\n// %% {"tags":["check"]}\n${check}\n`;
    return (await stubFaults(testLesson(body))).map(({ message }) => message).join("\n");
  };
  const check = "if (f() !== 2) throw new Error('not yet');";

  test.each([
    ["a stub that fails its check is right", "const f = () => 1;", check, /^$/],
    [
      "a stub that throws when called is right",
      "const f = (): number => { throw new Error(); };",
      check,
      /^$/,
    ],
    [
      "a check that passes with the stub proves nothing",
      "const f = () => 1;",
      "f();",
      /:6: exercise 1: its checks pass/,
    ],
    [
      "a stub must run by itself",
      "const f = missing;",
      check,
      /:6: exercise 1: with the stub the cell in line 6 fails \(ReferenceError/,
    ],
  ])("%s", async (_, stub, check, fault) => {
    expect(await faultsOf(stub, check)).toMatch(fault);
  });

  test("a failing solution, a bad formula and a broken link are all named with their lines", async () => {
    const lesson = testLesson(
      `// %% [markdown]\n// $\\frac{1$ [gone](gone.md)\n// %%\nconsole.log("kept");\n// %%\nnull!.x;\n`,
    );
    const { faults, run } = await buildLesson(lesson, { course: [lesson] });
    expect(run.outputs[2]).toHaveLength(1);
    const messages = faults.map(({ message }) => message).join("\n");
    expect(messages).toMatch(/99-test\.ts:11: TypeError: Cannot read properties of null/);
    expect(messages).toMatch(/99-test\.ts:7: the link gone\.md leads nowhere/);
    expect(messages).toMatch(/99-test\.ts:6: KaTeX parse error/);
  });
});

test("a check that fails in a student's copy is named by its exercise", async () => {
  const lesson = testLesson(
    '// %%\nimport assert from "node:assert/strict";\n// %% Exercise 2: check\nassert(false, "not 2");\n',
  );
  const { faults } = await buildLesson(lesson, { course: [], notebooks: false });
  expect(faults).toMatchObject([
    { message: "notebooks/99-test.ts:8: Exercise 2 is not right yet: not 2", cell: 2 },
  ]);
});

test("the README lists the lessons", () => {
  const readme = withLessons("a\n<!-- lessons -->\nold\n<!-- /lessons -->\nb", [testLesson("")]);
  expect(readme).toContain("- 99 [A test](built/99-test.ipynb): You learn nothing.");
  expect(readme).not.toContain("old");
  expect(() => withLessons("a", [])).toThrow(/no place for the lessons/);
});
