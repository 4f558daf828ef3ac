import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  defineOp,
  dot,
  greater,
  logsumexp,
  max,
  mean,
  norm,
  relu,
  type Scalar,
  sum,
  topologicalOrder,
  type Value,
  value,
  where,
} from "../src/index.ts";

describe("known gradients", () => {
  test("a product with itself twice, over two calls: leaves accumulate, inner adjoints do not leak", () => {
    const x = value(2);
    const y = x.mul(x).mul(x);
    y.backward();
    expect(x.grad).toBe(12);
    y.backward();
    expect([x.grad, y.grad]).toEqual([24, 1]);
  });

  test("x + x has two edges", () => {
    const x = value(5);
    x.add(x).backward();
    expect(x.grad).toBe(2);
  });

  test("a diamond: both paths count", () => {
    const x = value(3);
    const a = x.mul(2);
    a.mul(a.add(1)).backward(); // 2x(2x + 1), so 8x + 2
    expect([x.grad, a.grad]).toEqual([26, 13]);
  });

  test("a leaf is its own gradient", () => {
    const x = value(7);
    x.backward();
    expect(x.grad).toBe(1);
  });

  test("micrograd's sanity check", () => {
    const x = value(-4);
    const z = x.mul(2).add(2).add(x);
    const q = relu(z).add(z.mul(x));
    const h = relu(z.mul(z));
    const y = h.add(q).add(q.mul(x));
    y.backward();
    expect([y.data, x.grad]).toEqual([-20, 46]);
  });

  test("micrograd's larger check, against PyTorch's published numbers", () => {
    const a = value(-4);
    const b = value(2);
    let c = a.add(b);
    let d = a.mul(b).add(b.pow(3));
    c = c.add(c.add(1));
    c = c.add(c.add(1).sub(a));
    d = d.add(d.mul(2).add(relu(b.add(a))));
    d = d.add(d.mul(3).add(relu(b.sub(a))));
    const f = c.sub(d).square();
    const g = f.div(2).add(f.reciprocal().mul(10));
    g.backward();
    expect(g.data).toBeCloseTo(24.70408163265306, 13);
    expect(a.grad).toBeCloseTo(138.8338192419825, 11);
    expect(b.grad).toBeCloseTo(645.5772594752186, 11);
  });

  test("operations on arrays", () => {
    const w = [value(1), value(2)];
    const x = [value(3), value(4)];
    sum([dot(w, x), mean(w)]).backward();
    expect(w.map((v) => v.grad)).toEqual([3.5, 4.5]);
    expect(x.map((v) => v.grad)).toEqual([1, 2]);
  });

  test("the same array on both sides of a dot", () => {
    const x = [value(3), value(4)];
    dot(x, x).backward();
    expect(x.map((v) => v.grad)).toEqual([6, 8]);
  });
});

describe("scale", () => {
  test("a chain of a million nodes", () => {
    const x = value(1);
    let y: Value = x;
    for (let i = 0; i < 1_000_000; i++) y = i % 2 === 0 ? y.mul(2) : y.mul(0.5);
    y.backward();
    expect([y.data, x.grad]).toEqual([1, 1]);
  });

  test("a ladder with 2^60 paths", () => {
    const x = value(1);
    let y: Value = x;
    for (let i = 0; i < 60; i++) y = y.add(y);
    y.backward();
    expect(x.grad).toBe(2 ** 60);
  });
});

describe("uses outside the root's graph", () => {
  test("a second output, a metric and a dropped expression do not hold the gradient back", () => {
    const x = value(3);
    const shared = x.mul(x);
    const deeper = shared.sin();
    const dropped = shared.exp().add(deeper);
    const root = shared.mul(2).add(deeper.mul(deeper));
    root.backward();
    const slope = 2 * 3 * (2 + 2 * Math.sin(9) * Math.cos(9));
    expect(x.grad).toBeCloseTo(slope, 12);
    x.zeroGrad();
    dropped.backward();
    expect(x.grad).toBeCloseTo(6 * (Math.exp(9) + Math.cos(9)), 8);
    x.zeroGrad();
    root.backward();
    expect(x.grad).toBeCloseTo(slope, 12);
  });

  test("a node that only a comparison also uses", () => {
    const x = value(3);
    const shared = x.mul(x);
    where(greater(shared, 1), shared.mul(2), 0).backward();
    expect(x.grad).toBe(12);
  });
});

describe("random graphs against forward differentiation", () => {
  /** A recipe for a graph: each step combines two earlier nodes (or leaves) by +, − or ×. */
  const recipe = fc.record({
    leaves: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 4 }),
    steps: fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 30 }), fc.nat({ max: 30 })), {
      minLength: 1,
      maxLength: 30,
    }),
    roots: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }),
  });

  test("every root of every graph, called in turn", () => {
    fc.assert(
      fc.property(recipe, ({ leaves, steps, roots }) => {
        const inputs = leaves.map((x) => value(x));
        const nodes: Value[] = [...inputs];
        // The same recipe on (number, tangent) pairs, small integers throughout, so that both are exact.
        const tangents: number[][] = inputs.map((_, i) => inputs.map((__, j) => (i === j ? 1 : 0)));
        for (const [kind, i, j] of steps) {
          const a = nodes[i % nodes.length]!;
          const b = nodes[j % nodes.length]!;
          const da = tangents[nodes.indexOf(a)]!;
          const db = tangents[nodes.indexOf(b)]!;
          nodes.push(kind === 0 ? a.add(b) : kind === 1 ? a.sub(b) : a.mul(b));
          tangents.push(
            da.map((t, k) =>
              kind === 0 ? t + db[k]! : kind === 1 ? t - db[k]! : t * b.data + a.data * db[k]!,
            ),
          );
        }
        for (const pick of roots) {
          const root = nodes[pick % nodes.length]!;
          const want = tangents[nodes.indexOf(root)]!;
          if (!want.every((t) => Number.isSafeInteger(t))) continue;
          for (const input of inputs) input.grad = 0;
          root.backward();
          expect(inputs.map((input) => input.grad + 0)).toEqual(want.map((t) => t + 0));
        }
      }),
      { numRuns: 2000, seed: 1, endOnFailure: true },
    );
  });
});

