import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pagesFolder } from "../../src/build/folders.ts";
import type { Status } from "../../src/build/pageServer.ts";
import { type Rebuild, watchLesson } from "../../src/build/watchLesson.ts";
import { copiesFolder } from "../../src/lesson/lesson.ts";

const place = { folder: copiesFolder, prefix: "97-" };
const touched = join(copiesFolder, "97-touched-by-a-test.ts");
const page = (text: string) => new Map([[join(pagesFolder, "97-watched.html"), `<body>\n${text}`]]);

/** Watches a lesson built so, and gives what pages are told, one after another. */
async function watching(
  rebuild: Rebuild,
  work: (address: string, next: () => Promise<Status>) => Promise<void>,
): Promise<void> {
  mkdirSync(copiesFolder, { recursive: true });
  const { address, close } = await watchLesson(rebuild, place);
  const events = await fetch(new URL("/events", address));
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
  let told = "";
  const next = async (): Promise<Status> => {
    while (!told.includes("\n\n")) told += (await reader.read()).value ?? "";
    const [first = ""] = told.split("\n\n");
    told = told.slice(first.length + 2);
    return JSON.parse(first.replace("data: ", "")) as Status;
  };
  const nextResult = async () => {
    let status = await next();
    while (status.isRunning) status = await next();
    return status;
  };
  try {
    await work(address, nextResult);
    await reader.cancel();
  } finally {
    rmSync(touched, { force: true });
    close();
  }
}

const textAt = async (address: string) => (await (await fetch(address)).text()).split("\n")[1];

test("a page is built again when its lesson changes; where that fails, the last one stays", async () => {
  const builds: readonly Awaited<ReturnType<Rebuild>>[] = [
    { pages: page("first"), faults: [] },
    { pages: new Map(), faults: [{ message: "97-watched.ts:3: broken", cell: "cell-01" }] },
    { pages: page("mended"), faults: [] },
  ];
  let count = 0;
  const rebuild: Rebuild = async () => builds[count++]!;
  await watching(rebuild, async (address, next) => {
    await expect.poll(() => textAt(address)).toBe("first");
    writeFileSync(touched, "broken");
    await expect.poll(next).toMatchObject({ build: 1, faults: builds[1]!.faults });
    expect(await textAt(address)).toBe("first");
    writeFileSync(touched, "mended");
    expect(await next()).toMatchObject({ build: 2, faults: [] });
    expect(await textAt(address)).toBe("mended");
  });
});

test("a change ends the build that is under way", async () => {
  let count = 0;
  const ended: number[] = [];
  const rebuild: Rebuild = async (signal) => {
    const build = ++count;
    if (build < 3) {
      writeFileSync(touched, String(build));
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      ended.push(build);
      signal.throwIfAborted();
    }
    return { pages: page(`build ${build}`), faults: [] };
  };
  await watching(rebuild, async (address, next) => {
    await expect.poll(next).toMatchObject({ build: 1, faults: [] });
    expect(ended).toEqual([1, 2]);
    expect(await textAt(address)).toBe("build 3");
  });
});

test("what is not built, or no address, says so and asks for news", async () => {
  await watching(
    async () => ({ pages: new Map(), faults: [{ message: "broken" }] }),
    async (address) => {
      for (const path of ["/", "/98-nowhere.html", "/../../package.json", "/%E0%A4%A"]) {
        const response = await fetch(new URL(path, address));
        expect(response.status).toBe(404);
        expect(await response.text()).toMatch(/data-build="0".*Not built yet.*EventSource\("\/events"\)/s);
      }
    },
  );
});
