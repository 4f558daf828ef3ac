import { value } from "@chainrule/core";
import { expect, test } from "vitest";
import { findNonFinite } from "../../src/diagnosis/findNonFinite.ts";
import { gradientPaths } from "../../src/diagnosis/gradientPaths.ts";
import { reportJson } from "../../src/diagnosis/reportJson.ts";

test("NaN, infinities and large integers are strings; text and picture stay out", () => {
  const report = JSON.parse(reportJson(findNonFinite(value(0, "x").log().mul(0)))) as object;
  expect(report).toMatchObject({
    isHealthy: false,
    forward: { node: { data: "-Infinity" }, nan: { node: { data: "NaN" } } },
  });
  expect(report).not.toHaveProperty("text");
  expect(report).not.toHaveProperty("dot");
  let root = value(1, "x");
  for (let i = 0; i < 60; i++) root = root.add(root);
  expect(JSON.parse(reportJson(gradientPaths(root, "x")))).toMatchObject({ count: String(2n ** 60n) });
});

test("−0 stays −0", () => {
  const report = gradientPaths(value(-0, "x").neg().mul(-0), "x");
  const { parameter, paths } = JSON.parse(reportJson(report)) as {
    parameter: { data: string };
    paths: { factors: (string | number)[] }[];
  };
  expect(parameter.data).toBe("-0");
  expect(paths[0]!.factors.map(Number)).toEqual([-1, -0]);
});

test.each([[null], [undefined], [3], [[]]])("no report: %j", (given) => {
  expect(() => reportJson(given as never)).toThrow(TypeError);
  expect(() => reportJson(given as never)).toThrow(/^reportJson: report must be what a diagnosis gives, /);
});

test("the same each time, indented if wanted", () => {
  const report = gradientPaths(value(1, "x").mul(2), "x");
  expect(reportJson(report)).toBe(reportJson(report));
  expect(reportJson(report, 2)).toContain('\n  "count": "1"');
});
