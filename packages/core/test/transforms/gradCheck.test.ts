import { describe, expect, test } from "vitest";
import { defineOp, grad, gradCheck, sum, type Value, value } from "../../src/index.ts";

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

  test("differences that cannot tell are inconclusive, and do not pass", () => {
    const offset = 1e16;
    const wrong = defineOp({ name: "wrong", value: (a) => a + offset, partials: [5] });
    const report = gradCheck(wrong, 1);
    expect(report).toMatchObject({ passed: false, entries: [{ verdict: "inconclusive" }], wrongRules: [] });
    expect(report.entries[0]!.uncertainty).toBeGreaterThan(1);
    expect(() => gradCheck(wrong, 1, { throws: true })).toThrow(
      /1 cannot be told by differences .*\n {2}x at 1: gradient 5, central difference .* ± /,
    );
  });

  test.each<[string, (x: Value) => Value, number]>([
    ["floor at a jump", (x) => x.floor(), 1],
    ["step at 0", (x) => x.step(), 0],
    ["sign at 0", (x) => x.sign(), 0],
    ["relu at 0", (x) => x.relu(), 0],
  ])("does not pass at a kink: %s", (_, f, at) => {
    expect(gradCheck(f, at).passed).toBe(false);
  });

  test.each<[string, (x: Value) => Value, number]>([
    ["at a maximum", (x) => x.sin(), Math.PI / 2],
    ["at a minimum far from 0", (x) => x.sub(1e3).square().add(7), 1e3],
    ["where f is constant", (x) => x.floor(), 1.5],
    ["where f is 0", (x) => x.relu(), -2],
  ])("passes a slope of 0: %s", (_, f, at) => {
    expect(gradCheck(f, at)).toMatchObject({ passed: true });
  });

  test("an input without influence fails, or passes on request", () => {
    expect(gradCheck(() => 3, 1)).toMatchObject({ passed: false, unconnected: ["x"] });
    const f = ([x, _y]: [Value, Value]) => x.mul(2);
    expect(() => gradCheck(f, [1, 2], { throws: true })).toThrow(
      'gradCheck: the result does not depend on some inputs (if that is meant, pass { unconnected: "zero" }):\n  x[1]',
    );
    expect(gradCheck(f, [1, 2], { unconnected: "zero" })).toMatchObject({
      passed: true,
      unconnected: ["x[1]"],
    });
  });

  test("blames a rule that stops a gradient", () => {
    const stopped = defineOp({ name: "stopped", value: (a) => a * a, partials: [null] });
    const report = gradCheck((x: Value) => stopped(x).add(x), 3);
    expect(report.wrongRules).toMatchObject([{ op: "stopped", operand: 1, rule: null }]);
  });

  test("leaves no trace on captured Values", () => {
    const w = value(3);
    const inner = w.mul(2);
    gradCheck((x: Value) => x.mul(w).add(inner), 1);
    expect([w.grad, w.hasGrad, inner.grad, inner.hasGrad]).toEqual([0, false, 0, false]);
    inner.backward();
    gradCheck((x: Value) => x.mul(w).add(inner), 1);
    expect([w.grad, inner.grad]).toEqual([2, 1]);
  });

  test("takes what grad takes: a derivative as the function", () => {
    expect(
      gradCheck(
        grad((x: Value) => x.pow(3)),
        2,
      ).passed,
    ).toBe(true);
  });

  test.each([
    [null, "gradCheck: options must be an object, got null."],
    [
      { tolerence: 1 },
      /there is no option "tolerence". The options are: mode, tolerance, throws, unconnected/,
    ],
    [{ tolerance: -1 }, "gradCheck: tolerance must be a number ≥ 0, got -1."],
    [{ tolerance: Number.NaN }, /tolerance must be a number ≥ 0, got NaN/],
    [{ tolerance: Number.POSITIVE_INFINITY }, /tolerance must be a number ≥ 0, got Infinity/],
    [{ tolerance: "1" }, /tolerance must be a number ≥ 0, got the string "1"/],
    [{ throws: "yes" }, /throws must be true or false, got the string "yes"/],
  ])("refuses options %j", (options, message) => {
    expect(() => gradCheck((x: Value) => x.sin(), 1, options as never)).toThrow(message);
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
