import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const FONT_FACE = /@font-face\{([^}]*)\}/g;

/** KaTeX's style sheet, with the fonts that the formulas on a page need as part of it. Nothing for a page without. */
export function katexStyle(html: string): string {
  if (!html.includes('class="katex')) return "";
  const file = createRequire(import.meta.url).resolve("katex/dist/katex.min.css");
  const style = readFileSync(file, "utf8");
  const needed = neededFonts(style, classesIn(html));
  return style.replace(FONT_FACE, (_, face: string) => {
    const path = /url\((fonts\/[\w-]+\.woff2)\)/.exec(face)![1]!;
    if (!needed.has(fontOf(face))) return "";
    const data = readFileSync(join(dirname(file), path)).toString("base64");
    return `@font-face{${face.replace(/src:.*/, `src:url(data:font/woff2;base64,${data}) format("woff2")`)}}`;
  });
}

function classesIn(html: string): ReadonlySet<string> {
  return new Set(Array.from(html.matchAll(/ class="([^"]*)"/g), (match) => match[1]!.split(/\s+/)).flat());
}

/** Of the rules that name a font, those whose classes all occur. */
function neededFonts(style: string, classes: ReadonlySet<string>): ReadonlySet<string> {
  const rules = style.replace(FONT_FACE, "").matchAll(/([^{}]+)\{([^{}]*KaTeX_[^{}]*)\}/g);
  return new Set(
    Array.from(rules).flatMap(([, selectors = "", body = ""]) => {
      const applies = selectors.split(",").some((selector) => {
        return Array.from(selector.matchAll(/\.([\w-]+)/g)).every(([, name]) => classes.has(name!));
      });
      return applies ? [fontOf(body)] : [];
    }),
  );
}

/** A font's family, style and weight in one word. */
function fontOf(declarations: string): string {
  const family = /KaTeX_\w+/.exec(declarations)?.[0];
  const style = /font-style:(\w+)/.exec(declarations)?.[1] ?? "normal";
  const weight = /font-weight:(\w+)/.exec(declarations)?.[1] ?? "400";
  return `${family} ${style} ${weight}`;
}
