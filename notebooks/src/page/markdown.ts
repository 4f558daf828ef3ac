import { tex } from "@mdit/plugin-tex";
import katex from "katex";
import MarkdownIt from "markdown-it";
import { escapeHtml } from "./escape.ts";
import { highlight } from "./highlight.ts";
import { slugOf } from "./slug.ts";

type RenderRules = Partial<MarkdownIt["renderer"]["rules"]>;

/** What links and pictures of a lesson become where its text is read. */
export interface Targets {
  href(target: string): string;
  src(target: string): string;
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly slug: string;
}

/** A link or picture in markdown, with the number of its line, from 0. */
export interface Link {
  readonly kind: "link" | "picture";
  readonly target: string;
  /** Of a picture, its description. */
  readonly text: string;
  readonly line: number;
}

// Without HTML: what a lesson says cannot become markup, nor a script. Only http and mailto links, and relative ones.
const markdown: MarkdownIt = new MarkdownIt({ html: false, highlight }).use(tex, {
  delimiters: "dollars",
  render: (formula: string, displayMode: boolean) => {
    const html = katex.renderToString(formula, {
      displayMode,
      throwOnError: true,
      strict: "ignore",
      trust: false,
    });
    return displayMode
      ? `<span class="formula" role="group" aria-label="Formula" tabindex="0">${html}</span>`
      : html;
  },
});

// What follows a formula and ends it, such as a comma, becomes part of it: else a browser may break the line between.
markdown.core.ruler.push("unbroken", ({ tokens }) => {
  for (const { children } of tokens) {
    children?.forEach((token, i) => {
      const after = children[i + 1];
      if (token.type !== "math_inline" || after?.type !== "text") return;
      const [end] = /^[.,;:!?)]*/.exec(after.content)!;
      if (end === "") return;
      token.content += `\\text{${end}}`;
      after.content = after.content.slice(end.length);
    });
  }
});

const constant = (html: string) => () => html;
const rules: RenderRules = {
  heading_open: (tokens, i, options, _env, renderer) => {
    tokens[i]!.attrSet("id", slugOf(textOf(tokens[i + 1]?.children ?? [])));
    return renderer.renderToken(tokens, i, options);
  },
  link_open: (tokens, i, options, env: Targets, renderer) => {
    const target = tokens[i]!.attrGet("href") ?? "";
    tokens[i]!.attrSet("href", env.href(target));
    if (/^https?:/.test(target)) tokens[i]!.attrSet("rel", "noreferrer");
    return renderer.renderToken(tokens, i, options);
  },
  image: (tokens, i, _options, env: Targets) => {
    const src = env.src(tokens[i]!.attrGet("src") ?? "");
    return `<img src="${escapeHtml(src)}" alt="${escapeHtml(textOf(tokens[i]!.children ?? []))}">`;
  },
  // What may be wider than a telephone scrolls by itself, and the keyboard reaches it.
  table_open: constant('<div class="wide" role="group" aria-label="Table" tabindex="0"><table>'),
  table_close: constant("</table></div>"),
};
Object.assign(markdown.renderer.rules, rules);

/** @throws ParseError of KaTeX for a formula it cannot set */
export function markdownToHtml(source: string, targets: Targets): string {
  return markdown.render(source, targets);
}

export function headingsIn(source: string): readonly Heading[] {
  const tokens = markdown.parse(source, {});
  return tokens.flatMap(({ type, tag }, i) => {
    if (type !== "heading_open") return [];
    const text = textOf(tokens[i + 1]?.children ?? []);
    return [{ level: Number(tag.slice(1)), text, slug: slugOf(text) }];
  });
}

export function linksIn(source: string): readonly Link[] {
  return markdown.parse(source, {}).flatMap(({ children, map }) => {
    let line = map?.[0] ?? 0;
    return (children ?? []).flatMap((token): Link[] => {
      if (token.type === "softbreak" || token.type === "hardbreak") line++;
      const text = textOf(token.children ?? []);
      if (token.type === "image")
        return [{ kind: "picture", target: token.attrGet("src") ?? "", text, line }];
      if (token.type === "link_open")
        return [{ kind: "link", target: token.attrGet("href") ?? "", text, line }];
      return [];
    });
  });
}

function textOf(tokens: readonly { readonly content: string }[]): string {
  return tokens.map(({ content }) => content).join("");
}
