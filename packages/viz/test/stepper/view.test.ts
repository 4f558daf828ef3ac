import { topologicalOrder } from "@chainrule/core";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { toHtml } from "../../src/stepper/toHtml.ts";
import { neuron } from "../graphs.ts";
import { closeAll, executablePath, hasChromium, open } from "./browser.ts";
import { network } from "./graphs.ts";

afterAll(closeAll);

const lesson = { viewport: { width: 900, height: 560 }, reducedMotion: "reduce" } as const;

/** How many nodes of the picture are wholly within the stage. */
function nodesInSight(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { left, top, right, bottom } = document.getElementById("stage")!.getBoundingClientRect();
    const boxes = [...document.querySelectorAll(".node rect:first-of-type")].map((rect) =>
      rect.getBoundingClientRect(),
    );
    return boxes.filter(
      (box) => box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom,
    ).length;
  });
}

const parts = (page: Page) => page.locator(".node, .edge").count();

describe.skipIf(!hasChromium)(
  `what is in sight (needs Chromium at ${executablePath})`,
  { timeout: 120_000 },
  () => {
    test("a small graph opens whole, in a lesson's frame too, and stays so", async () => {
      const { page } = await open(await toHtml(neuron()), lesson);
      expect(await nodesInSight(page)).toBe(10);
      await page.keyboard.press("ArrowRight");
      expect(await nodesInSight(page)).toBe(10);
      await page.close();
    });

    test("of a large one the first operation and its operands are in sight", async () => {
      const root = network();
      const { page } = await open(await toHtml(root), lesson);
      const names = await page.$$eval(".node .name", (all) => all.map((name) => name.textContent));
      const first = topologicalOrder(root).findIndex(({ op }) => op !== undefined);
      expect(names.some((name) => name?.startsWith(`v${first}`) || name?.includes(" = dot"))).toBe(true);
      expect(names).toContain("layers.0.neurons.0.w0");
      await page.close();
    });

    test("what is out of sight is not in the picture, which all of it shows, and paper", async () => {
      const root = network();
      const { page, faults } = await open(await toHtml(root), lesson);
      const most = 534 + 1128;
      expect(await parts(page)).toBeLessThan(most / 4);
      await page.keyboard.press("End");
      expect(await parts(page)).toBeLessThan(most / 4);
      await page.click("#whole");
      expect(await parts(page)).toBe(most);
      await page.keyboard.press("ArrowLeft");
      await page.waitForFunction((few) => document.querySelectorAll(".node, .edge").length < few, most / 4);
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      expect(await parts(page)).toBe(most);
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      expect([await parts(page), faults]).toEqual([expect.any(Number), []]);
      await page.close();
    });

    test("what comes in sight shows the step at hand", async () => {
      const { page } = await open(await toHtml(network()), lesson);
      const grads = () =>
        page.$$eval(".node:not(.constant)", (nodes) =>
          nodes.map((node) => [
            node.querySelector("title")!.textContent,
            node.querySelector(".grad")!.textContent,
          ]),
        );
      await page.keyboard.press("End");
      await page.click("#whole");
      await page.click("#closer");
      for (let i = 0; i < 12; i++) await page.click("#closer");
      const shown = await grads();
      expect(shown.length).toBeGreaterThan(0);
      for (const [title, grad] of shown) expect([title, grad]).not.toEqual([title, "grad —"]);
      await page.close();
    });

    test("the camera keeps what a step is about in sight", async () => {
      const { page } = await open(await toHtml(network()), {
        viewport: { width: 360, height: 740 },
        reducedMotion: "reduce",
      });
      for (const step of [50, 120, 290, 400, 1000]) {
        await page.locator("#slider").fill(String(step));
        const [stage, node] = await Promise.all(
          ["#picture", ".node.active rect"].map((selector) => page.locator(selector).boundingBox()),
        );
        expect(node!.x + node!.width / 2).toBeGreaterThan(stage!.x);
        expect(node!.x + node!.width / 2).toBeLessThan(stage!.x + stage!.width);
        expect(node!.y + node!.height / 2).toBeGreaterThan(stage!.y);
        expect(node!.y + node!.height / 2).toBeLessThan(stage!.y + stage!.height);
      }
      await page.close();
    });
  },
);
