import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadModel, MLP, modelToJson, saveModel, toSafetensors } from "../../src/index.ts";
import { writeFileAtomically } from "../../src/saving/files.ts";
import * as noFiles from "../../src/saving/noFiles.ts";
import { snapshot } from "./snapshot.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chainrule-saving-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const old = new MLP(2, [3, 1], { seed: 7 });

test.each(["net.safetensors", "net.json", "NET.JSON"])(
  "%s comes back bit for bit, with its metadata",
  async (name) => {
    const path = join(folder, name);
    await saveModel(old, path, { metadata: { epochs: "3" } });
    const mlp = new MLP(2, [3, 1]);
    expect(await loadModel(mlp, path)).toEqual({ epochs: "3" });
    expect(snapshot(mlp)).toEqual(snapshot(old));
    expect(readdirSync(folder)).toEqual([name]);
  },
);

test("files hold what the pure functions give", async () => {
  await saveModel(old, join(folder, "net.json"));
  await saveModel(old, join(folder, "net.safetensors"));
  expect(readFileSync(join(folder, "net.json"), "utf8")).toBe(modelToJson(old));
  expect(new Uint8Array(readFileSync(join(folder, "net.safetensors")))).toEqual(toSafetensors(old));
});

test("replaces the old file, keeps its permissions, and a link stays a link", async () => {
  const [path, link] = [join(folder, "net.json"), join(folder, "link.json")];
  writeFileSync(path, "old");
  chmodSync(path, 0o640);
  symlinkSync(path, link);
  await saveModel(old, link);
  expect(readFileSync(path, "utf8")).toBe(modelToJson(old));
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test("a write that fails leaves the old file, and nothing beside it", async () => {
  const path = join(folder, "net.json");
  writeFileSync(path, "old");
  const fails = writeFileAtomically("saveModel", path, Symbol("not data") as never);
  await expect(fails).rejects.toThrow("saveModel: cannot write");
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(folder)).toEqual(["net.json"]);
});

test("a model that cannot be saved leaves the old file", async () => {
  const path = join(folder, "net.json");
  writeFileSync(path, "old");
  await expect(saveModel({ parameters: () => [] }, path)).rejects.toThrow("at least one");
  expect(readFileSync(path, "utf8")).toBe("old");
});

test("writes at the same time leave one of the files, whole", async () => {
  const path = join(folder, "net.json");
  const nets = Array.from({ length: 8 }, (_, seed) => new MLP(2, [3, 1], { seed }));
  await Promise.all(nets.map((net) => saveModel(net, path)));
  expect(nets.map((net) => modelToJson(net))).toContain(readFileSync(path, "utf8"));
  expect(readdirSync(folder)).toEqual(["net.json"]);
});

test("says why it cannot write", async () => {
  mkdirSync(join(folder, "folder.json"));
  writeFileSync(join(folder, "file"), "");
  const save = (path: string) => saveModel(old, path);
  await expect(save(join(folder, "folder.json"))).rejects.toThrow(
    `saveModel: cannot write ${JSON.stringify(join(folder, "folder.json"))}: it is a folder. Give the path of a file.`,
  );
  await expect(save(join(folder, "none", "net.json"))).rejects.toThrow(": its folder does not exist.");
  await expect(save(join(folder, "file", "net.json"))).rejects.toThrow(
    ": a part of the path is not a folder.",
  );
  await expect(save(join(folder, `${"x".repeat(300)}.json`))).rejects.toThrow(": the name is too long.");
  await expect(save(join(folder, "net.txt"))).rejects.toThrow("path must end in .safetensors or .json, got");
  await expect(save(1 as never)).rejects.toThrow("saveModel: path must be a string, got 1.");
  expect(readdirSync(folder).sort()).toEqual(["file", "folder.json"]);
});

test.skipIf(process.getuid === undefined || process.getuid() === 0)(
  "says that it may not write",
  async () => {
    chmodSync(folder, 0o500);
    await expect(saveModel(old, join(folder, "net.json"))).rejects.toThrow(": permission denied.");
  },
);

test("says why it cannot read, and leaves the model as it was", async () => {
  const mlp = new MLP(2, [3, 1]);
  const before = snapshot(mlp);
  const [text, cut, huge] = ["text.json", "cut.safetensors", "huge.safetensors"].map((name) =>
    join(folder, name),
  );
  writeFileSync(text!, new Uint8Array([0xff]));
  writeFileSync(cut!, toSafetensors(old).subarray(0, 50));
  writeFileSync(huge!, "");
  truncateSync(huge!, 500_000_001); // a file with a hole, which takes no place
  mkdirSync(join(folder, "folder.json"));
  const load = (path: string) => loadModel(mlp, path);
  await expect(load(join(folder, "folder.json"))).rejects.toThrow(
    ": it is a folder. Give the path of a file.",
  );
  await expect(load(join(folder, "none.json"))).rejects.toThrow(": there is no such file.");
  await expect(load(huge!)).rejects.toThrow(": it has 500000001 bytes, at most 500000000 are read.");
  await expect(load(text!)).rejects.toThrow(
    `loadModel: ${JSON.stringify(text)}: the text is not UTF-8 text.`,
  );
  await expect(load(cut!)).rejects.toThrow(`loadModel: ${JSON.stringify(cut)}: the header has`);
  await expect(load(join(folder, "net"))).rejects.toThrow("path must end in .safetensors or .json");
  if (process.platform === "linux") {
    symlinkSync("/dev/zero", join(folder, "zero.json"));
    await expect(load(join(folder, "zero.json"))).rejects.toThrow(": it is not a regular file.");
  }
  expect(snapshot(mlp)).toEqual(before);
});

test("in a browser says what to use instead", async () => {
  await expect(noFiles.writeFileAtomically("saveModel", "x.json", "")).rejects.toThrow(
    "saveModel: there are no files here, as in a browser. Use toSafetensors and loadSafetensors for bytes",
  );
  await expect(noFiles.readBytes("loadModel", "x.json")).rejects.toThrow(
    "loadModel: there are no files here",
  );
});

test("a link to a file that is yet to come stays a link", async () => {
  mkdirSync(join(folder, "runs"));
  const [path, link, between] = ["runs/net.json", "link.json", "between.json"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  symlinkSync("runs/net.json", between);
  symlinkSync("between.json", link);
  await saveModel(old, link);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(lstatSync(between).isSymbolicLink()).toBe(true);
  expect(readFileSync(path, "utf8")).toBe(modelToJson(old));
  const [circle, back] = [join(folder, "circle.json"), join(folder, "back.json")];
  symlinkSync(circle, back);
  symlinkSync(back, circle);
  await expect(saveModel(old, circle)).rejects.toThrow("saveModel: cannot write");
});

test("in a browser says what to use instead for a checkpoint", async () => {
  await expect(noFiles.readBytes("loadCheckpoint", "run.json")).rejects.toThrow(
    "loadCheckpoint: there are no files here, as in a browser. Use checkpointToJson and checkpointFromJson for text.",
  );
});
