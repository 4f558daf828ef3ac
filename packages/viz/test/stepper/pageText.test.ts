import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../src/stepper");

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** A text as a template literal. */
function literal(text: string): string {
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, "\\$&")}\``;
}

/** Long names of the page's own properties, which nothing outside of its script reads: the minifier may shorten them. */
const OWN =
  /^(contribution|sentence|arrivals?|is(Computed|Complete|Now|Wrong)|upstream|timeline|operands|instead|caption|letters|sentBy|assigns|phase|nodes|edges|steps|forward|backward|symbol|selects|numbers|number|lines|terms|bounds|follow|share|graph|focus|sources|active|sent|root|edge|pass|right|step|last|grad|node|role|after|before|update|start|kind|sign|hold|goTo|zoom|final|fit|least|flowing|derivative|label)$/;

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
  });
  return outputFiles[0]!.text.trim();
}

test("script and style of the page are those that page/ makes; after a change there run with -u", async () => {
  const [script, style] = await Promise.all([minified("main.ts"), minified("page.css")]);
  const text = [
    "// Made from page/ by test/stepper/pageText.test.ts: change page/ and run that test with -u.",
    "/** The script of the page, minified. */",
    `export const SCRIPT: string = ${literal(script)};`,
    "/** Its style. */",
    `export const STYLE: string = ${literal(style)};`,
    "/** Their hashes, for the content policy of the page. */",
    `export const SCRIPT_HASH = "${hashOf(script)}";`,
    `export const STYLE_HASH = "${hashOf(style)}";`,
    "",
  ].join("\n");
  await expect(text).toMatchFileSnapshot(join(folder, "pageText.ts"));
  expect((await readFile(join(folder, "pageText.ts"))).byteLength).toBeLessThan(30_000);
});
