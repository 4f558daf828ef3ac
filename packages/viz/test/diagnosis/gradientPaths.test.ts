import { add, defineOp, localDerivatives, mul, tanh, type Value, value, zeroGrad } from "@chainrule/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradientPaths } from "../../src/diagnosis/gradientPaths.ts";
import { diamond, neuron } from "../graphs.ts";
import { randomGraphs, runs } from "./randomGraphs.ts";

/** The products of all paths from a node to a parameter, one by one. */
function productsByEnumeration(root: Value, parameter: Value): number[] {
  if (root === parameter) return [1];
  const partials = localDerivatives(root);
  return root.operands.flatMap((operand, slot) => {
    const partial = partials[slot]!;
    if (typeof operand === "number" || partial === null) return [];
    return productsByEnumeration(operand, parameter).map((product) => partial * product);
  });
}

/** The gradient by the engine itself. */
function gradientOf(root: Value, parameter: Value): number {
  zeroGrad(root);
  root.backward();
  return parameter.grad;
}

/** n times x ↦ 0.5 x + tanh(x), each of which doubles the number of paths. */
function diamonds(n: number): { root: Value; parameter: Value } {
  const parameter = value(1, "w");
  let root: Value = parameter;
  for (let i = 0; i < n; i++) root = add(mul(root, 0.5), tanh(root));
  return { root, parameter };
}

describe("laws, on random graphs", () => {
  // No tiny numbers: products of them lose their digits.
  const number = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 1000);
  const graphs = randomGraphs(number, "smooth");

  test("the sum over all paths is the gradient", () => {
    const property = fc.property(graphs, ({ root, leaves: [parameter] }) => {
      const { sum, gradient, absoluteSum } = gradientPaths(root, parameter);
      const wanted = gradientOf(root, parameter);
      const tolerance = 1e-12 * absoluteSum;
      expect(Math.abs(sum - wanted)).toBeLessThanOrEqual(tolerance);
      expect(Math.abs(gradient - wanted)).toBeLessThanOrEqual(tolerance);
    });
    fc.assert(property, runs);
  });

  test("the top k, and their number, are what enumerating all paths finds", () => {
    const property = fc.property(graphs, fc.integer({ min: 1, max: 20 }), ({ root, leaves }, top) => {
      for (const parameter of leaves) {
        const all = productsByEnumeration(root, parameter);
        const { paths, count, absoluteSum } = gradientPaths(root, parameter, { top });
        const wanted = all.map(Math.abs).sort((a, b) => b - a);
        expect(count).toBe(BigInt(all.length));
        expect(paths).toHaveLength(Math.min(top, all.length));
        paths.forEach(({ product }, i) => {
          expect(Math.abs(Math.abs(product) - wanted[i]!)).toBeLessThanOrEqual(1e-12 * absoluteSum);
        });
        const total = all.reduce((sum, product) => sum + Math.abs(product), 0);
        expect(Math.abs(absoluteSum - total)).toBeLessThanOrEqual(1e-12 * total);
      }
    });
    fc.assert(property, runs);
  });

  test("paths are all different, connected, and the products of their factors", () => {
    const property = fc.property(graphs, ({ root, leaves: [parameter] }) => {
      const { paths } = gradientPaths(root, parameter, { top: 50 });
      expect(new Set(paths.map(({ edges }) => edges.map((e) => `${e.to}.${e.slot}`).join())).size).toBe(
        paths.length,
      );
      for (const { nodes, edges, factors, product, smallest } of paths) {
        expect(edges.map(({ from }) => from)).toEqual(nodes.slice(0, -1).map(({ id }) => id));
        expect(edges.map(({ to }) => to)).toEqual(nodes.slice(1).map(({ id }) => id));
        expect(product).toBeCloseTo(factors.reduce((all, factor) => all * factor, 1));
        const sizes = factors.map(Math.abs);
        if (edges.length > 0) expect(sizes[smallest]).toBe(Math.min(...sizes));
      }
    });
    fc.assert(property, runs);
  });

  test("no grad changes", () => {
    const { root, parameter } = diamonds(3);
    root.backward();
    const before = parameter.grad;
    gradientPaths(root, parameter);
    expect(parameter.grad).toBe(before);
  });
});

