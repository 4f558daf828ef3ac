import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { value } from "@chainrule/core";
import { afterAll, describe, expect, test } from "vitest";
import { faultLine } from "../../src/cli/faultLine.ts";
import { run } from "../../src/cli/run.ts";
import { toJson } from "../../src/index.ts";

const modules = join(import.meta.dirname, "modules");
const folder = mkdtempSync(join(tmpdir(), "chainrule-viz-"));
const graph = join(modules, "several.mjs");
const faulty = join(modules, "faulty.mjs");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command in this process. */
async function command(...argv: string[]) {
  const written: (string | Uint8Array)[] = [];
  const write = async (data: string | Uint8Array) => {
    written.push(data);
  };
  try {
    const code = await run(argv, { isTerminal: true, write });
    return { code, out: written.join(""), error: "" };
  } catch (error) {
    return { code: 2, out: written.join(""), error: faultLine(error) };
  }
}

function inFolder(name: string, text?: string): string {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
}

/** A file of two nodes and an edge, with one field that toJson would not write. */
function hostile(field: string, content: unknown): string {
  const x = value(1, "x");
  const right = JSON.parse(toJson(x.exp())) as Record<string, unknown>;
  return inFolder(`${field}.json`, JSON.stringify({ ...right, [field]: content }));
}

function edge(from: number, to: number): object {
  return { from, to, slot: 0, derivative: 1, contribution: null, count: 1 };
}

