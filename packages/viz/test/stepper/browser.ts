import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

export const executablePath = "/usr/bin/chromium";
export const hasChromium: boolean = existsSync(executablePath);

/** A page opened from disk, with all that went wrong and all that it asked for. */
export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console, scripts that threw, dialogs. */
  readonly faults: string[];
  /** Everything that was fetched, but for the file. */
  readonly requests: string[];
}

let browser: Browser | undefined;
let folder = "";
let files = 0;

/** Writes a page to disk and opens it. */
export async function open(html: string, options: BrowserContextOptions = {}): Promise<Opened> {
  browser ??= await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  folder ||= mkdtempSync(join(tmpdir(), "chainrule-stepper-"));
  const file = join(folder, `page${files++}.html`);
  writeFileSync(file, html);
  const page = await browser.newPage(options);
  const faults: string[] = [];
  const requests: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => faults.push(message.text()));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on("request", (request) => {
    if (request.url() !== pathToFileURL(file).href) requests.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return { page, faults, requests };
}

/** Ends the browser and deletes the pages. */
export async function closeAll(): Promise<void> {
  await browser?.close();
  browser = undefined;
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
  folder = "";
}
