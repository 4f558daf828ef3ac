import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { readOptions, type TrainOptions } from "../examples/options.ts";
import { shownFolder } from "../examples/outFolder.ts";
import { trainAndDraw } from "../examples/train.ts";

const root = join(import.meta.dirname, "..");
const out = mkdtempSync(join(tmpdir(), "chainrule-start-"));

afterAll(() => rmSync(out, { recursive: true, force: true }));

/** What `npm start -- …` runs once everything is installed. */
function start(...args: string[]) {
  return startFrom(root, ...args);
}

/** As when `npm start -- …` is typed in that folder. */
function startFrom(folder: string, ...args: string[]) {
  const env = { ...process.env, INIT_CWD: folder };
  const node = ["--import", "tsx", "examples/start.ts", ...args];
  return spawnSync(process.execPath, node, { cwd: root, encoding: "utf8", env });
}

/** What the same prints, run in this process. */
async function printedBy(...args: string[]): Promise<string> {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    const options = readOptions(["node", "start.ts", ...args, "--out", out]);
    await trainAndDraw(options as TrainOptions);
    return log.mock.calls.map(([line]) => `${line}\n`).join("");
  } finally {
    log.mockRestore();
  }
}

describe("npm start", () => {
  test("learns the irises and draws the pictures", { timeout: 60_000 }, async () => {
    const { status, stdout, stderr } = start("--out", out);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(Number(/test accuracy +([\d.]+)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(0.93);
    expect(readdirSync(out).sort()).toEqual([
      "loss.svg",
      "network.dot",
      "network.svg",
      "neuron.dot",
      "neuron.svg",
    ]);
    const text = readFileSync(join(out, "neuron.svg"), "utf8");
    for (const label of ["petal width", "layers.0.neurons.0", "w3", "first hidden neuron"])
      expect(text).toContain(label);
    const network = readFileSync(join(out, "network.svg"), "utf8");
    expect(network).toContain("versicolor");
    // The picture of the README; `-u` writes it anew.
    await expect(network).toMatchFileSnapshot("../docs/images/network.svg");
  });

  test.each(["circles", "moons", "spiral"])("learns %s", async (data) => {
    const printed = await printedBy("--data", data, "--epochs", "3", "--seed", "7");
    expect(printed).toContain("seed 7, 3 epochs");
    expect(readFileSync(join(out, "loss.svg"), "utf8")).toContain("training loss");
  });

  test("learns XOR, and says that the accuracy is on what it learnt", async () => {
    const printed = await printedBy("--data", "xor", "--epochs", "2");
    expect(printed).toContain("XOR: 4 examples to train on\n");
    expect(printed).toMatch(/^accuracy on the 4 rows it learnt [01]\.\d{3}$/m);
    expect(printed).not.toContain("test accuracy");
  });

  test("draws dark pictures for dark pages", async () => {
    await printedBy("--data", "xor", "--epochs", "1", "--theme", "dark");
    for (const name of ["neuron", "network", "loss"]) {
      expect(readFileSync(join(out, `${name}.svg`), "utf8")).toMatch(/<(polygon|rect) fill="#0d1117"/);
    }
  });

  test("a wrong option ends it with 1 and what is allowed", () => {
    const { status, stderr, stdout } = start("--epochs", "0");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("It must be a whole number from 1 to 100000");
    expect(stderr).toContain("--help");
  });

  test("shows folders as they are seen from where the user stands", { timeout: 60_000 }, () => {
    const { stdout } = startFrom(out, "--data", "xor", "--epochs", "1", "--out", "new/pictures");
    expect(stdout).toContain("pictures are in new/pictures/ — open");
    expect(readdirSync(join(out, "new/pictures"))).toContain("loss.svg");
    expect(shownFolder(out, out)).toBe(".");
    expect(shownFolder(out, root)).toBe(out);
  });

  test("options that npm swallowed are named", () => {
    const node = ["--import", "tsx", "examples/start.ts"];
    const env = { ...process.env, npm_config_data: "moons" };
    const { status, stderr } = spawnSync(process.execPath, node, { cwd: root, encoding: "utf8", env });
    expect(status).toBe(1);
    expect(stderr).toContain("Put -- before the options, as in npm start -- --data moons");
  });

  test("--help lists the options", () => {
    const { status, stdout } = start("--help");
    expect(status).toBe(0);
    for (const option of ["--data", "--epochs", "--seed", "--out", "--theme", "--serve", "--port"])
      expect(stdout).toContain(option);
  });
});

describe("npm start -- --serve", { timeout: 60_000 }, () => {
  test("says where the page is, serves it, and ends with Ctrl-C", async () => {
    const node = ["--import", "tsx", "examples/start.ts", "--serve", "--seed", "7"];
    const child = spawn(process.execPath, node, { cwd: root });
    const ended = once(child, "exit");
    const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
    const url = /^Two moons, live: (http:\/\/127\.0\.0\.1:\d+\/) — open it in a browser/.exec(line)?.[1];
    expect(await (await fetch(url!)).text()).toContain("<title>Training live");
    child.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
  });

  test("names a port that is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { status, stdout, stderr } = start("--serve", "--port", String(port));
    server.close();
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      `error: --port: port ${port} is in use. Name another, or leave --port out for a free one.\n`,
    );
  });
});

describe("npm run setup", () => {
  /** Runs the script with an npx that does what the shell commands say. */
  function setup(npx: string) {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    writeFileSync(join(out, "npx"), `#!/bin/sh\n${npx}\n`);
    chmodSync(join(out, "npx"), 0o755);
    const { PATH } = process.env;
    const env = { ...process.env, PATH: `${out}${delimiter}${PATH}` };
    return spawnSync(scripts.setup, { shell: true, encoding: "utf8", env });
  }

  // npm run --silent silences npx as well, unless it has a log level of its own.
  test("is quiet when all is well, and shows why it fails", () => {
    const report = (status: number) =>
      `case "$*" in *--loglevel=error*) echo "no registry" ;; esac; exit ${status}`;
    expect(setup(report(0))).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(setup(report(1))).toMatchObject({ status: 1, stdout: "no registry\n", stderr: "" });
  });
});
