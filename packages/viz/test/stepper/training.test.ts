import { type Value, value } from "@chainrule/core";
import fc from "fast-check";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { snapshotOf } from "../../src/diagnosis/diffGraphs.ts";
import { formatNumber } from "../../src/formatNumber.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { palettes } from "../../src/palette.ts";
import { readLevels, readSeries } from "../../src/stepper/page/training/series.ts";
import { framesOf } from "../../src/stepper/training/frames.ts";
import { packSeries } from "../../src/stepper/training/series.ts";
import { trainingHtml } from "../../src/stepper/training/trainingHtml.ts";
import { trainingText } from "../../src/stepper/trainingText.ts";
import { hostileLabels } from "../hostileLabels.ts";
import { closeAll, executablePath, hasChromium, open } from "./browser.ts";
import { network } from "./graphs.ts";

afterAll(closeAll);

/** Gradient descent on (w·x − 3)², with a rate. */
function descent(steps: number, rate = 0.1, label = "w"): Graph[] {
  const w = value(1, label);
  return Array.from({ length: steps }, () => {
    const loss = w.mul(value(2, "x")).sub(3).square();
    loss.label = "loss";
    loss.zeroGrad();
    loss.backward();
    const frame = snapshotOf(loss);
    w.data -= rate * w.grad;
    return frame;
  });
}

describe("series", () => {
  test("numbers come back as pictures show them", () => {
    // Rounded to 4 digits the very largest would be ∞.
    const finite = fc.double({ min: -1.797e308, max: 1.797e308 });
    const number = fc.oneof(
      finite,
      fc.constantFrom(null, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    );
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (numbers) => {
        const read = readSeries(packSeries(numbers));
        numbers.forEach((x, i) => {
          const got = read(i);
          if (x === null) expect(got).toBeNull();
          else expect(formatNumber(got!)).toBe(formatNumber(x));
        });
      }),
      { endOnFailure: true },
    );
  });

  test("what never changes is kept once", () => {
    expect(packSeries([3, 3, 3])).toBe(packSeries([3]));
    expect(readSeries(packSeries([3, 3, 3]))(2)).toBe(3);
    expect(readLevels("4")(7)).toBe("4");
  });
});

test("levels are on one scale for all frames, and larger gradients never look smaller", () => {
  const frames = descent(30);
  const { nodeLevels, range } = framesOf(frames);
  const w = frames[0]!.nodes.findIndex(({ label }) => label === "w");
  const sizes = frames.map(({ nodes }) => Math.abs(nodes[w]!.grad!));
  const read = readLevels(nodeLevels[w]!);
  for (let i = 1; i < 30; i++) expect(Number(read(i))).toBeLessThanOrEqual(Number(read(i - 1)));
  expect(Number(read(0))).toBeGreaterThan(Number(read(29)));
  expect(range![1]).toBe(formatNumber(Math.max(...sizes)));
});

test("nothing, zero and what is not finite have levels of their own", () => {
  const x = value(0, "x");
  const y = x.sqrt().mul(value(1, "w"));
  const before = snapshotOf(y);
  y.backward();
  const { nodeLevels, edgeLevels } = framesOf([before, snapshotOf(y)]);
  expect(nodeLevels[0]).toBe("nx");
  expect(nodeLevels[2]).toBe("n0");
  expect(edgeLevels[0]).toBe("nx");
});

test("the colours of the page are those of pictures", () => {
  for (const { flow, zero } of Object.values(palettes)) {
    for (const color of [...flow, zero]) expect(trainingText.style).toContain(color);
  }
});

describe("errors", () => {
  test.each([
    [() => trainingHtml(3 as never), TypeError, "trainingHtml: frames must be an array of snapshots, got 3."],
    [() => trainingHtml([]), RangeError, "call frames.push(snapshotOf(loss))."],
    [
      () => trainingHtml([value(2)] as never),
      TypeError,
      "trainingHtml: frames[0] must be a snapshot by snapshotOf(root), got an object (Value).",
    ],
    [() => trainingHtml([{ nodes: [null], edges: [], roots: [0] }] as never), TypeError, "nodes[0] is null"],
    [
      () => trainingHtml([{ nodes: [], edges: [{}], roots: [5] }] as never),
      TypeError,
      "frames[0] must be a snapshot",
    ],
    [
      () => trainingHtml([{ nodes: [], edges: [], roots: [0] }] as never),
      TypeError,
      "frames[0] must be a snapshot",
    ],
    [
      () => trainingHtml([snapshotOf([value(1), value(2)] as never)]),
      RangeError,
      "trainingHtml: frames[0] has 2 roots. Take the snapshot of one, the loss.",
    ],
    [
      () => trainingHtml([...descent(2), snapshotOf(value(1))]),
      RangeError,
      "trainingHtml: frames[2] is not of the same expression as frames[0].",
    ],
    [() => trainingHtml(descent(1), { every: 0 }), TypeError, "every must be a whole number of steps"],
    [
      () => trainingHtml(Array(40_000).fill(descent(1)[0])),
      RangeError,
      "Take a snapshot once in 2 steps and pass { every: 2 }",
    ],
  ])("%s", async (call, kind, message) => {
    const error = await call().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toContain(message);
  });
});

const text = (page: Page, id: string) => page.textContent(`#${id}`);

/** What the box of a node says. */
function box(page: Page, title: string): Promise<(string | null)[]> {
  return page.$$eval(
    ".node",
    (nodes, wanted) =>
      nodes
        .filter((node) => node.querySelector("title")!.textContent === wanted)
        .flatMap((node) => [...node.querySelectorAll("text")].map((line) => line.textContent)),
    title,
  );
}

