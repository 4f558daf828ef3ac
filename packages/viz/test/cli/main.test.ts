import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../../../..");
const modules = "packages/viz/test/cli/modules";

/** Runs the command from its sources. */
function command(args: readonly string[], input = "", takesOutput = true) {
  const node = ["--import", "tsx", "packages/viz/src/cli/main.ts", ...args];
  const child = spawn(process.execPath, node, { cwd: root });
  const read = async (stream: NodeJS.ReadableStream) => {
    let text = "";
    for await (const chunk of stream) text += String(chunk);
    return text;
  };
  if (!takesOutput) child.stdout.destroy();
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return Promise.all([ended, takesOutput ? read(child.stdout) : "", read(child.stderr)]);
}

describe.concurrent("chainrule-viz as a process", { timeout: 60_000 }, () => {
  test("draws a TypeScript module, whose own words go to standard error", async () => {
    const [code, out, error] = await command([`${modules}/neuron.ts`]);
    expect([code, error]).toEqual([0, "the module runs\n"]);
    expect(out).toContain("y = tanh");
  });

  test("draws TypeScript where package.json names no kind of module", async () => {
    // Not among the sources, for which the type checker wants a kind.
    const folder = join(root, "out/viz-cli");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), "{}");
    writeFileSync(
      join(folder, "graph.ts"),
      `import { type Value, value } from "@chainrule/core";
       export const root: Value = value(2, "x").square();`,
    );
    const [code, out, error] = await command(["out/viz-cli/graph.ts"]);
    expect([code, out, error]).toEqual([0, expect.stringContaining("square"), ""]);
  });

  test("names the line of the module that throws", async () => {
    expect(await command([`${modules}/throwing.ts`, "--svg"])).toEqual([
      2,
      "",
      expect.stringMatching(
        /^chainrule-viz: .*throwing\.ts:8:\d+: TypeError: value: data must be a number.*\n$/,
      ),
    ]);
  });

  test("draws DOT on standard input", async () => {
    expect(await command([], "digraph { a -> b }")).toEqual([0, expect.stringMatching(/^<svg/), ""]);
  });

  test("does not mind that nobody reads on", async () => {
    expect(await command(["nan", `${modules}/faulty.mjs`], "", false)).toEqual([1, "", ""]);
  });

  test("says so when the module ends the process", async () => {
    const [code, out, error] = await command([`${modules}/ending.mjs`]);
    expect([code, out, error]).toEqual([2, "", expect.stringContaining("waits for what never comes")]);
  });
});
