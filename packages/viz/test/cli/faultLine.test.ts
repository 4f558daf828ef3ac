import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faultLine, lateFault, moduleFault } from "../../src/cli/faultLine.ts";

const path = join(import.meta.dirname, "graph.mjs");

function thrownAt(...places: string[]): Error {
  const error = new RangeError("too\n  large");
  error.stack = ["RangeError: too", "  large", ...places.map((place) => `    at ${place}`)].join("\n");
  return error;
}

test.each([
  [
    new RangeError('toSvg: too large. Pass { collapse: "layers" } or { paramsOnly: true }.'),
    "too large. Pass --collapse layers or --params-only.",
  ],
  [new Error("a\n  b\u001b[31m"), "a b\ufffd[31m"],
  [new TypeError(""), "TypeError"],
  ["text", "threw text"],
])("%s on one line", (error, line) => {
  expect(faultLine(error)).toBe(line);
});

test("the line of the module comes before what it called, on any system", () => {
  const core = "add (/x/node_modules/@chainrule/core/dist/op.js:1:2)";
  const fault = moduleFault(
    thrownAt("node:internal/modules/run:9:9", core, `build (${path}:3:4)`, `${path}:8:1`),
    path,
    false,
  );
  expect(faultLine(fault)).toMatch(/graph\.mjs:3:4: RangeError: too large$/);
  expect(faultLine(lateFault(thrownAt(core, "async file:///x/helper.mjs?v=1:5:6")))).toMatch(
    /helper\.mjs:5:6: /,
  );
  expect(faultLine(lateFault(thrownAt("f (C:\\x\\helper.mjs:5:6)")))).toContain("C:\\x\\helper.mjs:5:6: ");
});

test("where no line of the module is to blame, the call is, and while it loads the module", () => {
  const error = thrownAt("node:internal/modules/run:9:9");
  expect(moduleFault(error, path, false)).toBe(error);
  expect(faultLine(moduleFault(error, path, true))).toMatch(/graph\.mjs: RangeError: too large$/);
});

test("what Node cannot read has a line too", () => {
  const folder = mkdtempSync(join(tmpdir(), "chainrule-viz-"));
  const broken = join(folder, "broken.mjs");
  writeFileSync(broken, "const right = 1;\nconst = 2;\n");
  const error = new SyntaxError("Unexpected token '='");
  error.stack = "SyntaxError: Unexpected token '='";
  expect(faultLine(moduleFault(error, broken, true))).toMatch(
    /broken\.mjs:2: SyntaxError: Unexpected token '='$/,
  );
  rmSync(folder, { recursive: true });
});