describe("drawing", () => {
  test("without an output a graph is text", async () => {
    const { code, out } = await command(graph, "--export", "b");
    expect([code, out.split("\n")[1]]).toEqual([0, expect.stringMatching(/^× +2 +— +mul$/)]);
  });

  test("several outputs are written, of JSON as of the module", async () => {
    const [dot, json, html] = ["g.dot", "g.json", "g.html"].map((name) => inFolder(name));
    const outputs = ["--dot", dot!, "--json", json!, "--html", html!];
    expect(await command(graph, "--export", "b", ...outputs)).toEqual({ code: 0, out: "", error: "" });
    expect(readFileSync(html!, "utf8")).toMatch(/^<!doctype html>/);
    expect((await command(json!, "--dot")).out).toBe(readFileSync(dot!, "utf8"));
    expect((await command(json!, "--json")).out).toBe(readFileSync(json!, "utf8"));
    expect((await command(json!)).out).toBe((await command(graph, "--export", "b")).out);
    expect((await command(json!, "--focus", "a", "--depth", "0")).out).toContain("showing 1 of 3 nodes");
    expect(await command("diff", json!, graph, "--export", "b")).toMatchObject({
      code: 0,
      out: "Nothing changed.\n",
    });
  });

  test("a page becomes a quiz, and nothing else does", async () => {
    const file = inFolder("quiz.html");
    const argv = [graph, "--export", "b", "--html", file, "--quiz", "--timeout", "60000", "--title", "Yours"];
    expect(await command(...argv)).toEqual({ code: 0, out: "", error: "" });
    expect(readFileSync(file, "utf8")).toMatch(/<h1>Yours<\/h1>[\s\S]*id=answer/);
    const { code, error } = await command(graph, "--export", "b", "--quiz");
    expect([code, error]).toEqual([
      2,
      "--quiz changes nothing of --text of a graph. Write --html quiz.html --quiz.",
    ]);
  });

  test("DOT becomes SVG, a network too", async () => {
    expect((await command(inFolder("a.gv", "digraph { a -> b }"))).out).toMatch(/^<svg.*<\/svg>\n$/s);
    const drawn = await command(join(modules, "deep.mjs"), "--export", "model", "--title", "Deep");
    expect([drawn.error, drawn.out]).toEqual(["", expect.stringContaining("Deep")]);
    const dark = await command(join(modules, "deep.mjs"), "--export", "model", "--theme", "dark");
    expect([dark.error, dark.out]).toEqual(["", expect.stringContaining('<polygon fill="#0d1117"')]);
  });

  test("a link stays a link, and nothing else is left in the folder", async () => {
    const target = inFolder("target.dot", "old");
    symlinkSync(target, inFolder("link.dot"));
    await command(faulty, "--dot", inFolder("link.dot"));
    expect(readFileSync(target, "utf8")).toContain("digraph");
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test.each([
    [["none.mjs"], /^none\.mjs: there is no such file\.$/],
    [[folder], /is not a module/],
    [[inFolder("g.txt", "digraph {}")], /is not a module.*DOT \(\.dot, \.gv\)/],
    [[graph], /exports 2 things to choose from\. Say --export a or --export b\.$/],
    [[graph, "--export", "c"], /no export "c"\. It exports: a \(a Value\), b \(a Value\), rate \(0\.1\)\.$/],
    [[graph, "--export", "rate"], /^rate of .* must be a Value.*, got 0\.1\./],
    [[faulty, "--focus", "q"], /^--focus: no node has the label "q"\. There are "x"\.$/],
    [[faulty, "--depth", "2"], /^depth needs a focus/],
    [[faulty, "--scale", "2"], /^--scale changes nothing of --text of a graph\. It is for --png\.$/],
    [
      [join(modules, "deep.mjs"), "--export", "model", "--text"],
      /^--text needs a graph of Values, got a network/,
    ],
    [
      [join(modules, "deep.mjs"), "--export", "model", "--fold"],
      /^--fold changes nothing of --svg of a network/,
    ],
    [[faulty, "--svg", "-", "--dot"], /^--dot: standard output is for --svg already\. Name another file\.$/],
    [[faulty, "--png"], /^--png: a terminal cannot show it/],
    [[faulty, "--svg", folder], /^--svg: .* is a folder\. Name a file in it\.$/],
    [
      [faulty, "--svg", join(folder, "no/g.svg")],
      /^--svg: cannot write .*: there is no folder .*\. Make it first\.$/,
    ],
    [[inFolder("b.gv", "digraph {"), "--svg"], /^Graphviz cannot read the DOT: syntax error/],
    [[inFolder("c.json", "{"), "--svg"], /c\.json is not JSON: /],
    [[inFolder("d.json", '{ "a": 1 }')], /d\.json is JSON, but not of a graph\. Write it with toJson/],
    [[hostile("note", "showing 3 of 3 nodes (</FONT>)")], /note is missing or wrong/],
    [[hostile("total", { nodes: 0, edges: 2 })], /not below total\.nodes/],
    [[hostile("edges", [edge(0, 1), edge(1, 0)]), "--fold"], /edges\[1\] does not lead .* to a later one/],
    [[hostile("nodes", [])], /there are no nodes/],
    [[inFolder("e.dot", " ")], /e\.dot is empty/],
    [[inFolder("f.dot", "graph {}"), "--export", "x"], /^--export names an export of a module/],
    [["nan", inFolder("f.dot")], /is not a module/],
    [["nan", faulty, "--scale", "3"], /^--scale changes nothing of nan with --text\. It is for --png\.$/],
  ])("%j is refused", async (argv, error) => {
    const result = await command(...argv);
    expect(result).toEqual({ code: 2, out: "", error: expect.stringMatching(error) });
  });

  test("where one output fails, no other is written", async () => {
    const outputs = ["--dot", inFolder("first.dot"), "--svg", inFolder("second.svg")];
    const wide = inFolder("wide.mjs", wideModule);
    const { code, error } = await command(wide, "--collapse", "none", ...outputs);
    expect([code, error]).toEqual([
      2,
      expect.stringMatching(/the limit is 2000 of each.*--collapse layers or --fold.*pass --force\.$/),
    ]);
    expect([existsSync(inFolder("first.dot")), existsSync(inFolder("second.svg"))]).toEqual([false, false]);
  });
});

const core = join(import.meta.dirname, "../../../core/src/index.ts");
const wideModule = `import { sum, value } from ${JSON.stringify(core)};
export const root = sum(Array.from({ length: 900 }, (_, i) => value(i).sin().mul(value(i))));`;

describe("diagnoses", () => {
  test.each([
    [["nan", faulty], 1, /log\(-1\) is not defined\.\n {2}created at .*faulty\.mjs:4:/],
    [["check", join(modules, "cube.mjs")], 1, /wrong rule: the partial of cube/],
    [["check", join(modules, "cube.mjs"), "--export", "right"], 0, /passed|agree/],
    [["flow", join(modules, "deep.mjs")], 1, /vanishing, layers 1–/],
    [["flow", join(modules, "deep.mjs"), "--threshold", "vanishing=1e-20"], 0, /./],
    [["paths", graph, "--export", "b", "--parameter", "a"], 0, /∂root\/∂a = 2/],
    [["stale", graph, "--export", "b"], 0, /All gradients are those/],
  ])("%j ends with %i", async (argv, code, text) => {
    const result = await command(...argv);
    expect(result).toEqual({ code, out: expect.stringMatching(text), error: "" });
  });

  test("the text comes besides files, but not besides JSON on standard output", async () => {
    const picture = inFolder("nan.svg");
    expect((await command("nan", faulty, "--svg", picture)).out).toMatch(/^Forward:/);
    expect(readFileSync(picture, "utf8")).toMatch(/^<svg/);
    const { out } = await command("nan", faulty, "--json");
    expect(JSON.parse(out)).toMatchObject({ isHealthy: false, forward: { node: { data: "NaN" } } });
  });

  test.each([
    [["check", faulty], /has no export "f"\. Export one, or name another by --export\. It exports: loss/],
    [["flow", graph], /has no export "model"/],
    [["paths", faulty, "--parameter", "q"], /^no node has the label "q"/],
    [
      ["stale", join(modules, "deep.mjs"), "--export", "model"],
      /must export one Value for this.*got a network/,
    ],
    [["flow", join(modules, "deep.mjs"), "--export", "data"], /^model must have layers/],
    [["diff", inFolder("e.json", '{ "format": "chainrule graph", "version": 2 }'), graph], /is of version 2/],
  ])("%j is refused", async (argv, error) => {
    expect(await command(...argv)).toEqual({ code: 2, out: "", error: expect.stringMatching(error) });
  });
});
