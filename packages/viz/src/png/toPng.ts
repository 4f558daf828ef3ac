import type { Value } from "@chainrule/core";
import { checkOptions, type OptionKind } from "../check.ts";
import type { NetworkLike } from "../network/network.ts";
import {
  type Diagram,
  drawSvg,
  type NetworkSvgOptions,
  type RenderOptions,
  renderOptionKinds,
  type Source,
  type SourceOptions,
  type SvgOptions,
} from "../svg/toSvg.ts";
import { svgToPng } from "./svgToPng.ts";

/** How large to draw. */
export interface PixelOptions {
  /** Pixels for each point of the SVG; 2 unless told, which is sharp on any screen. */
  readonly scale?: number;
}

/** How to draw a computation graph as PNG. */
export interface PngOptions extends SvgOptions, PixelOptions {}

const scaleKind: OptionKind = {
  fits: (x) => typeof x === "number" && x >= 0.1 && x <= 20,
  wanted: "a number from 0.1 to 20",
};

/** More than this takes gigabytes of memory, and few programs open it. */
const MOST_PIXELS = 2 ** 27;

/**
 * A picture as PNG, in Node; takes what {@link toSvg} takes, or SVG text such as from `lossCurve`. Text is drawn in
 * a font that comes with the package, so the picture is the same everywhere, but for scripts that this font has not.
 *
 * @returns the bytes of the file
 * @throws TypeError if source or an option is of the wrong kind
 * @throws RangeError above 2,000 nodes or 2,000 edges, unless `force` is set, and above 2²⁷ pixels
 * @throws Error if the layout fails or takes too long, or SVG text cannot be read
 */
export async function toPng(source: Diagram, options?: RenderOptions & PixelOptions): Promise<Uint8Array>;
export async function toPng(
  source: NetworkLike,
  options?: NetworkSvgOptions & PixelOptions,
): Promise<Uint8Array>;
export async function toPng(source: Value | readonly Value[], options?: PngOptions): Promise<Uint8Array>;
export async function toPng(source: Source, options: SourceOptions & PixelOptions = {}): Promise<Uint8Array> {
  const kinds = { ...renderOptionKinds, scale: scaleKind };
  const isSvg = typeof source === "string" && SVG.test(source);
  if (isSvg) checkOptions("toPng", options, kinds);
  const svg = isSvg ? source : await drawSvg("toPng", source, options, kinds);
  const { scale = 2 } = options;
  checkPixels(svg, scale);
  return await svgToPng(svg, scale);
}

/** How SVG text begins, and DOT text does not. */
const SVG = /^\s*<(svg|\?xml|!--|!DOCTYPE svg)/;

function checkPixels(svg: string, scale: number): void {
  const [width, height] = ["width", "height"].map((side) =>
    Math.ceil(scale * Number(new RegExp(`<svg[^>]* ${side}="([\\d.]+)`).exec(svg)?.[1] ?? 0)),
  ) as [number, number];
  if (width * height <= MOST_PIXELS) return;
  throw new RangeError(
    `toPng: the picture would have ${width} × ${height} pixels, more than ${MOST_PIXELS}. ` +
      'Pass a smaller scale, show less with { focus: node } or { collapse: "layers" }, or use toSvg.',
  );
}
