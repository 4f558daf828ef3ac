import { describe, expect, test } from "vitest";
import { defineOp, gradCheck, sum, type Value, value } from "../../src/index.ts";

describe("gradCheck", () => {
  test("a smooth function passes, with an error near rounding", () => {
    const report = gradCheck(({ x, y }: { x: Value; y: Value }) => x.mul(y).tanh().add(x.exp()), {
      x: 0.3,
      y: -0.8,
    });
    expect(report.passed).toBe(true);
    expect(report.worst).toBeLessThan(1e-10);
    expect(report.entries.map((entry) => entry.path)).toEqual(["x.x", "x.y"]);
  });

  test("a function whose gradient was cut fails", () => {
    const cut = (x: Value) => value(x.data).mul(x);
    expect(gradCheck(cut, 3).passed).toBe(false);
  });

  test.each<[string, (x: Value) => Value, number]>([
    ["sin far out", (x) => x.sin(), 1e3],
    ["1/x near 0", (x) => x.reciprocal(), 0.01],
    ["log near 0", (x) => x.log(), 1e-6],
    ["large numbers", (x) => x.square(), 1e8],
    ["small numbers", (x) => x.mul(1e-7), 2],
    ["a steep slope", (x) => x.mul(50).sigmoid(), 0.03],
  ])("passes a right gradient: %s", (_, f, at) => {
    expect(gradCheck(f, at)).toMatchObject({ passed: true });
  });

  test("fails a gradient that is wrong in the small", () => {
    const flat = defineOp({ name: "flat", value: (a) => 1e-7 * a, partials: [0] });
    expect(gradCheck(flat, 2).passed).toBe(false);
  });

  test("fails a rule that misleads backward() alone", () => {
    const twoFaced = defineOp({
      name: "twoFaced",
      value: (a) => a * a,
      partials: [(a) => (typeof a === "number" ? 2 * a : a)],
    });
    expect(gradCheck(twoFaced, 3).passed).toBe(true); // both ways get numbers at first order
    const isRight = { now: true };
    const fickle = defineOp({ name: "fickle", value: (a) => a, partials: [() => (isRight.now ? 1 : 2)] });
    const f = (x: Value) => {
      isRight.now = !isRight.now;
      return fickle(x);
    };
    expect(gradCheck(f, 3).passed).toBe(false);
  });

  test("fast mode checks all inputs in three directions", () => {
    const xs = Array.from({ length: 200 }, (_, i) => i / 100);
    const report = gradCheck((v: Value[]) => sum(v.map((x, i) => x.mul(i).sin())), xs, { mode: "fast" });
    expect(report.passed).toBe(true);
    expect(report.entries.map(({ path }) => path)).toEqual(["direction 1", "direction 2", "direction 3"]);
    const cut = (v: Value[]) => sum(v.map((x, i) => (i === 7 ? value(x.data) : x).square()));
    expect(gradCheck(cut, xs, { mode: "fast" }).passed).toBe(false);
    expect(() => gradCheck(cut, xs, { mode: "quick" as never })).toThrow(/mode must be "full" or "fast"/);
  });
});
