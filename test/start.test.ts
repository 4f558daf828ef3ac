import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const out = mkdtempSync(join(tmpdir(), "chainrule-start-"));

afterAll(() => rmSync(out, { recursive: true, force: true }));

/** What `npm start -- …` runs once everything is installed. */
function start(...args: string[]) {
  const node = ["--import", "tsx", "examples/train.ts", ...args];
  return spawnSync(process.execPath, node, { cwd: root, encoding: "utf8" });
}

describe("npm start", () => {
  test("learns the irises and draws the pictures", { timeout: 60_000 }, () => {
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
    for (const label of ["petal width", "layers.0.neurons.0.w3", "first hidden neuron"])
      expect(text).toContain(label);
    expect(readFileSync(join(out, "network.svg"), "utf8")).toContain("versicolor");
  });

  test.each(["moons", "spiral", "xor"])("learns %s", { timeout: 60_000 }, (data) => {
    const { status, stdout } = start("--data", data, "--epochs", "3", "--seed", "7", "--out", out);
    expect(status).toBe(0);
    expect(stdout).toContain("seed 7, 3 epochs");
  });

  test.each([
    [["--data", "mnist"], "Allowed choices are iris, moons, spiral, xor"],
    [["--epochs", "many"], "It must be a whole number from 1 to 100000"],
    [["--epochs", "0"], "It must be a whole number from 1 to 100000"],
    [["--seed", "-1"], "It must be a whole number from 0 to 4294967295"],
    [["--epoch", "5"], "(Did you mean --epochs?)"],
    [["moons"], "too many arguments"],
  ])("%s is refused with what is allowed", (args, message) => {
    const { status, stderr, stdout } = start(...args);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toContain("--help");
  });

  test("--help lists the options", () => {
    const { status, stdout } = start("--help");
    expect(status).toBe(0);
    for (const option of ["--data", "--epochs", "--seed", "--out"]) expect(stdout).toContain(option);
  });
});
