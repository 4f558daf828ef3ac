/** CSS pixels: smaller text is guessed rather than read. */
const SMALLEST_TEXT = 9;
/** Of a picture that does not say its width: that of a column. */
const COLUMN = 720;

/** The width, in CSS pixels, that a picture may not go below: there its smallest text is still read. At most its own. */
export function readableWidth(svg = ""): number {
  const [root = ""] = /^<svg[^>]*>/.exec(svg) ?? [];
  const [, number, unit] = / width="([\d.]+)(pt|px|)"/.exec(root) ?? [];
  const width = number === undefined ? COLUMN : Number(number) * (unit === "pt" ? 4 / 3 : 1);
  const [, inUnits] = / viewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)/.exec(root) ?? [];
  const sizes = Array.from(svg.matchAll(/font-size(?:="|: *)([\d.]+)/g), ([, size]) => Number(size));
  if (sizes.length === 0) return Math.round(width);
  const text = Math.min(...sizes) * (width / Number(inUnits ?? width));
  return Math.round(width * Math.min(1, SMALLEST_TEXT / text));
}
