import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import katex from "katex";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../src/page/style");
const style = readdirSync(folder)
  .map((file) => readFileSync(join(folder, file), "utf8"))
  .join("");

const formulas = String.raw`
\text{if } x > 0, \quad \textbf{so} \qquad \operatorname{relu}'(z)
\frac{\partial C}{\partial w} = \frac1m \sum_{i \text{ active}} e_i \, x_i
\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \odot \begin{cases} a & b \\ c & d \end{cases}
\Bigl( \sqrt{\hat y^2} \Bigr)^{\top} \overset{!}{=} \underbrace{\vec 1}_{n} \color{red}{\boxed{\tfrac12}}
`.trim();

/** The classes that stand in a selector. */
const styled = new Set(Array.from(style.matchAll(/\.([a-z][\w-]*)(?=[^;{}]*\{)/g), ([, name]) => name!));

test("no rule for the page's own classes reaches into a formula", () => {
  expect(styled).toContain("printed");
  const html = formulas.split("\n").map((formula) => katex.renderToString(formula, { displayMode: true }));
  const classes = html.join("").matchAll(/ class="([^"]*)"/g);
  const inFormulas = new Set(Array.from(classes, ([, names]) => names!.split(/\s+/)).flat());
  expect(inFormulas).toContain("text");
  const meant = ["katex", "katex-display"];
  expect([...inFormulas].filter((name) => styled.has(name) && !meant.includes(name))).toEqual([]);
});
