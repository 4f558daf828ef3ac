type Attributes = Readonly<Record<string, string | number>>;

/** A new SVG element, inside another if one is given. Text goes in as text: no label is ever read as markup. */
export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  parent?: Element,
  text = "",
): SVGElementTagNameMap[K] {
  return placed(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, parent, text);
}

/** A new HTML element inside another. */
export function element<K extends keyof HTMLElementTagNameMap>(
  parent: Element,
  name: K,
  attributes: Attributes = {},
  text = "",
): HTMLElementTagNameMap[K] {
  return placed(document.createElement(name), attributes, parent, text);
}

function placed<E extends Element>(
  child: E,
  attributes: Attributes,
  parent: Element | undefined,
  text: string,
): E {
  setAttributes(child, attributes);
  child.textContent = text;
  parent?.append(child);
  return child;
}

export function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, String(value));
}

/** The element of the page with this id. */
export function byId<E extends Element = HTMLElement>(id: string): E {
  return document.getElementById(id) as Element as E;
}

/** Sets the text of an element, if it is another: the browser does work either way. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
