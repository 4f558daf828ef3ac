import {
  CheckError,
  checked,
  defineOp,
  dot,
  log,
  topologicalOrder,
  type Value,
  value,
} from "@chainrule/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findNonFinite } from "../../src/diagnosis/findNonFinite.ts";
import { diamond } from "../graphs.ts";
import { randomGraphs, runs, valuesBelow } from "./randomGraphs.ts";

const { NaN: NAN, POSITIVE_INFINITY: INFINITY } = Number;
const numberOf = (x: number | Value) => (typeof x === "number" ? x : x.data);
const isBad = (x: number | Value) => !Number.isFinite(numberOf(x));

/** By hand: the nodes that make the root NaN or ±∞, or all if it is finite; of those the first without bad operands. */
function scanForward(root: Value): Value | undefined {
  const spreading = new Set<Value>();
  const spread = (node: Value): void => {
    if (!isBad(node)) return;
    spreading.add(node);
    valuesBelow(node).forEach(spread);
  };
  spread(root);
  const order = topologicalOrder(root);
  return order.find(
    (node) => isBad(node) && !node.operands.some(isBad) && (spreading.has(node) || !isBad(root)),
  );
}

describe("on random graphs", () => {
  const numbers = fc.oneof(
    fc.constantFrom(0, 1, -1, 1e200, -1e200, 1e-200, 800, NAN, INFINITY),
    fc.double({ min: -3, max: 3, noNaN: true }),
  );
  const graphs = randomGraphs(numbers, "all");

  test("the first node forward is what a scan by hand finds", () => {
    const property = fc.property(graphs, ({ root }) => {
      const found = findNonFinite(root).forward;
      const wanted = scanForward(root);
      expect(found === null).toBe(wanted === undefined);
      if (found === null) return;
      expect(found.node.op).toBe(wanted!.op?.name);
      expect(found.node.label).toBe(wanted!.label ?? "");
      expect(found.node.data).toBe(wanted!.data);
      expect(found.operands).toEqual(wanted!.operands.map(numberOf));
      expect(found.isMasked).toBe(Number.isFinite(root.data));
    });
    fc.assert(property, runs);
  });

  test("the first edge backward is where checked() stops", () => {
    const property = fc.property(graphs, ({ root }) => {
      let fault: CheckError | undefined;
      try {
        checked(() => root.backward());
      } catch (error) {
        if (!(error instanceof CheckError)) throw error;
        fault = error;
      }
      const found = findNonFinite(root).backward;
      expect(found === null).toBe(fault === undefined);
      if (found === null) return;
      expect(found.node.op).toBe(fault!.node.op!.name);
      expect(found.node.data).toBe(fault!.node.data);
      expect(fault!.message).toContain(`becomes ${found.total} at operand ${found.edge.slot + 1} of`);
    });
    fc.assert(property, runs);
  });

  test("a picture has at most 25 nodes", () => {
    const property = fc.property(graphs, ({ root }) => {
      expect(findNonFinite(root).dot.match(/^ {2}n\d+ \[/gm)!.length).toBeLessThanOrEqual(25);
    });
    fc.assert(property, { ...runs, numRuns: 50 });
  });
});

describe("reasons forward", () => {
  const x = (data: number) => value(data, "x");
  test.each<[string, () => Value, string, string]>([
    ["log(-1)", () => x(-1).log(), "domain", "log(-1) is not defined"],
    ["√-2", () => x(-2).sqrt(), "domain", "sqrt(-2) is not defined"],
    ["acos just above 1", () => x(1.0000001).acos(), "domain", "acos(1) is not defined"],
    ["(-8) ** (1/3)", () => x(-8).pow(1 / 3), "domain", "pow(-8, 0.3333) is not defined"],
    ["log 0", () => x(0).log(), "pole", "log(0) is -∞: the function grows without bound there"],
    ["1 ÷ 0", () => value(1).div(x(0)), "pole", "1 ÷ 0 is ∞: the function grows without bound there"],
    ["0 ** -1", () => x(0).pow(-1), "pole", "pow(0, -1) is ∞: the function grows without bound there"],
    ["atanh 1", () => x(1).atanh(), "pole", "atanh(1) is ∞: the function grows without bound there"],
    ["0 ÷ 0", () => x(0).div(0), "indeterminate", "0 ÷ 0 has no value"],
    ["exp", () => x(1000).exp(), "overflow", "exp(1000) is larger than 1.8e308, the largest number"],
    [
      "product",
      () => x(1e200).mul(-1e200),
      "overflow",
      "1e200 × -1e200 is larger than 1.8e308, the largest number",
    ],
    [
      "sum of products",
      () => dot([x(1e200), x(1e200)], [1e200, -1e200]),
      "overflow",
      "on the way to dot(1e200, 1e200, 1e200, -1e200) a number is larger than 1.8e308, the largest number",
    ],
    ["a given NaN", () => x(NAN).mul(2), "given", "it was given so, nothing computed it"],
    ["a plain number", () => x(1).mul(INFINITY), "given", "it was given so, nothing computed it"],
  ])("%s", (_, build, kind, words) => {
    expect(findNonFinite(build()).forward!.reason).toEqual({ kind, words });
  });

  test("an operation of one's own, and one that refuses numbers", () => {
    const inverse = defineOp({ name: "inverse", value: (a) => 1 / a, partials: [null] });
    expect(findNonFinite(inverse(x(0))).forward!.reason.kind).toBe("pole");
    const strict = defineOp({
      name: "strict",
      value: (a) => {
        if (a !== 1) throw new RangeError("strict");
        return NAN;
      },
      partials: [null],
    });
    expect(findNonFinite(strict(x(1))).forward!.reason.kind).toBe("domain");
  });

  test.each<[string, (e: Value) => Value, string]>([
    ["∞ − ∞", (e) => e.sub(e), "∞ − ∞ has no value"],
    ["0 × ∞", (e) => e.mul(0), "∞ × 0 has no value"],
    ["∞ ÷ ∞", (e) => e.div(e.add(1)), "∞ ÷ ∞ has no value"],
  ])("and NaN from there on: %s", (_, then, words) => {
    const { forward, text } = findNonFinite(then(x(800).exp()));
    expect(forward!.node.op).toBe("exp");
    expect(forward!.nan!.reason).toEqual({ kind: "indeterminate", words });
    expect(text).toContain("Forward: exp(x = 800) is ∞");
    expect(text).toContain(`on: ${words}.`);
  });
});

describe("reasons backward", () => {
  test("a slope that is infinite, then 0 × ∞", () => {
    const x = value(0, "x");
    const { forward, backward, isHealthy, text } = findNonFinite(x.square().sqrt());
    expect([forward, isHealthy]).toEqual([null, false]);
    expect(backward).toMatchObject({ adjoint: 1, contribution: INFINITY, total: INFINITY });
    expect(backward!.reason).toEqual({
      kind: "slope",
      words: "the local derivative of sqrt(0) for operand 1 is ∞",
    });
    expect(backward!.nan!.reason).toEqual({ kind: "indeterminate", words: "∞ × 0 has no value" });
    expect(text).toBe(
      [
        "Backward: the gradient becomes ∞ at operand 1 of sqrt(0) = 0: the local derivative of sqrt(0) for operand 1 is ∞.",
        "  NaN at operand 1 of square(x = 0): ∞ × 0 has no value.",
        "  For the line that created it pass a function: findNonFinite(() => …).",
      ].join("\n"),
    );
  });

  test("a product that overflows", () => {
    const tiny = value(1e-200, "tiny").mul(1e160).mul(1e160);
    expect(findNonFinite(tiny).backward!.reason).toEqual({
      kind: "overflow",
      words: "1e160 × 1e160 is larger than 1.8e308, the largest number",
    });
  });

  test("a sum over uses that overflows, or is ∞ − ∞", () => {
    const x = value(1e-300, "x");
    const y = x.mul(1);
    const sum = y.mul(1e308).add(y.mul(1e308));
    expect(findNonFinite(sum).backward!.reason).toEqual({
      kind: "overflow",
      words: "1e308 from other uses + 1e308 is larger than 1.8e308, the largest number",
    });
    const zero = value(0, "zero");
    const root = zero.sqrt().sub(zero.cbrt());
    expect(findNonFinite(root).backward!.nan!.reason).toMatchObject({ kind: "indeterminate" });
  });
});

describe("masks", () => {
  test("a NaN in a branch not taken harms nothing", () => {
    const x = value(-1, "x");
    const { isHealthy, forward, backward, text } = findNonFinite(x.greater(0).where(x.log(), 0).add(x));
    expect([isHealthy, backward, forward!.isMasked]).toEqual([true, null, true]);
    expect(text).toContain("It does not reach the root, which is finite.");
  });

  test("it is not taken for the origin of another", () => {
    const x = value(-1, "x");
    const masked = x.greater(0).where(x.log(), 0);
    const { forward } = findNonFinite(masked.add(value(0, "y").log()));
    expect(forward!.calculation).toBe("log(y = 0)");
  });
});

describe("the line that created it", () => {
  const here = /findNonFinite\.test\.ts:\d+:\d+$/;

  test("forward, backward, and of what is given where it is used first", () => {
    expect(findNonFinite(() => value(-1, "p").mul(2).log().add(1)).createdAt).toMatch(here);
    expect(findNonFinite(() => value(0, "p").sqrt().add(1)).createdAt).toMatch(here);
    const given = findNonFinite(() => value(NAN, "p").add(1));
    expect(given.createdAt).toMatch(here);
    expect(given.text).toMatch(
      /^Forward: p = NaN: it was given so, nothing computed it.\n {2}first used at .*\d$/,
    );
    expect(findNonFinite(() => value(0).sqrt()).text).toMatch(/\n {2}created at .*test\.ts:\d+:\d+$/);
  });

  test("not known of a Value, nor where another fault comes before", () => {
    expect(findNonFinite(value(-1).log()).createdAt).toBeNull();
    const build = () => {
      const x = value(-1, "x");
      const masked = x.greater(0).where(x.log(), 0);
      return masked.add(value(0, "y").log());
    };
    expect(findNonFinite(build).createdAt).toBeNull();
  });

  test("no gradient changes", () => {
    const x = value(0, "x");
    findNonFinite(() => x.sqrt().add(x));
    expect([x.grad, x.hasGrad]).toEqual([0, false]);
  });

  test("an error of the function is passed on", () => {
    const build = () => {
      throw new RangeError("mine");
    };
    expect(() => findNonFinite(build)).toThrow(new RangeError("mine"));
  });
});

describe("several roots", () => {
  test("a number that is not finite in any of them is found", () => {
    const report = findNonFinite([value(1), value(NAN, "x")]);
    expect(report.isHealthy).toBe(false);
    expect(report.forward).toMatchObject({ node: { label: "x" }, isMasked: false });
  });

  test("so is a gradient, of the root that has it", () => {
    const [x, y] = [value(0, "x"), value(4, "y")];
    const [good, bad] = [y.sqrt(), x.sqrt()];
    bad.label = "bad";
    const report = findNonFinite([good, bad]);
    expect([report.forward, report.isHealthy]).toEqual([null, false]);
    expect(report.backward).toMatchObject({ root: { label: "bad" }, contribution: INFINITY });
    expect(report.text).toMatch(
      /^Backward: the gradient of bad, root 2 becomes ∞ at operand 1 of bad = sqrt/,
    );
    expect(report.dot).toContain("grad: of bad, root 2");
    const built = findNonFinite(() => [value(4, "y").sqrt(), value(0, "x").sqrt()]);
    expect(built.createdAt).toMatch(/findNonFinite\.test\.ts:\d+:\d+$/);
  });

  test("gradients of one do not cancel those of another", () => {
    const x = value(0, "x");
    const root = x.sqrt();
    expect(findNonFinite([root, root.neg()]).backward!.total).toBe(INFINITY);
  });

  test("what reaches none of them is masked", () => {
    const x = value(-1, "x");
    const masked = x.greater(0).where(x.log(), 0);
    const { isHealthy, text } = findNonFinite([masked, x.exp()]);
    expect(isHealthy).toBe(true);
    expect(text).toContain("It reaches no root: all are finite.");
  });
});

test("all is finite", () => {
  const report = findNonFinite(diamond());
  expect(report).toMatchObject({ isHealthy: true, forward: null, backward: null, createdAt: null });
  expect(report.text).toBe("All numbers and gradients of 6 nodes are finite.");
});

test("100,000 nodes deep", () => {
  let root = value(-1, "x").log();
  for (let i = 0; i < 100_000; i++) root = root.neg();
  const { forward, dot: picture } = findNonFinite(root);
  expect(forward!.calculation).toBe("log(x = -1)");
  expect(picture).toContain("showing 25 of 100,002 nodes");
  expect(picture).toContain("1 use not shown");
});

test("wide operations show some operands, the bad ones among them", () => {
  const xs = Array.from({ length: 500 }, (_, i) => value(i, `x${i}`));
  const bad = log(value(-1, "bad"));
  const { dot: picture } = findNonFinite(dot([...xs, bad], [...xs.map(() => 1), 1]));
  expect(picture).toContain('"log\\nNaN');
  expect(picture).toMatch(/… \d+ operands not shown/);
});

test.each([3, () => 3, undefined])("not a Value: %s", (root) => {
  expect(() => findNonFinite(root as never)).toThrow(TypeError);
});