describe("numbers that are not finite", () => {
  const numbers = fc.oneof(
    fc.constantFrom(0, -0, 1, -1, 1e200, -1e200, 1e-200, Number.NaN, Number.POSITIVE_INFINITY),
    fc.double({ min: -3, max: 3, noNaN: true }),
  );

  /** As {@link productsByEnumeration}, by the rule of the engine: from the root, and 0 × anything is 0. */
  function productsByRule(root: Value, parameter: Value, adjoint = 1): number[] {
    if (root === parameter) return [adjoint];
    const partials = localDerivatives(root);
    return root.operands.flatMap((operand, slot) => {
      const partial = partials[slot]!;
      if (typeof operand === "number" || partial === null) return [];
      const isCut = adjoint === 0 || (partial === 0 && root.op!.selects);
      return productsByRule(operand, parameter, isCut ? 0 : adjoint * partial);
    });
  }

  test("the sum is that of the products of all paths, and the gradient wherever it is finite", () => {
    const property = fc.property(randomGraphs(numbers, "all"), ({ root, leaves }) => {
      for (const parameter of leaves) {
        const products = productsByRule(root, parameter);
        const { sum, absoluteSum, gradient } = gradientPaths(root, parameter);
        const sizes = products.reduce((total, product) => total + Math.abs(product), 0);
        expect(Number.isNaN(absoluteSum)).toBe(products.some(Number.isNaN));
        expect(Number.isFinite(absoluteSum)).toBe(Number.isFinite(sizes));
        if (Number.isFinite(sizes)) {
          expect(Math.abs(sum - gradient)).toBeLessThanOrEqual(1e-12 * sizes);
          expect(Math.abs(absoluteSum - sizes)).toBeLessThanOrEqual(1e-12 * sizes);
        } else if (!Number.isNaN(sum)) expect(sum).toBe(gradient);
        expect(Object.is(gradient + 0, gradientOf(root, parameter) + 0)).toBe(true);
      }
    });
    fc.assert(property, runs);
  });

  test("a zero adjoint stops an infinite slope", () => {
    const x = value(0, "x");
    const { sum, gradient, absoluteSum, paths, text } = gradientPaths(x.sqrt().mul(value(0, "z")), x);
    expect([sum, gradient, absoluteSum, paths[0]!.product]).toEqual([0, 0, 0, 0]);
    expect(paths[0]!.log10).toBe(Number.NEGATIVE_INFINITY);
    expect(text).toMatch(/^∂root\/∂x = 0, the sum of 1 path /);
  });

  test("adjoints that cancel before an infinite slope: a gradient, but no sum, and why", () => {
    const x = value(0, "x");
    const root = x.sqrt();
    const { sum, gradient, absoluteSum, text } = gradientPaths(root.sub(root), x);
    expect([sum, gradient, absoluteSum]).toEqual([Number.NaN, 0, Number.POSITIVE_INFINITY]);
    expect(text.split("\n")[0]).toBe(
      "∂root/∂x = 0, by 2 paths, which cannot be summed: some products, or their sums, are ∞ and others −∞.",
    );
  });

  test("∞ × 0 on the way", () => {
    const x = value(0, "x");
    const { sum, text } = gradientPaths(x.square().sqrt(), x);
    expect(sum).toBeNaN();
    expect(text).toMatch(/^∂root\/∂x = NaN, by 1 path, which cannot be summed: NaN or ∞ × 0 on the way\./);
  });

  test("a branch not taken comes last, whatever slope is above it", () => {
    const x = value(2, "x");
    const chosen = value(0).where(x, value(0, "zero"));
    const { paths, sum } = gradientPaths(chosen.sqrt().add(x.mul(3)), x);
    expect(paths.map(({ product }) => product)).toEqual([3, 0]);
    expect(sum).toBe(3);
  });
});

