import { add, defineOp, mul, type Scalar, sin, square, type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { gradCheckPicture } from "../../src/diagnosis/gradCheckPicture.ts";

/** x³ with the rule 2x², which should be 3x². */
const cube = defineOp({ name: "cube", value: (a) => a ** 3, partials: [(a) => mul(2, square(a))] });

describe("a wrong rule", () => {
  const f = ([x, y]: readonly Value[]) => add(mul(cube(x!), y!), sin(y!));
  const check = gradCheckPicture(f, [2, 3]);

  test("is proven and named", () => {
    expect(check.passed).toBe(false);
    expect(check.report.wrongRules).toMatchObject([{ op: "cube", operand: 1, operands: [2], rule: 8 }]);
    expect(check.wrongEdges).toHaveLength(1);
    expect(check.wrongEdges[0]).toMatchObject({ op: "cube", rule: 8 });
    expect(check.wrongEdges[0]!.numeric).toBeCloseTo(12, 8);
    expect(check.text).toMatch(/^gradCheck failed: 1 of 2 derivatives disagree/);
    expect(check.text).toContain(
      "wrong rule: the partial of cube for operand 1 is 8 at (2), by differences 1",
    );
    expect(check.text).toMatch(/x\[0\] at 2: gradient .*\(wrong\)/);
  });

  test("is outlined, with both numbers, and what is right is not", () => {
    const line = (beginning: RegExp) => check.dot.split("\n").find((each) => beginning.test(each))!;
    expect(line(/label="x\[0\]/)).toMatch(/gradient 24 ✗\\ndifferences 36.*color="#cf222e"/);
    expect(line(/label="x\[1\]/)).toMatch(/gradient 7.01 ✓.*color="#8c959f"/);
    expect(line(/label="cube/)).toMatch(/✗ wrong rule.*color="#cf222e"/);
    expect(line(/label="rule 8/)).toMatch(/differences 12.*color="#cf222e"/);
    expect(check.dot.match(/color="#cf222e", fillcolor/g)).toHaveLength(2);
  });

  test("all its uses are blamed, one with proof", () => {
    const twice = gradCheckPicture((x: Value) => cube(cube(x)), 1.5);
    expect(twice.wrongEdges.map(({ numeric }) => numeric === null)).toEqual([false, true]);
    expect(twice.dot).toContain("the same rule");
  });

  test("a rule that says null", () => {
    const lost = defineOp({ name: "lost", value: (a, b) => a * b, partials: [(_, b) => b, null] });
    const { wrongEdges, dot } = gradCheckPicture(([x]: readonly Value[]) => lost(x!, x!.mul(2)), [3]);
    expect(wrongEdges).toMatchObject([{ op: "lost", rule: null, edge: { slot: 1 } }]);
    expect(dot).toContain("rule no gradient");
  });

  test("in a graph too large to draw", () => {
    const deep = (x: Value) => {
      let y = cube(x);
      for (let i = 0; i < 200; i++) y = y.mul(1.001);
      return y;
    };
    const { dot } = gradCheckPicture(deep, 1);
    expect(dot).toContain("showing 60 of");
    expect(dot).toContain("✗ wrong rule");
  });
});

describe("what passes", () => {
  test("a report and a picture without red", () => {
    const f = ({ a, b }: { a: Scalar; b: readonly Scalar[] }) => mul(sin(a), add(b[0]!, b[1]!));
    const { passed, text, dot, inputs } = gradCheckPicture(f, { a: 1, b: [2, 3] });
    expect(passed).toBe(true);
    expect(text).toMatch(/^gradCheck passed: 3 derivatives as by central differences/);
    expect(inputs.map(({ label }) => label)).toEqual(["x.a", "x.b[0]", "x.b[1]"]);
    expect(dot.match(/✓/g)).toHaveLength(3);
    expect(dot).not.toContain("#cf222e");
  });

  test("inputs are in the order of the entries", () => {
    const { report, inputs } = gradCheckPicture(
      ([[a, b], c]: readonly [readonly Value[], Value]) => add(mul(a!, b!), c),
      [[1, 2], 3],
    );
    expect(inputs.map(({ label }) => label)).toEqual(report.entries.map(({ path }) => path));
  });

  test("fast mode has no entry of an input", () => {
    const { passed, dot } = gradCheckPicture((x: Value) => x.sin(), 1, { mode: "fast" });
    expect(passed).toBe(true);
    expect(dot).not.toContain("✓");
  });
});

describe("other failures", () => {
  test("an input that the result does not depend on", () => {
    const { passed, text, dot } = gradCheckPicture(([x]: readonly Value[]) => x!.exp(), [1, 2]);
    expect(passed).toBe(false);
    expect(text).toContain("x[1]: the result does not depend on it");
    expect(dot).toMatch(/x\[1\]\\n2\\nthe result does not depend on it.*color="#cf222e"/);
  });

  test("a plain number", () => {
    expect(gradCheckPicture((_: Value) => 3 as Scalar, 1).passed).toBe(false);
  });

  test("a kink is inconclusive or wrong, and is marked", () => {
    const { dot, passed } = gradCheckPicture((x: Value) => x.sign(), 0);
    expect(passed).toBe(false);
    expect(dot).toMatch(/gradient 0 [?✗]/);
  });

  test("Values stand for their numbers", () => {
    expect(gradCheckPicture((x: Value) => x.square(), value(3) as never).passed).toBe(true);
  });

  test("options that gradCheck does not know", () => {
    const given = { kind: "x" } as never;
    expect(() => gradCheckPicture((x: Value) => x, 1, given)).toThrow(TypeError);
  });
});
