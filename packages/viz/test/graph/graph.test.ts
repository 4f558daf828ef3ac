import { dot, mul, stopGradient, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { graphOf } from "../../src/graph/graph.ts";
import { neuron } from "../graphs.ts";

describe("graphOf", () => {
  test("operands come before results, a plain number right before its operation", () => {
    const { nodes, edges, roots } = graphOf([value(3, "x").mul(2).add(1)]);
    expect(nodes.map(({ id, symbol, data }) => [id, symbol, data])).toEqual([
      [0, undefined, 3],
      [1, undefined, 2],
      [2, "×", 6],
      [3, undefined, 1],
      [4, "+", 7],
    ]);
    expect(edges.map(({ from, to, slot }) => [from, to, slot])).toEqual([
      [0, 2, 0],
      [1, 2, 1],
      [2, 4, 0],
      [3, 4, 1],
    ]);
    expect(roots).toEqual([4]);
    expect(nodes.map(({ isPlain }) => isPlain)).toEqual([false, true, false, true, false]);
  });

  test("x·x has two edges", () => {
    const x = value(3, "x");
    expect(graphOf([mul(x, x)]).edges.map(({ from, slot, derivative }) => [from, slot, derivative])).toEqual([
      [0, 0, 3],
      [0, 1, 3],
    ]);
  });

  test("what a node is", () => {
    const leaves = [value(1, "layers.0.neurons.0.w2"), value(1, "b"), value(1, "theta"), value(1)];
    const kinds = (parameters?: ReadonlySet<(typeof leaves)[0]>) =>
      graphOf(leaves, parameters).nodes.map(({ kind }) => kind);
    expect(kinds()).toEqual(["parameter", "input", "input", "constant"]);
    expect(graphOf([value(1, "w0"), value(2, "b")]).nodes.map(({ kind }) => kind)).toEqual([
      "parameter",
      "parameter",
    ]);
    expect(kinds(new Set([leaves[2]!, leaves[3]!]))).toEqual(["input", "input", "parameter", "parameter"]);
    expect(graphOf([leaves[0]!.neg()]).nodes[1]!.kind).toBe("operation");
  });

  test("no gradient is null, and a gradient of 0 is 0", () => {
    const before = graphOf([neuron()]);
    expect(before.nodes.every(({ grad }) => grad === null)).toBe(true);
    expect(before.edges.every(({ contribution }) => contribution === null)).toBe(true);
    const root = neuron();
    root.backward();
    const after = graphOf([root]);
    expect(after.nodes.find(({ label }) => label === "w2")!.grad).toBe(0);
    // n gets tanh' = 1/2 of the 1 at the root.
    expect(after.edges.at(-1)).toEqual({
      from: 8,
      to: 9,
      slot: 0,
      derivative: expect.closeTo(0.5),
      contribution: expect.closeTo(0.5),
    });
    expect(graphOf([stopGradient(value(1))]).edges[0]!.derivative).toBe(null);
  });

  test("the contributions into a node add up to its gradient", () => {
    const x = value(2, "x");
    const root = dot([x, x], [x.sin(), 3]).mul(x);
    root.backward();
    const { nodes, edges } = graphOf([root]);
    for (const { id, grad, isPlain } of nodes.slice(0, -1)) {
      const sent = edges.filter(({ from }) => from === id).map(({ contribution }) => contribution ?? 0);
      if (!isPlain) expect(sent.reduce((sum, part) => sum + part)).toBeCloseTo(grad!, 12);
    }
  });

  test("a gradient is a graph as well", () => {
    const x = value(2, "x");
    x.mul(x).mul(x).backward({ createGraph: true });
    const { nodes } = graphOf([x.gradNode!]);
    expect(nodes.at(-1)!.data).toBe(12);
    expect(nodes.some(({ label }) => label === "x")).toBe(true);
  });
});
