import type { ResvgRenderOptions } from "@resvg/resvg-js";
import { FONT } from "../style.ts";

/** The font that comes with this package, so that a picture is the same on every machine: as narrow as Helvetica. */
const FONTS = ["DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"];
const FAMILY = "DejaVu Sans";

/** What the font has no letters for: most of what comes after the alphabets of Europe and the Near East. */
const ELSEWHERE = /[\u0700-\u109f\u1100-\u1cff\u2c00-\ufaff\u{10000}-\u{10ffff}]/u;

/**
 * SVG as PNG, in Node.
 *
 * @param scale - pixels for each point
 */
export async function svgToPng(svg: string, scale: number): Promise<Uint8Array> {
  const [{ Resvg }, { createRequire }] = await Promise.all([
    import("@resvg/resvg-js"),
    import("node:module"),
  ]);
  const { resolve } = createRequire(import.meta.url);
  const usesOthers = ELSEWHERE.test(svg);
  // Beside the machine's own fonts, which may have the same names, only our own for what it has.
  const text = usesOthers ? svg.replaceAll(`"${FONT}"`, `"${FAMILY}" font-stretch="condensed"`) : svg;
  const options: ResvgRenderOptions = {
    // A point is 1/72 of an inch.
    dpi: 72,
    // Sizes are rounded up to whole pixels, so that the last row may lie beyond the picture's own background.
    background: /<polygon fill="([#\w]+)"/.exec(svg)?.[1] ?? "white",
    fitTo: { mode: "zoom", value: scale },
    font: {
      fontFiles: FONTS.map((file) => resolve(`dejavu-fonts-ttf/ttf/${file}`)),
      // Other scripts and emoji come from the machine's own fonts, which take a while to list.
      loadSystemFonts: usesOthers,
      defaultFontFamily: FAMILY,
      sansSerifFamily: FAMILY,
    },
  };
  try {
    return new Resvg(text, options).render().asPng();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`toPng: the SVG cannot be read: ${why}`, { cause: error });
  }
}
