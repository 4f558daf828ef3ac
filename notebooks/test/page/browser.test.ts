import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageTargets } from "../../src/build/targets.ts";
import type { Output } from "../../src/output.ts";
import { indexPage } from "../../src/page/indexPage.ts";
import { lessonPage } from "../../src/page/lessonPage.ts";
import { testLesson } from "../testLesson.ts";

const executablePath = "/usr/bin/chromium";

/** Stands in for viz's page of steps: a page of its own, with a script. */
const steps = `<!doctype html><html lang="en"><title>steps</title><h1>Steps</h1>
<button>0</button>
<script>
const button = document.querySelector("button");
button.addEventListener("click", () => { button.textContent = Number(button.textContent) + 1; });
try { parent.document.title = "reached"; } catch {}
</script></html>`;
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="600pt" height="60pt"><script>hit()</script><rect width="90" height="9"/></svg>';
const hostile =
  '</script></pre></iframe><script>window.hit = 1</script><img src=x onerror="window.hit = 1"> & "x"';
const lesson = testLesson(`// %% [markdown]
// ## One
//
// Formulas: $\\mathbb{R}$, $\\sum_i x_i$, $\\mathbf{w}$, $\\left(\\frac{\\frac{a}{b}}{\\frac{c}{d}}\\right)$ and
//
// $$ \\frac{\\partial C}{\\partial w_{jk}} = \\int_0^1 \\sqrt{x} \\, dx + a + b + c + d + e + f + g + h + i + j + k + l + m + n $$
//
// | a long column heading | another long one | and a third long one |
// | --- | --- | --- |
// | 1 | 2 | 3 |
//
// ## Two
//
// <b>text</b> with a [link](https://example.org) and a veryveryveryveryveryveryveryverylongwordthatgoesonandon.
//
// ## Three
// %%
const line = "a long line of code that is wider than any telephone, and scrolls"; // a comment
// %% {"tags":["exercise"]}
// const f = 1;
// %% {"tags":["solution"]}
const f = 2;
// %% {"tags":["check"]}
f;
// %% {"tags":["hide-input"]}
import { folded } from "folded";
`);
const outputs: readonly (readonly Output[])[] = [
  [],
  [],
  [
    { kind: "stream", name: "stdout", text: hostile },
    { kind: "stream", name: "stderr", text: "aside" },
    { kind: "display", data: { "image/svg+xml": svg }, description: `a picture ${hostile}` },
    { kind: "display", data: { "text/html": steps, "image/svg+xml": svg }, description: `steps "of" x` },
    { kind: "display", data: { "text/plain": "3 ms" }, description: "", measured: true },
    { kind: "failure", name: "Error", message: hostile, line: 3, trace: ["at f (a.ts:1:1)"] },
  ],
  [],
  [],
  [],
  [],
];

