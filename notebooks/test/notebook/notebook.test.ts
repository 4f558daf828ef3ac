import { expect, test } from "vitest";
import { driftOf } from "../../src/notebook/drift.ts";
import { notebookText, toNotebook } from "../../src/notebook/toNotebook.ts";
import { notebookFaults } from "../../src/notebook/validate.ts";
import type { Output } from "../../src/output.ts";
import { testLesson } from "../testLesson.ts";

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20pt" height="10pt"><rect width="9" height="9"/></svg>';
const lesson = testLesson(`// %%
f();
// %% {"tags":["exercise"]}
// const g = 1;
// %% {"tags":["solution"]}
const g = 2;
// %% {"tags":["check"]}
check(g);
`);
const outputs = (words: string, time = "3 ms"): readonly (readonly Output[])[] => [
  [],
  [
    { kind: "stream", name: "stdout", text: `${words}\nmore\n` },
    { kind: "display", data: { "image/svg+xml": svg }, description: "a square" },
    { kind: "display", data: { "text/html": "<p>page</p>", "image/svg+xml": svg }, description: "a page" },
    { kind: "display", data: { "text/plain": time }, description: "", measured: true },
    { kind: "failure", name: "Error", message: "no", line: 7, trace: ["at f"] },
  ],
  [],
  [{ kind: "stream", name: "stderr", text: "of the solution" }],
  [],
];
const make = (words: string, time?: string, variant: "student" | "solution" = "solution") =>
  toNotebook(lesson, { outputs: outputs(words, time) }, variant, (text) => text);

test("notebooks are valid, and what is no notebook is not", async () => {
  const notebook = await make("words");
  expect(notebookFaults(notebook)).toEqual([]);
  expect(notebookFaults(await make("words", "", "student"))).toEqual([]);
  expect(notebookFaults({ ...notebook, nbformat: 3 })).not.toEqual([]);
  expect(notebookFaults({ ...notebook, cells: [{ cell_type: "code" }] })).not.toEqual([]);
  expect(notebookFaults({ ...notebook, cells: [...notebook.cells, notebook.cells[0]] })[0]).toMatch(
    /the id cell-01/,
  );
});

test("pictures are there as SVG, PNG and words; pages by their picture", async () => {
  const { cells } = await make("words");
  const [, code] = cells;
  const shown = code?.cell_type === "code" ? code.outputs.slice(1, 3) : [];
  expect(shown).toHaveLength(2);
  for (const output of shown) {
    const { data, metadata } = output as Extract<typeof output, { output_type: "display_data" }>;
    expect(Object.keys(data).sort()).toEqual(["image/png", "image/svg+xml", "text/plain"]);
    expect(Buffer.from(String(data["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
    expect(metadata["image/png"]?.alt).toMatch(/^a (square|page)$/);
  }
});

test("a student's notebook holds the stub and the check, without outputs", async () => {
  const { cells } = await make("words", "", "student");
  const rest = cells.slice(2);
  expect(rest.map(({ source }) => source.join(""))).toEqual(["const g = 1;", "check(g);"]);
  expect(rest.map((cell) => cell.cell_type === "code" && cell.execution_count)).toEqual([null, null]);
  expect(JSON.stringify(cells)).not.toContain("of the solution");
});

test("the text is that of the same run, byte for byte, and drift is told from measurement", async () => {
  const committed = notebookText(await make("words"));
  expect(driftOf(committed, await make("words"))).toBeUndefined();
  expect(driftOf(committed, await make("words", "9 ms"))).toBeUndefined();
  expect(driftOf(committed, await make("Words"))).toBe(
    'the output of cell-02 has changed: committed "words", now "Words"',
  );
  expect(driftOf(committed, await make("words", "", "student"))).toMatch(/cell/);
  expect(driftOf(committed.replace("f();", "F();"), await make("words"))).toMatch(/the text of cell-02/);
  expect(driftOf(JSON.stringify(JSON.parse(committed)), await make("words"))).toMatch(/another form/);
  expect(driftOf("", await make("words"))).toMatch(/no JSON/);
  const old = committed.replace(/"image\/png": "[^"]{20}/, '"image/png": "AAAAAAAAAAAAAAAAAAAA');
  expect(driftOf(old, await make("words"))).toMatch(/image\/png with hash/);
});
