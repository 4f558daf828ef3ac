import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pagesFolder } from "../../src/build/folders.ts";
import { watchLesson } from "../../src/build/watchLesson.ts";
import { lessonsFolder } from "../../src/lesson/lesson.ts";

test("a watched page is built again when a lesson changes, and the browser is told", async () => {
  let builds = 0;
  const rebuild = async () => new Map([[join(pagesFolder, "99-watched.html"), `build ${++builds}`]]);
  const { address, close } = await watchLesson(rebuild, "99-watched.html");
  const touched = join(lessonsFolder, "touched-by-a-test.ts");
  try {
    expect(await (await fetch(address)).text()).toBe("build 1");
    expect((await fetch(new URL("/../../package.json", address))).status).toBe(404);
    const events = await fetch(new URL("/events", address));
    const reader = events.body!.getReader();
    writeFileSync(touched, "");
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toBe("data: built\n\n");
    await expect.poll(async () => await (await fetch(address)).text()).toMatch(/build [2-9]/);
    await reader.cancel();
  } finally {
    rmSync(touched, { force: true });
    close();
  }
});