describe.skipIf(!existsSync(executablePath))(
  `pages in a browser (needs Chromium at ${executablePath})`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), "chainrule-page-"));
    let browser: Browser;
    let faults: string[];

    beforeAll(async () => {
      const course = [
        { name: "98-before", title: "Before" },
        lesson,
        { name: "99-zzz", title: "After & <more>" },
      ];
      const options = { variant: "solution", targets: pageTargets(folder), course } as const;
      writeFileSync(join(folder, "lesson.html"), lessonPage(lesson, { outputs }, options));
      writeFileSync(join(folder, "index.html"), indexPage([lesson]));
      browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function open(file: string, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> {
      const page = await browser.newPage(options);
      const address = pathToFileURL(join(folder, file)).href;
      faults = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      page.on("console", (message) => faults.push(message.text()));
      page.on("request", (request) => {
        if (request.url() !== address && !request.url().startsWith("data:")) faults.push(request.url());
      });
      await page.goto(address);
      return page;
    }

    test("formulas are set in their own fonts, nothing is asked for, nothing runs that is not ours", async () => {
      const page = await open("lesson.html");
      expect(await page.evaluate("document.querySelectorAll('.katex-error').length")).toBe(0);
      const fonts = `document.fonts.ready.then(() => [...document.fonts].map((font) => font.family + " " + font.status))`;
      const loaded = (await page.evaluate(fonts)) as string[];
      // Which sizes of brackets a formula needs is known only when it is set.
      expect(loaded.filter((font) => !/ loaded$|Size\d unloaded$/.test(font))).toEqual([]);
      expect(new Set(loaded)).toContain("KaTeX_AMS loaded");
      expect(loaded.length).toBeLessThan(10);
      expect(
        await page.evaluate("[window.hit, document.title, document.querySelectorAll('script').length]"),
      ).toEqual([undefined, "A test", 0]);
      expect(await page.locator("pre.stdout").textContent()).toBe(hostile);
      expect(faults).toEqual([]);
    });

    test("an embedded page works by keyboard, in a frame that reaches nothing", async () => {
      const page = await open("lesson.html");
      await page.locator("iframe").scrollIntoViewIfNeeded();
      const button = page.frameLocator("iframe").locator("button");
      await button.focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Space");
      await expect.poll(() => button.textContent()).toBe("2");
      expect(await page.title()).toBe("A test");
      // The attribute is refused by the policy; the script that is part of the page is not.
      expect(faults.filter((fault) => !/inline event handler/.test(fault))).toEqual([]);
    });

    test.each([
      ["light", 1280],
      ["dark", 360],
    ] as const)("%s at %i pixels: nothing overflows, and axe finds nothing", async (colorScheme, width) => {
      const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
      for (const file of width === 360 ? ["lesson.html", "index.html"] : ["lesson.html"]) {
        const page = await open(file, { colorScheme, viewport: { width, height: 800 } });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        await page.evaluate(axe);
        const report = `axe.run(document, { iframes: false }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 120)).join(", ")))`;
        expect(await page.evaluate(report)).toEqual([]);
        expect(faults).toEqual([]);
        await page.close();
      }
    });

    test("everything that scrolls is reached by the keyboard", async () => {
      const page = await open("lesson.html", { viewport: { width: 360, height: 800 } });
      const unreached = `[...document.querySelectorAll("body *")].filter((e) => e.scrollWidth > e.clientWidth + 1 &&
      getComputedStyle(e).overflowX === "auto" && e.tabIndex < 0).map((e) => e.className)`;
      expect(await page.evaluate(unreached)).toEqual([]);
    });

    test("a picture is not shrunk until its words cannot be read: it scrolls, and the page does not", async () => {
      const page = await open("lesson.html", { viewport: { width: 390, height: 800 } });
      const picture = page.locator("figure.shown > .wide").first();
      expect(await picture.locator("img").evaluate((image) => image.getBoundingClientRect().width)).toBe(800);
      await picture.focus();
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => picture.evaluate((region) => region.scrollLeft)).toBeGreaterThan(0);
      expect(await page.evaluate("[document.documentElement.scrollWidth, scrollX]")).toEqual([390, 0]);
    });

    test("folded code opens by the keyboard, and stands open in print", async () => {
      const page = await open("lesson.html");
      const code = page.getByText('import { folded } from "folded";');
      expect(await code.isVisible()).toBe(false);
      await page.emulateMedia({ media: "print" });
      expect(await code.isVisible()).toBe(true);
      expect(await page.locator("summary").isVisible()).toBe(false);
      await page.emulateMedia({ media: "screen" });
      await page.locator("summary").focus();
      await page.keyboard.press("Enter");
      expect(await code.isVisible()).toBe(true);
    });

    test("print: light, pictures in place of frames, no navigation, code wrapped", async () => {
      const page = await open("lesson.html", { colorScheme: "dark", viewport: { width: 700, height: 1000 } });
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const shown = (selector: string) => page.locator(selector).first().isVisible();
      expect(await shown("iframe")).toBe(false);
      expect(await shown(".print img")).toBe(true);
      expect(await shown(".bar")).toBe(false);
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
        "rgb(255, 255, 255)",
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(700);
    });
  },
);
