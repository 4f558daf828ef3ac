import { value } from "@chainrule/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { lossCurve } from "../../src/index.ts";
import { expectHarmless, Picture, textsOf } from "../picture.ts";

const falling = Array.from({ length: 50 }, (_, i) => Math.exp(-i / 20));
const steep = Array.from({ length: 50 }, (_, i) => 10 ** (-i / 10));

function texts(svg: string): string[] {
  expectHarmless(svg);
  return textsOf(new Picture(svg).root);
}

/** Where the names of the lines stand, from left to right. */
function names(svg: string): { x: number; y: number }[] {
  const texts = [...new Picture(svg).root.querySelectorAll("text")];
  return texts
    .filter((text) => text.getAttribute("paint-order") === "stroke")
    .map((text) => ({ x: Number(text.getAttribute("x")), y: Number(text.getAttribute("y")) }));
}

/** The path of each line. */
function paths(svg: string): string[] {
  return [...svg.matchAll(/aria-label="line"><path d="([^"]*)"/g)].map(([, path]) => path!);
}

describe("a picture", () => {
  test("stands alone", () => {
    const svg = lossCurve(falling, { title: "training" });
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    for (const attribute of ['width="640"', 'height="360"', 'viewBox="0 0 640 360"'])
      expect(svg).toContain(attribute);
    expect(texts(svg)).toEqual(expect.arrayContaining(["training", "↑ loss", "epoch →"]));
  });

  test("is the same every time", () => {
    expect(lossCurve({ train: falling, test: steep })).toBe(lossCurve({ train: falling, test: steep }));
  });

  test("has a point for every epoch, the first at 1", () => {
    const svg = lossCurve([3, 2, 1]);
    expect(paths(svg)).toHaveLength(1);
    expect(paths(svg)[0]!.split(/[ML]/)).toHaveLength(4);
    expect(texts(svg)).toEqual(expect.arrayContaining(["1", "2", "3"]));
  });

  test("a single loss is a dot", () => {
    expect(lossCurve([0.5])).toContain("<circle");
  });

  test("several series have names, and dashes of their own", () => {
    const svg = lossCurve({ train: falling, test: falling.map((x) => x + 0.1) });
    expect(paths(svg)).toHaveLength(2);
    expect(texts(svg)).toEqual(expect.arrayContaining(["train", "test"]));
    expect(svg).toContain('stroke-dasharray="7 3"');
  });

  test("a name stands at the end of its line", () => {
    const [, end] = /L([^,L]*,[^,L]*)$/.exec(paths(lossCurve({ train: falling }))[0]!)!;
    const [x, y] = end!.split(",").map(Number);
    const [name] = names(lossCurve({ train: falling }));
    expect([name!.x, name!.y]).toEqual([expect.closeTo(x! + 9), expect.closeTo(y! + 4)]);
    expect(name!.x + 6 * 5).toBeLessThan(640);
  });

  test("names are apart where lines end together, and none leaves the picture", () => {
    const flat = (loss: number) => [1, loss];
    const svg = lossCurve({ a: flat(0), b: flat(0.001), c: flat(0.002), d: flat(0.5) });
    const places = names(svg)
      .map(({ y }) => y)
      .sort((a, b) => a - b);
    for (let i = 1; i < 4; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(14);
    expect(places.at(-1)).toBeLessThan(340);
    const [long] = names(lossCurve({ ["long ".repeat(100)]: falling }));
    expect(long!.x).toBe(8);
  });

  test("names of lines that end at different epochs stay at their lines", () => {
    const [short, long] = names(lossCurve({ short: [1, 0.5], long: [1, 0.8, 0.7, 0.6, 0.5] }));
    expect(long!.x).toBeGreaterThan(short!.x + 100);
    expect(short!.y).toBeCloseTo(long!.y);
  });

  test("size and labels", () => {
    const svg = lossCurve(falling, { width: 300, height: 200, xLabel: "step", yLabel: "error" });
    expect(svg).toContain('viewBox="0 0 300 200"');
    expect(texts(svg)).toEqual(expect.arrayContaining(["↑ error", "step →"]));
  });
});

describe("the scale of the loss", () => {
  test("is linear from 0 by default", () => {
    expect(texts(lossCurve(falling))).toEqual(expect.arrayContaining(["0", "0.2", "1"]));
  });

  test("is named where it is logarithmic", () => {
    expect(texts(lossCurve(steep))).toContain("↑ loss (log scale)");
    expect(texts(lossCurve(steep, { scale: "linear" }))).toContain("↑ loss");
  });

  test("is logarithmic above a factor of 100", () => {
    const ticks = texts(lossCurve(steep));
    expect(ticks).toEqual(expect.arrayContaining(["1", "0.1", "0.01", "0.001", "1e-4", "1e-5"]));
    expect(ticks).not.toContain("0");
  });

  test("is what you say", () => {
    expect(texts(lossCurve(steep, { scale: "linear" }))).toContain("0");
    expect(texts(lossCurve([4, 3, 2, 1, 0.3], { scale: "log" }))).toEqual(
      expect.arrayContaining(["0.1", "0.2", "0.5", "5", "10"]),
    );
    expect(texts(lossCurve([1.21, 1], { scale: "log" }))).toEqual(
      expect.arrayContaining(["1", "1.1", "1.21"]),
    );
  });

  test.each([
    ["equal losses", [2, 2, 2]],
    ["zeros", [0, 0]],
    ["negative losses", [-1, -2, -3]],
    ["the smallest and the largest numbers", [Number.MAX_VALUE, Number.MIN_VALUE]],
  ])("copes with %s", (_, losses) => {
    expect(lossCurve(losses)).not.toMatch(/NaN|Infinity/);
    if (Math.min(...losses) > 0) expect(lossCurve(losses, { scale: "log" })).not.toMatch(/NaN|Infinity/);
  });
});

describe("errors", () => {
  test.each([
    [[], RangeError, "lossCurve: losses is empty, there is nothing to draw."],
    [{}, RangeError, "lossCurve: losses is an empty object, there is nothing to draw."],
    [{ test: [] }, RangeError, "lossCurve: test is empty, there is nothing to draw."],
    [
      [1, Number.NaN],
      RangeError,
      "lossCurve: losses[1] is NaN, and only finite losses can be drawn. Draw those before it.",
    ],
    [
      { train: [1, 2, Number.POSITIVE_INFINITY] },
      RangeError,
      "lossCurve: train[2] is Infinity, and only finite losses can be drawn. Draw those before it.",
    ],
    [[1, value(2)], TypeError, "lossCurve: losses[1] must be a number, got an object (Value)."],
    [3, TypeError, "lossCurve: losses must be an array of numbers or an object of such arrays, got 3."],
    [
      { train: 3 },
      TypeError,
      "lossCurve: losses must be an array of numbers or an object of such arrays, got an object (Object) where train is 3.",
    ],
    [
      { losses: [2, 1], epochs: 2 },
      TypeError,
      "lossCurve: losses must be an array of numbers or an object of such arrays, got an object (Object) where epochs is 2. Of what fit gives, pass history.losses.",
    ],
    [
      Promise.resolve([1]),
      TypeError,
      "lossCurve: losses must be an array of numbers or an object of such arrays, got an object (Promise).",
    ],
  ])("losses %#", (losses, kind, message) => {
    expect(() => lossCurve(losses as never)).toThrow(new kind(message));
  });

  test.each([
    [
      { scale: "log" },
      RangeError,
      'lossCurve: a log scale needs losses above 0, got 0. Use { scale: "linear" }.',
    ],
    [{ scale: "ln" }, TypeError, 'lossCurve: scale must be "linear" or "log", got "ln".'],
    [{ width: -1 }, TypeError, "lossCurve: width must be a number of pixels from 100 to 10000, got -1."],
  ])("options %j", (options, kind, message) => {
    expect(() => lossCurve([1, 0], options as never)).toThrow(new kind(message));
  });
});

describe("in a browser", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test("it draws with the page's document and serialiser", async () => {
    const { parseHTML } = await import("linkedom");
    const page = parseHTML("<html><body></body></html>");
    const createElementNS = vi.spyOn(page.document, "createElementNS");
    vi.stubGlobal("document", page.document);
    vi.stubGlobal(
      "XMLSerializer",
      class {
        serializeToString = (element: Element) => `<!--page-->${element.outerHTML}`;
      },
    );
    expect(lossCurve([2, 1])).toMatch(/^<!--page--><svg /);
    expect(createElementNS).toHaveBeenCalled();
  });
});

test("100,000 epochs are thinned, no spike is lost, and the picture says so", () => {
  const losses = Array.from({ length: 100_000 }, (_, i) => (i === 54_321 ? 9 : 1 + 0.1 * Math.sin(i)));
  const svg = lossCurve(losses);
  expect(svg.length).toBeLessThan(50_000);
  expect(texts(svg)).toContain("100,000 epochs, thinned: the lowest and the highest of every 157 are drawn");
  const ys = Array.from(paths(svg)[0]!.matchAll(/,([\d.]+)/g), ([, y]) => Number(y));
  const [top, next] = ys.sort((a, b) => a - b);
  expect(next! - top!).toBeGreaterThan(100);
});
