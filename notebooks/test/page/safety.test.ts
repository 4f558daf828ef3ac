import fc from "fast-check";
import { expect, test } from "vitest";
import { markdownToHtml, type Targets } from "../../src/page/markdown.ts";
import { outputHtml } from "../../src/page/outputHtml.ts";
import { contentPolicy, scriptsIn } from "../../src/page/policy.ts";

const targets: Targets = { href: (target) => target, src: (target) => target };
const TAGS =
  /^(a|blockquote|br|code|em|h[1-6]|hr|img|li|ol|p|pre|s|span|strong|table|tbody|td|th|thead|tr|ul|div|figure|figcaption|iframe|small)$/;
const ATTRIBUTES =
  /^(alt|class|href|id|rel|src|srcdoc|start|style|title|role|aria-label|aria-hidden|tabindex|sandbox|loading)$/;

/** Faults of HTML that should hold nothing but what we make: tags, attributes and addresses that are not ours. */
function foreignMarkup(html: string): readonly string[] {
  return Array.from(html.matchAll(/<\/?([^\s>/]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g), (match) => match).flatMap(
    ([tag, name = "", rest = ""]) => {
      const attributes = Array.from(rest.matchAll(/([^\s=/"]+)(?:="([^"]*)")?/g));
      const isOurs =
        TAGS.test(name) &&
        attributes.every(
          ([, key = "", value = ""]) =>
            ATTRIBUTES.test(key) &&
            !(/href|src$/.test(key) && /^\s*(javascript|vbscript|data:text)/i.test(value)),
        );
      return isOurs ? [] : [tag];
    },
  );
}

const pieces = [
  "<script>",
  "</script>",
  "<img src=x onerror=hit()>",
  '"',
  "'",
  "<",
  ">",
  "&",
  "javascript:hit()",
  "](",
  "[a",
  "![",
  "`",
  "```\n",
  "$",
  "$$",
  "\n\n",
  "\n",
  "# ",
  "- ",
  "|a|b|\n|-|-|\n|",
  "</pre>",
  "</iframe>",
  "<!--",
  "\u2028",
  " onload=hit() ",
  "data:text/html,<b>",
  "*",
  "&lt;",
  "\\",
  "%",
  "x",
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 12 })
  .map((parts) => parts.join(""));

test("markdown cannot make markup of its own", () => {
  fc.assert(
    fc.property(hostile, (source) => {
      let html: string;
      try {
        html = markdownToHtml(source.replaceAll("$", ""), targets);
      } catch {
        return;
      }
      expect(foreignMarkup(html)).toEqual([]);
    }),
    { numRuns: 2000, endOnFailure: true },
  );
});

test("outputs cannot either", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const outputs = [
        outputHtml({ kind: "stream", name: "stdout", text }, targets),
        outputHtml({ kind: "failure", name: text, message: text, trace: [text] }, targets),
        outputHtml({ kind: "display", data: { "image/svg+xml": text }, description: text }, targets),
        outputHtml({ kind: "display", data: { "text/html": text }, description: text }, targets),
        outputHtml(
          { kind: "display", data: { "text/plain": text }, description: "", measured: true },
          targets,
        ),
      ];
      for (const html of outputs) expect(foreignMarkup(html)).toEqual([]);
    }),
    { numRuns: 500, endOnFailure: true },
  );
});

test.each([
  ["<script>hit()</script>", "&lt;script&gt;hit()&lt;/script&gt;"],
  ["[a](javascript:hit())", "[a](javascript:hit())"],
  ["[a](data:text/html,x)", "[a](data:text/html,x)"],
  ["$\\href{javascript:hit()}{x}$", "katex"],
])("%s becomes text", (source, text) => {
  const html = markdownToHtml(source, targets);
  expect(html).toContain(text);
  expect(html).not.toMatch(/<script|href="(javascript|data)/);
});

test("formulas are set, and bad ones are errors", () => {
  expect(markdownToHtml("$x^2$ costs \\$5, and `$y$` is code.", targets)).toMatch(
    /class="katex".*\$5.*<code>\$y\$<\/code>/s,
  );
  expect(() => markdownToHtml("$\\frac{1$", targets)).toThrow(/KaTeX/);
});

test("the policy allows the scripts of embedded pages, by their hashes, and nothing else", () => {
  const scripts = scriptsIn(
    '<script type="application/json">{}</script><script>a</script><SCRIPT src="x"></SCRIPT>',
  );
  expect(scripts).toEqual(["a"]);
  expect(contentPolicy(scripts)).toContain(
    "script-src 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='",
  );
  expect(contentPolicy([])).not.toContain("script-src");
});
