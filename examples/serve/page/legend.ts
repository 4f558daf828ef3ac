import { byId, element, type FlowScale, formatNumber, palettes, setText, svgElement } from "./look.ts";
import { shade } from "./shade.ts";

const SWATCH = { width: 16, height: 10 };

/** The colours of gradients, from the smallest to the largest; returns what writes the two ends. */
export function createLegend(): (scale: FlowScale) => void {
  const parent = byId("scale");
  parent.replaceChildren();
  element(parent, "span", {}, "|gradient|");
  const low = element(parent, "span");
  const { flow } = palettes[shade()];
  const size = { width: SWATCH.width * flow.length, height: SWATCH.height };
  const strip = svgElement(parent, "svg", { ...size, "aria-hidden": "true" });
  flow.forEach((fill, i) => {
    svgElement(strip, "rect", { x: SWATCH.width * i, ...SWATCH, fill });
  });
  const high = element(parent, "span");
  return ({ range }) => {
    setText(low, range === undefined ? "0" : `${range.isClipped ? "≤ " : ""}${formatNumber(range.low, 2)}`);
    setText(high, range === undefined ? "0" : formatNumber(range.high, 2));
  };
}
