import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { build as bundle } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "chainrule-packed-"));

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(() => {
  run("npm", ["run", "build"], root);
  for (const name of ["core", "nn", "viz"]) {
    run("npx", ["--yes", "pnpm@12.21.0", "pack", "--pack-destination", folder], join(root, "packages", name));
  }
  writeFileSync(join(folder, "package.json"), '{ "name": "elsewhere", "private": true, "type": "module" }');
  const tarballs = readdirSync(folder).flatMap((file) => (file.endsWith(".tgz") ? `./${file}` : []));
  expect(tarballs).toHaveLength(3);
  run("npm", ["install", "--no-audit", "--no-fund", ...tarballs], folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The TypeScript snippets of a README, in order. */
function snippets(file: string): string[] {
  return Array.from(
    readFileSync(join(root, file), "utf8").matchAll(/```ts\n([\s\S]*?)```/g),
    (match) => match[1]!,
  );
}

const readmes = ["README.md", "packages/core/README.md", "packages/nn/README.md", "packages/viz/README.md"];
const pages = [...readmes, "docs/compile.md"];
const cases = pages.flatMap((file) =>
  snippets(file).map((code, i) => ({ name: `${file} snippet ${i + 1}`, code })),
);

describe("the packages, packed and installed in an empty folder", () => {
  test("ship no source, no test and no workspace reference", () => {
    for (const name of ["core", "nn", "viz"]) {
      const installed = join(folder, "node_modules/@chainrule", name);
      const manifest = readFileSync(join(installed, "package.json"), "utf8");
      expect(manifest).not.toContain("workspace:");
      expect(JSON.parse(manifest).exports["."]).toEqual({
        types: "./dist/index.d.ts",
        default: "./dist/index.js",
      });
      expect(existsSync(join(installed, "src"))).toBe(false);
      expect(existsSync(join(installed, "README.md"))).toBe(true);
      expect(existsSync(join(installed, "LICENSE"))).toBe(true);
    }
  });

  test.each(cases)("$name runs on plain Node and prints what its comments say", ({ name, code }) => {
    const file = join(folder, `${name.replace(/\W+/g, "-")}.mjs`);
    writeFileSync(file, transformSync(code, { loader: "ts", format: "esm" }).code);
    const printed = run(process.execPath, [file], folder).trim().split("\n");
    const promised = Array.from(code.matchAll(/console\.log\(.*\);? *\/\/ (.*)$/gm), (match) => match[1]!);
    for (const line of promised) expect(printed).toContain(line);
  });

  test("bundlers that drop unused modules keep the methods, and nn needs nothing of Node", async () => {
    const entry = join(folder, "entry.mjs");
    writeFileSync(
      entry,
      `import { value } from "@chainrule/core";
       import { MLP } from "@chainrule/nn";
       const x = value(2);
       x.mul(3).backward();
       export const answer = [x.grad, new MLP(2, [1]).parameters().length];`,
    );
    await bundle({
      root: folder,
      logLevel: "silent",
      build: { lib: { entry, formats: ["es"], fileName: "bundled" }, outDir: "bundled", minify: false },
    });
    const bundled: string = join(folder, "bundled/bundled.js");
    const text = readFileSync(bundled, "utf8");
    expect(text).not.toMatch(/from "(node:)?(fs|readline|events|path)"|browser-external/);
    expect(text).not.toMatch(/WebAssembly|memory\.copy/);
    expect((await import(bundled)) as { answer: number[] }).toMatchObject({ answer: [3, 3] });
  });

  test("the command chainrule-viz runs", () => {
    writeFileSync(
      join(folder, "graph.mjs"),
      `import { value } from "@chainrule/core";
       export const root = () => value(-1, "x").log();`,
    );
    const bin = (...args: string[]) =>
      spawnSync(join(folder, "node_modules/.bin/chainrule-viz"), args, { cwd: folder, encoding: "utf8" });
    expect(bin("--help")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Usage: chainrule-viz"),
    });
    expect(bin("graph.mjs", "--svg", "graph.svg")).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(join(folder, "graph.svg"), "utf8")).toMatch(/^<svg.*<\/svg>\n$/s);
    expect(bin("nan", "graph.mjs")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("graph.mjs:2:"),
      stderr: "",
    });
    expect(bin("none.mjs")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^.*no such file.*\n$/),
    });
  });

  test("the snippets pass the type checker against the installed types", () => {
    cases.forEach(({ code }, i) => {
      writeFileSync(join(folder, `snippet${i}.mts`), `${code}\nexport {};\n`);
    });
    const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--types", "node"];
    const types = ["--typeRoots", join(root, "node_modules/@types")];
    const files = readdirSync(folder).filter((file) => file.endsWith(".mts"));
    expect(run(join(root, "node_modules/.bin/tsc"), [...flags, ...types, ...files], folder)).toBe("");
  });
});

