import { svgElement as newSvgElement } from "../../../packages/viz/src/stepper/page/elements.ts";

// The page is bundled from sources: it takes the look of the pictures from where that is declared, so that both stay one.
export { type FlowScale, flowScale } from "../../../packages/viz/src/flowScale.ts";
export { formatNumber } from "../../../packages/viz/src/formatNumber.ts";
export { type Palette, palettes } from "../../../packages/viz/src/palette.ts";
export { regionColor } from "../../../packages/viz/src/plots/looks.ts";
export { byId, element, setText } from "../../../packages/viz/src/stepper/page/elements.ts";

/** A new SVG element inside another. */
export function svgElement<K extends keyof SVGElementTagNameMap>(
  parent: Element,
  name: K,
  attributes: Readonly<Record<string, string | number>> = {},
  text = "",
): SVGElementTagNameMap[K] {
  return newSvgElement(name, attributes, parent, text);
}
