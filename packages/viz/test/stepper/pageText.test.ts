import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { MARKUP, QUIZ_MARKUP, TRAINING_MARKUP } from "../../src/stepper/page/markup.ts";

const folder = join(import.meta.dirname, "../../src/stepper");

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** A text as a template literal. */
function literal(text: string): string {
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, "\\$&")}\``;
}

/**
 * Names of the page's own properties, which nothing outside of its script reads: the minifier may shorten them. That saves
 * 1.4 KB, without which the page of a small graph is above 20 KB. None of them may be one of `PageData`, of a browser or
 * of an attribute.
 */
const OWN =
  /^(contribution|place|room|looks|data|sum|sentence|arrivals?|is(Computed|Complete)|upstream|timeline|operands|instead|caption|letters|sentBy|assigns|phase|nodes|edges|steps|forward|backward|symbol|selects|numbers|number|lines|terms|bounds|follow|share|graph|about|sources|active|sent|root|edge|pass|right|step|last|grad|node|part|after|before|update|start|kind|sign|hold|goTo|fit|flowing|derivative|label|from|to|slot|ranks|boxes|curves|parts|group|show|look|id|name)$/;

async function minified(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "page", file)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    mangleProps: OWN,
    charset: "utf8",
    legalComments: "none",
    tsconfigRaw: {},
  });
  return shortenVariables(outputFiles[0]!.text.trim());
}

/** Gives the variables of a style sheet short names; a script has none. */
function shortenVariables(text: string): string {
  const names = [...new Set(text.match(/--[a-z]\w+/g))];
  return text.replace(
    /(--[a-z]\w+)(: )?/g,
    (_, name, colon) => `--${names.indexOf(name).toString(36)}${colon ? ":" : ""}`,
  );
}

/** Markup without what a browser can do without: line breaks, quotes around one word, ends of paragraphs. */
function minifiedMarkup(html: string): string {
  return html
    .replace(/(?<=>)\n(?=<)/g, "")
    .replace(/="([\w-]+)"(?!\/)/g, "=$1")
    .replace(/<\/p>(?=<(p|div|\/section)\b)/g, "");
}

test.each([
  ["pageText.ts", "main.ts", "page.css", MARKUP, 30_000],
  ["quizText.ts", "quiz/main.ts", "quiz/quiz.css", QUIZ_MARKUP, 30_000],
  ["trainingText.ts", "training/main.ts", "training/training.css", TRAINING_MARKUP, 30_000],
])("%s holds what page/ makes; after a change there run with -u", async (file, entry, css, markup, most) => {
  const [script, style] = await Promise.all([minified(entry), minified(css)]);
  const text = [
    "// Made from page/ by test/stepper/pageText.test.ts: change page/ and run that test with -u.",
    'import type { PageText } from "./document.ts";',
    "",
    `/** Script, style and body, minified, with the hashes that the content policy of the page names. */`,
    `export const ${file.replace("Text.ts", "Text")}: PageText = {`,
    `  script: ${literal(script)},`,
    `  style: ${literal(style)},`,
    `  body: ${literal(minifiedMarkup(markup))},`,
    `  scriptHash: "${hashOf(script)}",`,
    `  styleHash: "${hashOf(style)}",`,
    "};",
    "",
  ].join("\n");
  await expect(text).toMatchFileSnapshot(join(folder, file));
  expect((await readFile(join(folder, file))).byteLength).toBeLessThan(most);
});
