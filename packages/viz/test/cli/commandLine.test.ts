import { describe, expect, test } from "vitest";
import { readCommandLine } from "../../src/cli/commandLine.ts";
import { UsageError } from "../../src/cli/usageError.ts";

function read(line: string) {
  return readCommandLine(line === "" ? [] : line.split(" "));
}

describe("readCommandLine", () => {
  test.each([
    ["", { kind: "render", files: [], outputs: [], settings: {} }],
    ["graph.ts", { kind: "render", files: ["graph.ts"], outputs: [], settings: {} }],
    ["g.ts --svg a.svg", { outputs: [{ format: "svg", path: "a.svg" }] }],
    ["--svg - g.ts", { files: ["g.ts"], outputs: [{ format: "svg", path: "-" }] }],
    [
      "g.ts --json --png=b.PNG",
      {
        outputs: [
          { format: "json", path: "-" },
          { format: "png", path: "b.PNG" },
        ],
      },
    ],
    ["- --text", { files: ["-"], outputs: [{ format: "text", path: "-" }] }],
    ["g.ts --look flow --no-legend --depth 2", { settings: { look: "flow", legend: false, depth: 2 } }],
    ["g.ts --ancestors-only --focus w", { settings: { ancestorsOnly: true, focus: "w" } }],
    ["nan g.ts --svg a.svg", { kind: "diagnose", diagnosis: { name: "nan" }, files: ["g.ts"], settings: {} }],
    ["paths g.ts --parameter w --top 3", { settings: { parameter: "w", top: 3 } }],
    ["diff a.json b.json", { diagnosis: { name: "diff" }, files: ["a.json", "b.json"] }],
    [
      "flow --threshold dead=0.5 --threshold vanishing=1e-6 g.ts",
      { files: ["g.ts"], settings: { threshold: { dead: 0.5, vanishing: 1e-6 } } },
    ],
  ])("%j", (line, task) => {
    expect(read(line)).toMatchObject(task);
  });

  test.each([
    ["g.ts --sgv a.svg", "unknown option '--sgv' (Did you mean --svg?)"],
    ["a.ts b.ts", "The commands are nan, paths, check, flow, diff, stale."],
    [
      "--svg graph.ts",
      "--svg graph.ts: graph.ts is the name of a module. Write the module first, then --svg.",
    ],
    [
      "g.ts --svg a.png",
      "--svg a.png: The name is that of another format. Write --png a.png, or another name.",
    ],
    ["g.ts --svg a.svg --svg b.svg", "It was given before"],
    ["g.ts --svg=", "The name of the file is empty"],
    ["g.ts --look big", "--look big: Allowed choices are teaching, flow."],
    ["g.ts --depth -1", "--depth -1: It must be a whole number from 0 to 1000000."],
    ["g.ts --scale x", "--scale x: It must be a number from 0.1 to 20."],
    ["g.ts --focus", "option '--focus <label>' argument missing."],
    ["nan", "missing required argument 'module'."],
    ["nan a.ts b.ts", "too many arguments"],
    ["paths g.ts", "required option '--parameter <label>' not specified."],
    ["--svg a.svg nan g.ts", "options come after nan"],
    ["nan g.ts --look flow", "unknown option '--look'"],
    ["flow g.ts --threshold deaf=1", "the names are vanishing, exploding, update, dead, saturated, margin."],
  ])("%j is refused on one line", (line, words) => {
    const message = messageOf(() => read(line));
    expect(message).toContain(words);
    expect(message).not.toContain("\n");
  });

  test.each(["--help", "nan --help", "--version"])("%s is text to print", (line) => {
    expect(read(line)).toEqual({
      kind: "help",
      text: expect.stringMatching(/^(Usage: chainrule-viz|\d+\.)/),
    });
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return "nothing was thrown";
}