describe("numbers known from elsewhere", () => {
  test("(x + 1)(x − 2) at 3: 4 + 1", () => {
    const root = diamond();
    const { paths, gradient, count, text } = gradientPaths(root, "x");
    expect(paths.map(({ product }) => product)).toEqual([4, 1]);
    expect([gradient, count]).toEqual([5, 2n]);
    expect(text).toBe(
      [
        "∂root/∂x = 5, the sum of 2 paths (their sizes add up to 5).",
        "1. 4 (80 % of the sizes): x —1→ − —4→ ×",
        "   smallest factor 1: ∂(−)/∂(x)",
        "2. 1 (20 % of the sizes): x —1→ + —1→ ×",
        "   smallest factor 1: ∂(+)/∂(x)",
      ].join("\n"),
    );
  });

  test("the lecture's neuron: ∂o/∂w1 = 1/2 · 1 · 1 · 2", () => {
    const { paths } = gradientPaths(neuron(), "w1");
    expect(paths).toHaveLength(1);
    expect(paths[0]!.product).toBeCloseTo(1, 12);
    expect(paths[0]!.nodes.map(({ label }) => label)).toEqual(["w1", "x1·w1", "", "n", "o"]);
    expect(paths[0]!.smallest).toBe(3);
  });

  test("60 diamonds: 2⁶⁰ paths, exactly, and the best by hand", () => {
    const { root, parameter } = diamonds(60);
    const { count, sum, paths, dot } = gradientPaths(root, parameter, { top: 3 });
    expect(count).toBe(2n ** 60n);
    expect(sum).toBeCloseTo(gradientOf(root, parameter), 25);
    // The largest factor of every diamond.
    let x = 1;
    let best = 1;
    for (let i = 0; i < 60; i++) {
      best *= Math.max(0.5, 1 - Math.tanh(x) ** 2);
      x = 0.5 * x + Math.tanh(x);
    }
    expect(paths[0]!.product / best).toBeCloseTo(1, 12);
    expect(dot.match(/^ {2}n\d+ \[/gm)!.length).toBeLessThan(40);
  });

  test("a product too small for a number is told by its exponent", () => {
    const w = value(1, "w");
    let root: Value = w;
    for (let i = 0; i < 100_000; i++) root = root.mul(0.1);
    const { paths, text, count } = gradientPaths(root, w);
    expect(count).toBe(1n);
    expect(paths[0]!.product).toBe(0);
    expect(paths[0]!.log10).toBeCloseTo(-100_000, 3);
    expect(text).toContain("±10^-100000");
  });

  test("100,000 nodes deep with 2²⁵⁰⁰⁰ paths", () => {
    const { root, parameter } = diamonds(25_000);
    const { count, text } = gradientPaths(root, parameter, { top: 1 });
    expect(count === 2n ** 25_000n).toBe(true);
    expect(text).toContain("about 10^7525 paths");
  });
});

describe("where the gradient vanished", () => {
  test("the smallest factor of the largest path", () => {
    const w = value(20, "w");
    const { paths, text } = gradientPaths(w.mul(0.5).tanh().mul(3), w);
    const [path] = paths;
    expect(path!.nodes[path!.smallest + 1]!.op).toBe("tanh");
    expect(text).toContain("∂(tanh)/∂(×)");
  });

  test("the caption says whose factor it is", () => {
    const x = value(2, "x");
    const { dot } = gradientPaths(x.mul(0.5).mul(3).add(x.mul(0.1)), x);
    expect(dot).toContain("largest path (blue): 1.5\\nits smallest factor 0.5: ∂(×)/∂(x) (red)");
    expect(dot).toContain('label="0.1"');
  });

  test("a factor of 0", () => {
    const w = value(-2, "w");
    const { gradient, isFlowing, paths } = gradientPaths(w.relu().mul(3), w);
    expect([gradient, isFlowing, paths[0]!.product]).toEqual([0, false, 0]);
    expect(paths[0]!.nodes[paths[0]!.smallest + 1]!.op).toBe("relu");
  });

  test("a branch not taken sends 0, whatever its derivative", () => {
    const x = value(0, "x");
    const { gradient, sum } = gradientPaths(value(1).where(x.mul(2), x.log()), x);
    expect([gradient, sum]).toEqual([2, 2]);
  });

  test("no path at all", () => {
    const x = value(1, "x");
    const stopped = gradientPaths(x.stopGradient().mul(2), x);
    expect([stopped.count, stopped.isFlowing, stopped.paths]).toEqual([0n, false, []]);
    expect(stopped.text).toContain("all ways are stopped");
    const elsewhere = gradientPaths(value(1).exp(), x);
    expect([elsewhere.parameter, elsewhere.count]).toEqual([null, 0n]);
    expect(elsewhere.text).toContain("it is not below the root");
  });

  test("a root is its own parameter, by one path without edges", () => {
    const x = value(1, "x");
    expect(gradientPaths(x, x)).toMatchObject({ count: 1n, sum: 1, gradient: 1 });
    const y = x.exp();
    expect(gradientPaths(y, y).paths[0]).toMatchObject({ product: 1, smallest: -1 });
  });

  test("a node between", () => {
    const n = value(2, "x").square();
    const { paths } = gradientPaths(n.mul(n), n);
    expect(paths.map(({ product }) => product)).toEqual([4, 4]);
  });

  test("a derivative that is not finite comes first", () => {
    const half = defineOp({ name: "half", value: (a) => a / 2, partials: [() => Number.NaN] });
    const x = value(1, "x");
    const { paths, isFlowing } = gradientPaths(x.mul(1e9).add(half(x)), x);
    expect(paths[0]!.product).toBeNaN();
    expect(isFlowing).toBe(false);
  });
});

describe("errors", () => {
  const x = value(1, "x");
  test.each([
    [() => gradientPaths(3 as never, x), TypeError, "gradientPaths: root must be a Value, got 3."],
    [
      () => gradientPaths(x, 3 as never),
      TypeError,
      "gradientPaths: parameter must be a Value or a label, got 3.",
    ],
    [
      () => gradientPaths([x.exp(), x.sin()] as never, x),
      RangeError,
      "gradientPaths: needs one root, got an array of 2. Call it for each root.",
    ],
    [() => gradientPaths(x, "y"), RangeError, 'gradientPaths: no node has the label "y". There are "x".'],
    [
      () => gradientPaths(x.add(value(2, "x")), "x"),
      RangeError,
      'gradientPaths: 2 nodes have the label "x". Give the one you mean another label.',
    ],
    [
      () => gradientPaths(x, x, { top: 0 }),
      TypeError,
      "gradientPaths: top must be an integer from 1 to 1000, got 0.",
    ],
  ])("%#", (run, kind, message) => {
    expect(run).toThrow(new kind(message));
  });
});
