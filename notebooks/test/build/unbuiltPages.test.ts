import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unbuiltPages } from "../../src/build/unbuiltPages.ts";

test("each page of the course that is not there says so, and others stay", () => {
  const folder = mkdtempSync(join(tmpdir(), "chainrule-test-"));
  try {
    writeFileSync(join(folder, "01-there.html"), "");
    const course = ["01-there", "02-gone"].map((name) => ({ name, title: name }));
    const pages = unbuiltPages(course, folder);
    const files = ["02-gone.html", "index.html", "solutions/01-there.html", "solutions/02-gone.html"];
    expect([...pages.keys()].sort()).toEqual(files.map((file) => join(folder, file)));
    for (const page of pages.values()) expect(page).toMatch(/Not built yet.*npm run notebooks/s);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
