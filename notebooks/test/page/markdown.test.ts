import { expect, test } from "vitest";
import { markdownToHtml } from "../../src/page/markdown.ts";

const html = (source: string) => markdownToHtml(source, { href: (to) => to, src: (from) => from });

test("what ends a formula stands on its line: it is part of the formula", () => {
  const page = html("A sum (of $x$), and $y$. So $z$ is");
  const formulas = Array.from(page.matchAll(/<annotation[^>]*>([^<]*)</g), ([, source]) => source);
  expect(formulas).toEqual(["x\\text{),}", "y\\text{.}", "z"]);
  const around = page.replace(/<span class="katex">.*?<\/math>.*?<\/span>(?= |<\/p>)/gs, "…");
  expect(around).toBe("<p>A sum (of … and … So … is</p>\n");
});
