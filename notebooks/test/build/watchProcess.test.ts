import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { copiesFolder } from "../../src/lesson/lesson.ts";
import { repositoryRoot } from "../../src/repositoryRoot.ts";

const executablePath = "/usr/bin/chromium";
const lesson = join(copiesFolder, "96-watched-by-a-test.ts");
const save = (body: string, title = "# Watched") =>
  writeFileSync(lesson, `// %% [markdown]\n// ${title}\n//\n// You learn nothing.\n\n// %%\n${body}\n`);

let folder: string;
let builder: ChildProcess | undefined;

/** Runs `npm run notebook mine/96` with a folder of its own for what is temporary; the address of its page. */
async function watch(): Promise<string> {
  const main = join(repositoryRoot, "notebooks/src/build/main.ts");
  builder = spawn(process.execPath, ["--import", "tsx", main, "one", "mine/96"], {
    cwd: repositoryRoot,
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  builder.stdout!.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const address = () => /http:\S+(?=;)/.exec(said)?.[0] ?? "";
  await expect.poll(address, { timeout: 50_000 }).not.toBe("");
  return address();
}

/** The exit code with which the builder ends at a signal. */
async function endOf(signal: NodeJS.Signals): Promise<unknown> {
  const ended = once(builder!, "close");
  builder!.kill(signal);
  const [code] = await ended;
  return code;
}

const leftOver = () => readdirSync(folder).filter((name) => name.startsWith("chainrule-lesson-"));

beforeEach(() => {
  mkdirSync(copiesFolder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), "chainrule-test-"));
});
afterEach(() => {
  builder?.kill("SIGKILL");
  rmSync(lesson, { force: true });
  rmSync(folder, { recursive: true, force: true });
});

test("SIGINT ends the builder and the lesson that runs, and nothing is left over", async () => {
  const beat = join(folder, "beat");
  save(
    `import { writeFileSync } from "node:fs";\nfor (let i = 0; ; i++) writeFileSync(${JSON.stringify(beat)}, String(i));`,
  );
  await watch();
  await expect.poll(() => existsSync(beat), { timeout: 50_000 }).toBe(true);
  expect(leftOver()).toHaveLength(1);
  expect(await endOf("SIGINT")).toBe(130);
  expect(leftOver()).toEqual([]);
  const last = readFileSync(beat, "utf8");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(readFileSync(beat, "utf8")).toBe(last);
});

describe.skipIf(!existsSync(executablePath))(`in a browser (needs Chromium at ${executablePath})`, () => {
  test("a page under watch follows its lesson: broken, thrown, endless, mended", async () => {
    save('console.log("first");');
    const address = await watch();
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    try {
      const page = await browser.newPage();
      await page.goto(address);
      const text = (selector: string) => page.locator(selector).allTextContents();
      const shows = (selector: string, words: unknown) =>
        expect.poll(async () => (await text(selector)).join("\n"), { timeout: 20_000 }).toEqual(words);
      await shows(".stdout", "first");
      await shows(".status", "");

      save("const x = ;");
      await shows(
        ".fault",
        expect.stringContaining("notebooks/mine/96-watched-by-a-test.ts:7: Unexpected token"),
      );
      await shows(".stdout", "first");

      save("", "# $\\frac{1$");
      await shows(
        ".fault",
        expect.stringMatching(/96-watched-by-a-test\.ts:1: KaTeX parse error.*Go to the cell/s),
      );
      await shows(".stdout", "first");

      save('console.log("before");\nthrow new Error("thrown");');
      await shows(".fault", expect.stringContaining("96-watched-by-a-test.ts:8: Error: thrown"));
      await shows(".stdout", "before");
      await page.getByRole("link", { name: "Go to the cell" }).click();
      expect(await page.locator(":target .failure").count()).toBe(1);

      save("for (;;);");
      await shows(".status", "Running…");
      save('console.log("mended");');
      await shows(".stdout", "mended");
      await shows(".status", "");

      expect(await endOf("SIGTERM")).toBe(143);
      expect(leftOver()).toEqual([]);
      await shows(".status", expect.stringContaining("The builder has ended"));
    } finally {
      await browser.close();
    }
  });
});
