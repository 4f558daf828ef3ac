import { createHash } from "node:crypto";
import { compile, type Value, value } from "@chainrule/core";
import { Resvg } from "@resvg/resvg-js";
import { describe, expect, test } from "vitest";
import { lossCurve, toPng, toSvg } from "../../src/index.ts";
import { network, neuron, square } from "../graphs.ts";

/** Width and height, from the header. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  return [view.getUint32(16), view.getUint32(20)];
}

const hash = (png: Uint8Array) => createHash("sha256").update(png).digest("hex");

describe("toPng", () => {
  test("has the size of the SVG, times the scale", async () => {
    const [width, height] = /width="(\d+)pt" height="(\d+)pt"/
      .exec(await toSvg(neuron()))!
      .slice(1)
      .map(Number);
    expect(sizeOf(await toPng(neuron()))).toEqual([2 * width!, 2 * height!]);
    expect(sizeOf(await toPng(neuron(), { scale: 1 }))).toEqual([width, height]);
  });

  test.each([
    ["letters", "weight"],
    ["Greek and signs", "∂L/∂ŷ · Σ"],
    ["Cyrillic", "ребро"],
    ["Hebrew", "משקל"],
  ])("text is there: %s", async (_, label) => {
    const svg = await toSvg(value(1, label));
    const textless = svg.replace(/<text[\s\S]*?<\/text>/g, "");
    const without = svg.replace(new RegExp(`<text[^>]*>${label}</text>`), "");
    expect(without).not.toBe(svg);
    const pictures = await Promise.all([svg, without, textless].map((picture) => toPng(picture)));
    expect(new Set(pictures.map(hash)).size).toBe(3);
  });

  test("without the font that comes along there would be no text", () => {
    const draw = (text: string) =>
      new Resvg(
        `<svg xmlns="http://www.w3.org/2000/svg" width="50" height="20"><text y="15">${text}</text></svg>`,
        {
          font: { loadSystemFonts: false },
        },
      ).render().pixels;
    expect(hash(draw("text"))).toBe(hash(draw("")));
  });

  test("draws whatever toSvg draws, and SVG", async () => {
    const kernel = compile((x: Value) => x.mul(x).sin());
    kernel(2);
    for (const source of [kernel, network([2, 2, 1]), "digraph { a -> b }", lossCurve([2, 1]), square()]) {
      expect(sizeOf(await toPng(source as string))[0]).toBeGreaterThan(50);
    }
  });

  test("dark pictures are dark up to the edges", async () => {
    const { pixels } = new Resvg(await toSvg(square(), { theme: "dark" })).render();
    expect([...pixels.subarray(0, 3)]).toEqual([0x0d, 0x11, 0x17]);
  });

  test("errors", async () => {
    await expect(toPng(square(), { scale: 0 })).rejects.toThrow(
      "toPng: scale must be a number from 0.1 to 20, got 0.",
    );
    await expect(toPng(3 as never)).rejects.toThrow("toPng: root must be a Value, got 3.");
    const huge = '<svg xmlns="http://www.w3.org/2000/svg" width="90000pt" height="90000pt"></svg>';
    await expect(toPng(huge)).rejects.toThrow(/180000 × 180000 pixels/);
    const tiny = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
    expect(sizeOf(await toPng(tiny))).toEqual([18, 18]);
    await expect(toPng(tiny, { scale: -3 })).rejects.toThrow(
      /scale must be a number from 0\.1 to 20, got -3/,
    );
    await expect(toPng("<svg><bad")).rejects.toThrow(/^toPng: the SVG cannot be read: /);
  });
});
