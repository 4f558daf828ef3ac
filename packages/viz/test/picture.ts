import { DOMParser } from "linkedom";
import { expect } from "vitest";

/** A picture taken apart. Graphviz writes runs of spaces as no-break spaces; texts have plain spaces here. */
export class Picture {
  readonly root: Element;

  constructor(svg: string) {
    expectWellFormed(svg);
    this.root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement as unknown as Element;
  }

  /** The lines of text in each group of a class. */
  lines(className: string): string[][] {
    return this.groups(className).map((group) => textsOf(group));
  }

  /** How many groups there are of a class: `node`, `edge`. */
  count(className: string): number {
    return this.groups(className).length;
  }

  private groups(className: string): Element[] {
    return [...this.root.querySelectorAll("g")].filter((group) =>
      (group.getAttribute("class") ?? "").split(" ").includes(className),
    );
  }
}

export function textsOf(element: Element): string[] {
  return [...element.querySelectorAll("text")].map((text) => spaces(text.textContent ?? ""));
}

export function spaces(text: string): string {
  return text.replaceAll("\u00a0", " ");
}

const CHUNK = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;

/** Checks that text is XML: tags nest, `&` begins an entity that XML knows, no character is forbidden. */
export function expectWellFormed(svg: string): void {
  expect(svg).not.toMatch(/[^\P{Cc}\t\n\r\u007f-\u009f]|[\p{Cs}\ufffe\uffff]/u);
  expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;|apos;|#\d+;|#x[\da-f]+;)/i);
  const open: string[] = [];
  let end = 0;
  for (const [chunk, closing, name, , selfClosing] of svg.matchAll(CHUNK)) {
    end += chunk.length;
    if (name === undefined || selfClosing === "/") continue;
    if (closing === "/") expect(open.pop()).toBe(name);
    else open.push(name);
  }
  expect(svg.slice(end)).toBe("");
  expect(open).toEqual([]);
}

/** Checks that a picture opens without anything from elsewhere, and runs nothing. */
export function expectHarmless(svg: string): void {
  const withoutNamespaces = svg.replace(/ xmlns(:\w+)?="[^"]*"/g, "");
  const tags = withoutNamespaces.match(/<[^>]*>/g)!.join("\n");
  expect(tags).not.toMatch(/<(script|style|image|use|foreignObject|a)\b/i);
  // Under the content policy default-src 'none' a style would do nothing, and be reported.
  expect(tags).not.toMatch(/ style=/i);
  expect(tags).not.toMatch(/\b(href|src|on\w+)=|url\(|javascript:|https?:/i);
}
