import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

// One stands for all: `npm run notebooks:check` runs every lesson, and compares what it says with what is committed.
test("a lesson runs as a program, and its own assertions hold", () => {
  const lesson = "notebooks/02-graphs.ts";
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", lesson], {
    cwd: join(import.meta.dirname, ".."),
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/\d/);
});
