import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problems } from "../examples/problems.ts";
import { type LiveServer, startServer } from "../examples/serve/server.ts";
import { TrainingSession } from "../examples/serve/session.ts";
import { formatNumber } from "../packages/viz/src/formatNumber.ts";

const executablePath = "/usr/bin/chromium";

describe.skipIf(!existsSync(executablePath))(
  `the page (needs Chromium at ${executablePath})`,
  { timeout: 60_000 },
  () => {
    const session = new TrainingSession(problems.moons, 1);
    let server: LiveServer;
    let browser: Browser;
    beforeAll(async () => {
      server = await startServer(session, 0);
      browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    }, 60_000);
    afterAll(async () => {
      await browser.close();
      await server.close();
    });

    /** Opens the page, and keeps all that goes wrong and all that is asked of others. */
    async function open(options: BrowserContextOptions = {}) {
      const page = await browser.newPage(options);
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      page.on("console", (message) => faults.push(message.text()));
      page.on("request", (request) => {
        if (!request.url().startsWith(server.url) && !request.url().startsWith("data:")) {
          faults.push(request.url());
        }
      });
      await page.goto(server.url);
      await page.waitForFunction(() => document.getElementById("step")!.textContent !== "—");
      return { page, faults };
    }

    const number = async (page: Page, id: string) => Number(await page.textContent(`#${id}`));
    const says = (page: Page, id: string, text: string) =>
      page.waitForFunction(
        ([id, text]) => document.getElementById(id!)!.textContent!.includes(text!),
        [id, text],
      );

    test("trains, pauses, steps once, changes the rate, resets", async () => {
      const first = session.state().loss;
      const { page, faults } = await open();
      await page.waitForFunction(() => Number(document.getElementById("step")!.textContent) >= 20);
      expect(await number(page, "loss")).toBeLessThan(first);

      await page.keyboard.press("Space");
      await says(page, "status", "Paused at step");
      const step = await number(page, "step");
      await page.waitForTimeout(200);
      expect(await number(page, "step")).toBe(step);
      expect(session.state()).toMatchObject({ step, isRunning: false });
      expect(await page.textContent("#toggle")).toBe("Run");

      await page.keyboard.press("ArrowRight");
      await says(page, "step", String(step + 1));
      await page.click("#once");
      await says(page, "status", `Paused at step ${step + 2}: loss `);
      const { step: reached, loss } = session.state();
      expect(reached).toBe(step + 2);
      expect(await page.textContent("#status")).toContain(`loss ${formatNumber(loss, 3)}`);

      await page.focus("#rate");
      await page.keyboard.press("ArrowRight");
      await says(page, "rateText", "0.2");
      expect(await page.getAttribute("#rate", "aria-valuetext")).toBe("0.2");

      await page.fill("#seed", "7");
      await page.keyboard.press("Enter");
      await says(page, "status", "Paused at step 0:");
      const same = new TrainingSession(problems.moons, 7);
      expect(await page.textContent("#loss")).toBe(formatNumber(same.state().loss, 3));
      same.setRate(0.2);
      same.stepOnce();
      await page.click("#once");
      await says(page, "step", "1");
      expect(await page.textContent("#loss")).toBe(formatNumber(same.state().loss, 3));
      expect(session.state()).toEqual(same.state());
      expect(faults).toEqual([]);
      await page.close();
    });

    test("draws a line for each weight, a point for each example, and the regions", async () => {
      const { page, faults } = await open();
      session.pause();
      const count = (selector: string) => page.locator(selector).count();
      expect(await count("#network line")).toBe(2 * 8 + 8 * 8 + 8 * 2);
      expect(await count("#network circle")).toBe(2 + 8 + 8 + 2);
      expect(await count("#plane path")).toBe(200);
      const strokes = await page.$$eval("#network line", (lines) =>
        lines.map((e) => e.getAttribute("stroke")),
      );
      expect(new Set(strokes).size).toBeGreaterThan(3);
      const colors = await page.$eval("#field", (canvas) => {
        const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, 240, 240);
        return new Set(new Uint32Array(data.buffer)).size;
      });
      expect(colors).toBeGreaterThan(10);
      await page.hover("#network circle >> nth=5");
      expect(await page.textContent("#network circle >> nth=5")).toMatch(
        /^layer 1, neuron 4: b = .*, gradient /,
      );
      expect(faults).toEqual([]);
      await page.close();
    });

    test("tells why a command is refused", async () => {
      const { page } = await open();
      session.pause();
      await page.fill("#seed", "7");
      await page.$eval("#seed", (input) => {
        (input as HTMLInputElement).form!.noValidate = true;
      });
      await page.fill("#seed", "-1");
      await page.click("text=Reset");
      await says(page, "status", "seed must be a whole number from 0 to 4294967295, got -1.");
      await page.close();
    });

    test.each([
      ["320 px", { viewport: { width: 320, height: 640 } }],
      ["360 px, dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" as const }],
      ["1280 px", { viewport: { width: 1280, height: 800 } }],
    ])("nothing scrolls sideways: %s", async (_, options) => {
      const { page, faults } = await open(options);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(faults).toEqual([]);
      await page.close();
    });

    test("says so when the server is gone", async () => {
      const other = await startServer(session, 0);
      const page = await browser.newPage();
      await page.goto(other.url);
      await says(page, "step", String(session.state().step));
      await other.close();
      await says(page, "status", "The server does not answer.");
      expect(await page.isDisabled("#toggle")).toBe(true);
      await page.close();
    });
  },
);
