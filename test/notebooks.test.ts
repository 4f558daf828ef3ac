import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const lessons = readdirSync(join(root, "notebooks")).filter((file) => /^\d\d-.*\.ts$/.test(file));

test.each(lessons)("%s runs, and its own assertions hold", { timeout: 30_000 }, (lesson) => {
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", `notebooks/${lesson}`], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
