import { parseHTML } from "linkedom";

/** The page's document in a browser, one of linkedom's elsewhere. */
export function svgDocument(): Document {
  return typeof document === "undefined" ? parseHTML("<html></html>").document : document;
}

/** An SVG element as text that opens from disk. */
export function serialise(svg: Element): string {
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return typeof XMLSerializer === "undefined" ? svg.outerHTML : new XMLSerializer().serializeToString(svg);
}

/** A new SVG element inside another. */
export function append(
  parent: Element,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text = "",
): Element {
  const element = parent.ownerDocument.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  element.textContent = text;
  return parent.appendChild(element);
}
