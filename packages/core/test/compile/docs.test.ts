import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile, type Value, valueAndGrad } from "../../src/index.ts";
import { disassemble } from "./wasm/disassemble.ts";

const page = readFileSync(join(import.meta.dirname, "../../../../docs/compile.md"), "utf8");

/** Instructions up to each that takes a result away, on one line. */
function statementsOf(lines: readonly string[]): string[] {
  const statements: string[] = [];
  let open: string[] = [];
  for (const line of lines) {
    open.push(line.trim());
    if (!/^(func|local\.set|f64\.store|local \d+ ×)/.test(line.trim())) continue;
    statements.push(open.join("  "));
    open = [];
  }
  return [...statements, ...(open.length > 0 ? [open.join("  ")] : [])];
}

test("docs/compile.md shows the WebAssembly of its example as it is", () => {
  const kernel = compile(valueAndGrad(([x, y]: [Value, Value]) => x.mul(y).add(x.sin())));
  kernel([0, 2]);
  const [, listing = ""] = /```wasm\n([\s\S]*?)```/.exec(page) ?? [];
  const shown = listing.split("\n").map((line) => line.replace(/\s*;;.*$/, "").trim());
  expect(shown.filter((line) => line !== "")).toEqual(statementsOf(disassemble(kernel.wasm.bytes)));
});
