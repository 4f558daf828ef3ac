/** Everything that Graphviz draws with. */
const ELEMENTS: ReadonlySet<string> = new Set(
  "svg g title a text polygon polyline path ellipse image defs linearGradient radialGradient stop".split(" "),
);
const TAG = /<\/?([\w:]+)((?:\s+[\w:-]+="[^"<]*")*)\s*\/?>/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const HREF = /^(xlink:)?href$/;
/** Addresses that open a page, or a place in this one. */
const ADDRESS = /^(https?:|mailto:|[#./?]|[^:&]*$)/i;

/**
 * DOT text may come from anywhere, and Graphviz writes some of its attributes as they are, such as names of fonts. A
 * picture must not run anything wherever it is embedded.
 *
 * @param svg - as Graphviz writes it, from `<svg` on, without comments
 * @throws Error for what is no drawing: other elements, handlers of events, addresses that are programs
 */
export function checkHarmless(svg: string, caller: string): void {
  const refuse = (what: string): never => {
    throw new Error(
      `${caller}: the DOT would put ${what} into the picture, which could run a program. Leave it out of the DOT.`,
    );
  };
  const rest = svg.replace(TAG, (_, name: string, attributes: string) => {
    if (!ELEMENTS.has(name)) refuse(`<${name}>`);
    for (const [, key, content] of attributes.matchAll(ATTRIBUTE)) {
      if (key!.startsWith("on")) refuse(`the handler ${key}`);
      if (HREF.test(key!) && !ADDRESS.test(content!.trim())) refuse(`the address ${content!.slice(0, 40)}`);
    }
    return "";
  });
  const at = rest.indexOf("<");
  if (at >= 0) refuse(rest.slice(at, at + 20));
}