describe("zero adjoints", () => {
  test("where never leaks the branch not taken", () => {
    const x = value(0);
    where(greater(x, 0), x.log(), x.mul(3)).backward();
    expect(x.grad).toBe(3);
  });

  test("a selecting operation keeps an infinite adjoint out of the branch not taken", () => {
    const x = value(4);
    const taken = value(0);
    const y: Scalar = where(greater(x, 0), taken, x);
    y.sqrt().backward();
    expect([taken.grad, x.grad]).toEqual([Number.POSITIVE_INFINITY, 0]);
  });

  test("a dot whose result was not taken passes nothing on, whatever it holds", () => {
    const x = value(2);
    const y = value(Number.POSITIVE_INFINITY);
    where(0, dot([x, y], [y, x]), x.mul(3)).backward();
    expect([x.grad, y.grad]).toEqual([3, 0]);
  });

  test("elsewhere zero times infinity is NaN, as the chain rule says", () => {
    const x = value(0);
    x.mul(x).sqrt().backward();
    expect(x.grad).toBeNaN();
  });
});

describe("after a fault", () => {
  test("a rule that throws leaves no trace in the next sweep", () => {
    let isBroken = true;
    const fragile = defineOp({
      name: "fragile",
      value: (a) => a,
      partials: [
        () => {
          if (isBroken) throw new Error("broken rule");
          return 1;
        },
      ],
    });
    const x = value(3);
    const shared = x.mul(2);
    const y = sum([shared.mul(5), fragile(shared), shared.mul(11)]);
    expect(() => y.backward()).toThrow("broken rule");
    isBroken = false;
    x.zeroGrad();
    y.backward();
    expect(x.grad).toBe(34);
  });

  test("a rule must not sweep itself; it may walk", () => {
    const x = value(3);
    const walking = defineOp({
      name: "walking",
      value: (a) => a,
      partials: [
        () => {
          topologicalOrder(x.mul(2).add(x));
          return 1;
        },
      ],
    });
    const shared = x.mul(2);
    shared.add(walking(shared)).backward();
    expect(x.grad).toBe(4);
    const sweeping = defineOp({
      name: "sweeping",
      value: (a) => a,
      partials: [
        () => {
          x.mul(2).backward();
          return 1;
        },
      ],
    });
    expect(() => sweeping(x).backward()).toThrow("the rule of an operation must not call backward()");
  });

  test("an operation on an array may stop the gradient at some operands", () => {
    const pick = defineOp({
      name: "pick",
      value: ([k, a, b]) => (k! > 0 ? a! : b!),
      partials: () => [null, 1, 0],
    });
    const x = value(3);
    const key = x.mul(2);
    const y = pick([key, x, 4]).mul(key);
    const metric = key.exp();
    y.backward();
    expect(x.grad).toBe(6 + 3 * 2);
    expect(metric.data).toBe(Math.exp(6));
  });

  test("200,000 shared nodes, all used outside too", () => {
    const x = value(1);
    const shared = Array.from({ length: 200_000 }, () => x.mul(2));
    const metric = sum(shared);
    sum(shared.map((node) => node.add(node))).backward();
    expect([x.grad, metric.data]).toEqual([800_000, 400_000]);
  });
});

test("createGraph with a rule that works for numbers only adds no gradient", () => {
  const numeric = defineOp({
    name: "numeric",
    value: (a) => a * a,
    partials: [(a) => (typeof a === "number" ? 2 * a : (undefined as never))],
  });
  const x = value(3);
  expect(() => numeric(x).backward({ createGraph: true })).toThrow(
    /numeric: its partial for operand 1 .* got undefined/,
  );
  expect([x.grad, x.gradNode]).toEqual([0, undefined]);
});

describe("hasGrad", () => {
  test("tells a gradient of 0 from no gradient", () => {
    const x = value(-1);
    const unused = value(1);
    const inner = x.mul(2);
    expect([x.hasGrad, inner.hasGrad]).toEqual([false, false]);
    inner.relu().backward();
    expect([x.hasGrad, inner.hasGrad, unused.hasGrad, inner.grad]).toEqual([true, true, false, 0]);
    x.zeroGrad();
    expect([x.hasGrad, inner.hasGrad]).toEqual([false, true]);
  });
});

test("large arrays take time in proportion", () => {
  const xs = Array.from({ length: 100_000 }, (_, i) => value(i / 1e5));
  max(xs).add(logsumexp(xs)).add(norm(xs)).add(sum(xs)).backward();
  expect(xs.at(-1)!.grad).toBeGreaterThan(2);
});
