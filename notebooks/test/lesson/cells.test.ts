import { expect, test } from "vitest";
import { splitCells } from "../../src/lesson/cells.ts";

const sources = (text: string) => splitCells(text, "99-test.ts").map(({ source }) => source);

test("cells have their kind, tags, lines and source", () => {
  const text = '// %% [markdown]\n// # Title\n//\n//   - item\n\n// %% {"tags":["check"]}\n\nconst x = 1;\n';
  expect(splitCells(text, "99-test.ts")).toEqual([
    { kind: "markdown", tags: [], line: 1, firstLine: 2, source: "# Title\n\n  - item" },
    { kind: "code", tags: ["check"], line: 6, firstLine: 8, source: "const x = 1;" },
  ]);
});

const marker = "// %%";
const hostile: readonly (readonly [string, string])[] = [
  ["a template", `const s = \`\n${marker}\n\`;`],
  ["a template in a template", `const s = \`\${\`\n${marker}\n\`}\n${marker}\n\`;`],
  ["a string", `const s = "a\\\n${marker}";`],
  ["a block comment", `/*\n${marker}\n*/ f();`],
  ["a function", `function f() {\n${marker}\n}`],
  ["an arrow function", `const f = () => {\n${marker}\n};`],
  ["a class", `class A {\n${marker}\n  x = 1;\n}`],
  ["a block", `{\n${marker}\n}`],
  ["an argument list", `f(\n${marker}\n1);`],
  ["an expression", `const x = 1 +\n${marker}\n2;`],
  ["a chain", `f()\n${marker}\n.g();`],
  ["a type", `interface A {\n${marker}\n  x: number;\n}`],
  ["an import", `import {\n${marker}\n  a,\n} from "a";`],
  ["the end of a line", `f(); ${marker}\ng();`],
  ["an indented line", `f();\n  ${marker}\ng();`],
  ["a line after a regex with a backtick", `const r = /\`/;\nconst s = \`\n${marker}\n\`;`],
  ["a line after a regex with quotes", `const r = /["'/*]/.test("'");\nfunction f() {\n${marker}\n}`],
];

test.each(hostile)("a marker in %s is none", (_, code) => {
  expect(sources(`// %%\n${code}\n// %%\nlast();\n`)).toEqual([code, "last();"]);
});

test("a marker after a regex with a backtick is one", () => {
  expect(sources("// %%\nconst r = /`/;\n// %%\nconst s = /`/;")).toEqual([
    "const r = /`/;",
    "const s = /`/;",
  ]);
});

test.each([
  ["// %% markdown\n", /:1: .* looks like a marker/],
  ["// %%\n// %%foo\n", /:2: .* looks like a marker/],
  ['// %% {"tags":["solutoin"]}\n', /:1: cannot read the tags/],
  ['// %% {"tags":["check","solution"]}\n', /one to a cell/],
  ['// %% {"tags":["hide-input","hide-input"]}\n', /cannot read the tags/],
  ['// %% [markdown] {"tags":["hide-input"]}\n// text\n', /no code to hide/],
  ["// %% {tags}\n", /cannot read the tags/],
  ["const x = 1;\n// %%\n", /:1: no cell begins here/],
  ["const x = 1;\n", /:1: no cell begins here/],
  ["// %% [markdown]\n// text\nconst x = 1;\n", /:3: code in a markdown cell/],
  ['// %% {"tags":["exercise"]}\n// ok\nconst x = 1;\n', /:3: code in a stub/],
  ["// %%\nconst x = ;\n", /notebooks\/99-test\.ts:2: Unexpected token/],
])("%j is refused, naming the line", (text, message) => {
  expect(() => sources(text)).toThrow(message);
});
