import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "@chainrule/core";
import * as nn from "@chainrule/nn";
import * as viz from "@chainrule/viz";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

interface Example {
  readonly at: string;
  readonly statements: string;
  readonly expression: string;
  readonly expected: string;
}

/** The examples in the docstrings of a file: statements, then `expression // expected`. */
function examplesOf(file: string): Example[] {
  const source = readFileSync(join(root, file), "utf8");
  return Array.from(source.matchAll(/\/\*\*[\s\S]*?\*\//g)).flatMap(({ 0: comment, index }) => {
    const body = /@example\s([\s\S]*?)(?=\n\s*\* @|\s*\*\/)/.exec(comment)?.[1];
    if (body === undefined) return [];
    const [code = "", expected = ""] = body
      .replace(/^\s*\*? ?/gm, "")
      .trim()
      .split(/ \/\/ (?=[^\n]*$)/);
    const last = Math.max(code.lastIndexOf("; "), code.lastIndexOf("\n")) + 1;
    return {
      at: `${file}:${source.slice(0, index).split("\n").length}`,
      statements: code.slice(0, last),
      expression: code.slice(last).trim(),
      expected,
    };
  });
}

/**
 * A module that exports one `[got, want]` function for each example, with the public names that it uses in scope, and
 * those that the files it documents export for other files.
 */
async function moduleOf(examples: readonly Example[]): Promise<string> {
  const words = new Set(examples.flatMap((e) => `${e.statements} ${e.expression}`.match(/[A-Za-z]\w*/g)));
  const seen = new Set<string>();
  const importOf = (from: string, exports: object) => {
    const used = Object.keys(exports).filter((name) => words.has(name) && !seen.has(name));
    for (const name of used) seen.add(name);
    return `import { ${used.join(", ")} } from ${JSON.stringify(from)};`;
  };
  const imports = Object.entries({ core, nn, viz }).map(([name, exports]) =>
    importOf(`@chainrule/${name}`, exports),
  );
  for (const file of new Set(examples.map((example) => join(root, example.at.replace(/:\d+$/, ""))))) {
    imports.push(importOf(file, (await import(file)) as object));
  }
  const functions = examples.map(
    (e) => `  async () => { ${e.statements}\n    return [await (${e.expression}), ${e.expected}]; },`,
  );
  return `${imports.join("\n")}\nexport const examples = [\n${functions.join("\n")}\n];\n`;
}

const sources = ["core", "nn", "viz"].flatMap((name) => {
  const folder = `packages/${name}/src`;
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => `${folder}/${file}`);
});
const found = sources.flatMap(examplesOf);
const folder = join(root, "out/docstrings");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "examples.ts"), await moduleOf(found));
const generated: string = join(folder, "examples.ts");
const { examples } = (await import(generated)) as { examples: (() => Promise<[unknown, unknown]>)[] };

test.each(found.map((example, i) => [example.at, example.expression, examples[i]!]))(
  "%s %s",
  async (_, __, run) => {
    const [got, want] = await run();
    expect(got).toEqual(want);
  },
);
