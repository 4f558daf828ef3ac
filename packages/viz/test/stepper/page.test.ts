import { topologicalOrder, type Value, value } from "@chainrule/core";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { toHtml } from "../../src/stepper/toHtml.ts";
import { hostileLabels } from "../hostileLabels.ts";
import { closeAll, executablePath, hasChromium, open } from "./browser.ts";
import { graphs, xor } from "./graphs.ts";

afterAll(closeAll);

/** Every gradient that the page shows, in full, in topological order; NaN where there is none. */
function gradients(page: Page): Promise<number[]> {
  return page.$$eval("#nodes data", (cells) =>
    cells.map((cell) =>
      (cell as HTMLDataElement).value === "" ? Number.NaN : Number((cell as HTMLDataElement).value),
    ),
  );
}

/** h · h with h = x + 1. */
function shared(): Value {
  const h = value(3, "x").add(1);
  h.label = "h";
  return h.mul(h);
}

const text = (page: Page, id: string) => page.textContent(`#${id}`);

describe.skipIf(!hasChromium)(
  `in a browser (needs Chromium at ${executablePath})`,
  { timeout: 120_000 },
  () => {
    test.each(Object.entries(graphs))(
      "%s: from disk, without a request or a fault, to exactly the gradients of backward()",
      async (_, make) => {
        const root = make();
        const { page, faults, requests } = await open(await toHtml(root));
        await page.keyboard.press("End");
        root.backward();
        const reached = topologicalOrder(root).filter((node) => node.hasGrad);
        expect(await gradients(page)).toEqual(reached.map(({ grad }) => grad));
        expect([faults, requests]).toEqual([[], []]);
        await page.close();
      },
    );

    test("keys, buttons and slider move through the steps", async () => {
      const { page, faults } = await open(await toHtml(shared()));
      const at = () => text(page, "count");
      expect(await at()).toBe("0 / 6");
      for (const [key, count] of [
        ["ArrowRight", 1],
        ["ArrowRight", 2],
        ["ArrowLeft", 1],
        ["End", 6],
        ["ArrowRight", 6],
        ["Home", 0],
        ["ArrowLeft", 0],
      ] as const) {
        await page.keyboard.press(key);
        expect(await at()).toBe(`${count} / 6`);
      }
      await page.click("#next");
      await page.click("#next");
      expect(await at()).toBe("2 / 6");
      await page.click("#end");
      await page.click("#back");
      expect(await at()).toBe("5 / 6");
      await page.locator("#slider").fill("4");
      expect(await at()).toBe("4 / 6");
      expect(await text(page, "sentence")).toBe("v3 sends 1 × 4 = 4 to h, whose gradient is 4 so far.");
      await page.locator("#slider").focus();
      await page.keyboard.press("ArrowRight");
      expect(await at()).toBe("5 / 6");
      expect(faults).toEqual([]);
      await page.close();
    });

    test("zoom buttons and dragging move the picture, and the next step brings it back", async () => {
      const { page, faults } = await open(await toHtml(shared()), { reducedMotion: "reduce" });
      const place = () => page.$eval("#picture", (svg) => (svg as SVGSVGElement).style.transform);
      const places = [await place()];
      await page.click("#closer");
      places.push(await place());
      await page.mouse.move(200, 300);
      await page.mouse.down();
      await page.mouse.move(260, 340);
      await page.mouse.up();
      places.push(await place());
      expect(new Set(places).size).toBe(3);
      await page.click("#whole");
      await page.keyboard.press("ArrowRight");
      expect([await place(), faults]).toEqual([places[0], []]);
      await page.close();
    });

    test("the space bar plays and pauses", async () => {
      const { page } = await open(await toHtml(shared()));
      await page.keyboard.press("End");
      await page.keyboard.press("Space");
      expect(await text(page, "play")).toBe("Pause");
      expect(await text(page, "count")).toBe("0 / 6");
      expect(await page.getAttribute("#sentence", "aria-live")).toBe("off");
      await page.waitForFunction(() => document.getElementById("count")!.textContent === "1 / 6");
      await page.keyboard.press("Space");
      expect(await text(page, "play")).toBe("Play");
      expect(await page.getAttribute("#sentence", "aria-live")).toBe("polite");
      await page.close();
    });

    test("the mistakes show their numbers beside the right ones, and are offered where they show", async () => {
      const { page, faults } = await open(await toHtml(shared()));
      const wrong = () =>
        page.$$eval(".node.wrong .grad, .node.wrong .badge", (all) => all.map((e) => e.textContent));
      await page.click("button[data-mode=order]");
      expect(await wrong()).toEqual(["grad 4", "≠ 8"]);
      expect(await text(page, "why")).toContain("x ends with 4 in place of 8");
      await page.click("button[data-mode=sum]");
      expect(await wrong()).toEqual(["grad 4", "≠ 8", "grad 4", "≠ 8"]);
      expect(await text(page, "why")).toContain("h is used 2 times and gets 4 and 4");
      expect(await text(page, "sum")).toBe("∂v3/∂x = 4 · complete ≠ 8");
      expect(await page.getAttribute("#sum", "class")).toBe("instead");
      await page.click("#modes button");
      expect([await wrong(), await gradients(page)]).toEqual([[], [8, 8, 1]]);
      await page.close();

      const plain = await open(await toHtml(value(2, "x").exp()));
      expect(await plain.page.isVisible("#modes")).toBe(false);
      expect([...faults, ...plain.faults]).toEqual([]);
      await plain.page.close();
    });

    test("the product on the sending edge covers no box and no number, and is wholly in sight", async () => {
      const y = shared().mul(value(0.5, "w"));
      for (const [root, most] of [
        [y, 9],
        [xor(), 400],
      ] as const) {
        const { page } = await open(await toHtml(root), { reducedMotion: "reduce" });
        let seen = 0;
        for (let step = 5; step <= most; step += most < 10 ? 1 : 37) {
          await page.locator("#slider").fill(String(step));
          const [covered, inside] = await page.evaluate(() => {
            const pill = document.querySelector(".callout path")!.getBoundingClientRect();
            const stage = document.getElementById("stage")!.getBoundingClientRect();
            const others = [...document.querySelectorAll(".node rect, .badge, .edge text")]
              .filter((other) => other.tagName === "rect" || other.textContent !== "")
              .map((other) => other.getBoundingClientRect());
            const hits = others.filter(
              (o) => o.left < pill.right && pill.left < o.right && o.top < pill.bottom && pill.top < o.bottom,
            );
            const isInside =
              pill.left >= stage.left && pill.right <= stage.right && pill.bottom <= stage.bottom;
            return [hits.length, isInside] as const;
          });
          expect(covered).toBe(0);
          if (inside) seen++;
        }
        expect(seen).toBeGreaterThan(2);
        await page.close();
      }
    });

    test("hostile labels, operations and titles show as they are, and run nothing", async () => {
      const labels = Object.values(hostileLabels);
      const root = labels.map((label) => value(1, label)).reduce((a, b) => a.add(b));
      const { script = "" } = hostileLabels;
      root.label = script;
      const { page, faults, requests } = await open(await toHtml(root, { title: labels.join(" | ") }));
      await page.keyboard.press("End");
      const names = await page.$$eval("#nodes [role=rowheader]", (cells) =>
        cells.map((cell) => cell.textContent),
      );
      const shown = (label: string) => label.replace(/\p{Cs}/gu, "\ufffd").replace(/\s*[\r\n]+\s*/g, " ");
      for (const label of labels) expect(names).toContain(legible(shown(label)));
      expect(await page.$$eval("script", (all) => all.length)).toBe(2);
      expect(await page.$$eval("#page b, img, a, iframe, #stage script", (all) => all.length)).toBe(3);
      expect([faults, requests]).toEqual([[], []]);
      await page.close();
    });

    test.each([
      ["360 px, dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" as const }],
      ["1280 px", { viewport: { width: 1280, height: 800 } }],
    ])("nothing scrolls sideways: %s", async (_, options) => {
      const { page, faults } = await open(await toHtml(xor(), { title: "long ".repeat(40) }), options);
      for (const key of ["ArrowRight", "End", "ArrowLeft"]) {
        await page.keyboard.press(key);
        const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
        const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(wide).toBeLessThanOrEqual(0);
        expect(scrollWidth).toBe(clientWidth);
      }
      expect(faults).toEqual([]);
      await page.close();
    });

    test("on paper stand all gradients and steps, and afterwards the step is the one before", async () => {
      const { page, faults } = await open(await toHtml(shared()));
      await page.keyboard.press("ArrowRight");
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      expect(await gradients(page)).toEqual([8, 8, 1]);
      expect(await page.locator("#steps li").count()).toBe(7);
      expect(await page.isVisible("#steps")).toBe(true);
      expect(await page.isVisible("#controls")).toBe(false);
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      expect(await text(page, "count")).toBe("1 / 6");
      expect(faults).toEqual([]);
      await page.close();
    });
  },
);

/** U+FFFD in place of what no page can show. */
function legible(label: string): string {
  return label.replace(/[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/gu, "\ufffd");
}