/** Makes a page of a script as an application would, and gives the folder that it is in. */
async function bundlePage(name: string, script: string): Promise<string> {
  const page = join(folder, name);
  mkdirSync(page);
  writeFileSync(join(page, "page.js"), script);
  writeFileSync(
    join(page, "index.html"),
    `<!doctype html><link rel="icon" href="data:,"><script type="module" src="./page.js"></script>`,
  );
  await bundle({ root: page, base: "./", logLevel: "silent", build: { outDir: "out", minify: false } });
  return join(page, "out");
}

const executablePath = "/usr/bin/chromium";

describe.skipIf(!existsSync(executablePath))(`the browser file (needs Chromium at ${executablePath})`, () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    const script = readFileSync(join(folder, "node_modules/@chainrule/core/dist/core.min.js"));
    server = createServer((request, response) => {
      if (request.url === "/core.js") response.setHeader("content-type", "text/javascript").end(script);
      else {
        const policy =
          request.url === "/wasm"
            ? "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
            : "default-src 'self'";
        response.setHeader("content-security-policy", policy).end("<!doctype html><title>empty</title>");
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test("loads under a strict content policy and differentiates", async () => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    // As text, because a function would be rewritten by the test runner.
    const gradient = await page.evaluate(`import("/core.js").then(({ value }) => {
      const x = value(2);
      x.mul(x).mul(x).backward();
      return x.grad;
    })`);
    expect(gradient).toBe(12);
    expect(faults.filter((fault) => !fault.includes("favicon"))).toEqual([]);
  });

  test.each([
    ["/", "js", "as JavaScript where the policy forbids WebAssembly"],
    ["/wasm", "wasm", "as WebAssembly where it is allowed"],
  ])("%s runs compiled code in tier %s: %s", async (path, tier) => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    const got = await page.evaluate(`import("/core.js").then(async ({ compile, grad, sum }) => {
      const f = grad((xs) => sum(xs, (x) => x.sin()));
      const kernels = [compile(f), await compile.async(f, { like: [[1, 2]] })];
      return kernels.map((kernel) => {
        const gradient = kernel([1, 2]);
        const { tier, fallback } = kernel.inspect();
        return { gradient, tier, fallback };
      });
    })`);
    const reason = tier === "js" ? (expect.stringContaining("unsafe-eval") as string) : undefined;
    const each = { gradient: [Math.cos(1), Math.cos(2)], tier, ...(reason && { fallback: reason }) };
    expect(got).toEqual([each, each]);
  });
});

describe.skipIf(!existsSync(executablePath))(
  `pictures in a page (needs Chromium at ${executablePath})`,
  () => {
    let server: Server;
    let browser: Browser;

    beforeAll(async () => {
      const files = await bundlePage(
        "pictures",
        `import { value } from "@chainrule/core";
       import { lossCurve, toPng, toSvg } from "@chainrule/viz";
       const x = value(3, "x");
       Object.assign(window, {
         picture: () => toSvg(x.mul(x).add(x.sin())),
         outcome: (ranks, timeout) => {
           const chain = Array.from({ length: ranks }, (_, i) => i + " -> " + (i + 1)).join(";");
           return toSvg("digraph {" + chain + "}", { timeout }).then(() => "drawn", String);
         },
         curve: () => lossCurve([3, 2, 1]),
         png: () => toPng(x).catch(String),
       });`,
      );
      server = createServer((request, response) => {
        const { pathname, search } = new URL(request.url!, "http://127.0.0.1");
        const file = join(files, pathname === "/" ? "index.html" : pathname);
        const workers = search === "?none" ? "worker-src 'none'" : "worker-src 'self'";
        response.setHeader("content-type", file.endsWith(".js") ? "text/javascript" : "text/html");
        response.setHeader(
          "content-security-policy",
          `default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; ${workers}`,
        );
        response.end(readFileSync(file));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    });

    afterAll(async () => {
      await browser?.close();
      server?.close();
    });

    test.each([
      ["", 1],
      ["?none", 0],
    ])("are laid out in a worker where the policy lets them: %j", async (search, workers) => {
      const page = await browser.newPage();
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${search}`);
      const picture = await page.evaluate("picture()");
      expect(picture).toMatch(/^<svg[\s\S]*sin[\s\S]*<\/svg>\n$/);
      expect(page.workers()).toHaveLength(workers);
      if (workers > 0)
        expect(await page.evaluate("outcome(2000, 1)")).toMatch(/longer than 1 ms and was stopped/);
      expect(await page.evaluate("outcome(10, 60000)")).toBe("drawn");
      expect(await page.evaluate("picture()")).toBe(picture);
      expect(await page.evaluate("curve()")).toMatch(/^<svg/);
      expect(await page.evaluate("png()")).toMatch(/PNG is made in Node alone/);
      expect(faults).toEqual([]);
    });
  },
);
