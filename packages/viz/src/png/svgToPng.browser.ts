/** What bundlers put into pages in place of svgToPng.ts, which needs a program of the machine. */
export async function svgToPng(): Promise<Uint8Array> {
  throw new Error(
    "toPng: PNG is made in Node alone. In a browser take toSvg, and draw its SVG onto a canvas if it must be pixels.",
  );
}