describe.skipIf(!hasChromium)(
  `in a browser (needs Chromium at ${executablePath})`,
  { timeout: 120_000 },
  () => {
    test("each frame shows the numbers, gradients and colours of its step", async () => {
      const frames = descent(20);
      const { page, faults, requests } = await open(await trainingHtml(frames, { every: 5 }));
      const { nodeLevels } = framesOf(frames);
      for (const frame of [0, 3, 19]) {
        await page.locator("#slider").fill(String(frame));
        const { data, grad, id } = frames[frame]!.nodes.find(({ label }) => label === "w")!;
        expect(await box(page, "w")).toEqual([
          "w",
          `data ${formatNumber(data)}`,
          `grad ${formatNumber(grad!)}`,
        ]);
        expect(await page.locator(`.node.l${nodeLevels[id]![frame]}`).count()).toBeGreaterThan(0);
        expect(await text(page, "sentence")).toContain(`Step ${5 * frame}: loss is `);
        expect(await text(page, "loss")).toContain(`step ${5 * frame}`);
      }
      expect([faults, requests]).toEqual([[], []]);
      await page.close();
    });

    test("keys, playing, and pointing at the curve", async () => {
      const { page, faults } = await open(await trainingHtml(descent(5)));
      const at = () => text(page, "count");
      await page.keyboard.press("ArrowRight");
      expect(await at()).toBe("1 / 4");
      await page.keyboard.press("End");
      expect(await at()).toBe("4 / 4");
      await page.keyboard.press("Space");
      expect(await text(page, "play")).toBe("Pause");
      await page.waitForFunction(() => document.getElementById("count")!.textContent === "4 / 4");
      expect(await text(page, "play")).toBe("Play");
      const { x, y, width, height } = (await page.locator("#loss").boundingBox())!;
      await page.mouse.click(x + (179 / 300) * width, y + height / 2);
      expect(await at()).toBe("2 / 4");
      expect(faults).toEqual([]);
      await page.close();
    });

    test("a loss that is not finite interrupts the curve", async () => {
      const { page, faults } = await open(await trainingHtml(descent(300, 1e3)));
      await page.keyboard.press("End");
      expect(await text(page, "now")).toBe("loss = NaN");
      const curve = (await page.getAttribute("#loss .curve", "d"))!;
      expect(curve).not.toMatch(/NaN|Infinity/);
      expect(await page.locator(".node.lx").count()).toBeGreaterThan(0);
      expect(faults).toEqual([]);
      await page.close();
    });

    test.each([
      ["360 px, dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" as const }],
      ["a lesson's frame", { viewport: { width: 832, height: 560 } }],
    ])("nothing scrolls sideways, and all of it is in sight: %s", async (_, options) => {
      const { page } = await open(await trainingHtml(descent(3), { title: "long ".repeat(40) }), options);
      const wide = await page.$$eval("html, #panel", (all) => all.map((e) => e.scrollWidth - e.clientWidth));
      expect(wide).toEqual([0, 0]);
      const inSight = await page.evaluate(() => {
        const { left, right } = document.getElementById("stage")!.getBoundingClientRect();
        return [...document.querySelectorAll(".node rect")].every((rect) => {
          const box = rect.getBoundingClientRect();
          return box.left >= left && box.right <= right;
        });
      });
      expect(inSight).toBe(true);
      await page.close();
    });

    test("hostile labels show as they are, and run nothing", async () => {
      const { script = "" } = hostileLabels;
      for (const label of [script, "</script><img src=x onerror=alert(1)>"]) {
        const { page, faults, requests } = await open(await trainingHtml(descent(2, 0.1, label)));
        expect(await page.$$eval(".node title", (all) => all.map((one) => one.textContent))).toContain(label);
        expect([faults, requests]).toEqual([[], []]);
        await page.close();
      }
    });

    test("a gradient of NaN is told, and all gradients stand in the table", async () => {
      const k = value(0, "k");
      const loss = k.sqrt().sub(k.sqrt()).add(value(2, "m").mul(0.1));
      loss.backward();
      const { page } = await open(await trainingHtml([snapshotOf(loss)]));
      expect(await text(page, "sentence")).toContain("the largest gradient of a leaf is NaN, at k.");
      expect(await page.$$eval("#nodes [role=row]", (rows) => rows.map((row) => row.textContent))).toContain(
        "kinput0NaN",
      );
      await page.close();
    });

    test("far away a name stands alone, parameters have two borders when near, and no label lies on the curve", async () => {
      const frame = snapshotOf(network(2));
      const { page } = await open(await trainingHtml([frame, frame]), {
        viewport: { width: 390, height: 844 },
      });
      expect(await page.getAttribute("#picture", "class")).toBe("far");
      const name = page.locator(".node .name").last();
      expect(await name.isVisible()).toBe(true);
      expect(Number.parseFloat(await name.evaluate((one) => getComputedStyle(one).fontSize))).toBeGreaterThan(
        13,
      );
      expect(await page.locator(".node .grad").last().isVisible()).toBe(false);
      await page.click("#whole");
      expect(await page.locator(".parameter rect").count()).toBe(
        2 * frame.nodes.filter(({ kind }) => kind === "parameter").length,
      );
      await page.close();
    });

    test("a graph of a single number", async () => {
      const leaf: Value = value(2, "x");
      const { page, faults } = await open(await trainingHtml([snapshotOf(leaf)]));
      expect([await text(page, "count"), await text(page, "now"), faults]).toEqual(["0 / 0", "x = 2", []]);
      await page.close();
    });
  },
);
