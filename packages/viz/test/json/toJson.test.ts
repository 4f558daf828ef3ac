import { value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { type GraphJson, toJson } from "../../src/index.ts";
import { neuron, square } from "../graphs.ts";

describe("toJson", () => {
  test("its form, which stays", () => {
    const root = square();
    root.backward();
    const json: GraphJson = JSON.parse(toJson(root));
    const common = { plain: false, parts: [], hidden: 0, cut: 0 };
    expect(json).toEqual({
      format: "chainrule graph",
      version: 1,
      total: { nodes: 2, edges: 2 },
      note: null,
      roots: [1],
      nodes: [
        { id: 0, kind: "input", label: "x", op: null, symbol: null, data: 3, grad: 6, ...common },
        { id: 1, kind: "operation", label: "", op: "mul", symbol: "×", data: 9, grad: 1, ...common },
      ],
      edges: [0, 1].map((slot) => ({ from: 0, to: 1, slot, derivative: 3, contribution: 3, count: 1 })),
    });
  });

  test("numbers that JSON cannot hold", () => {
    const root = value(-1, "x").sqrt().add(value(0).log());
    const { nodes } = JSON.parse(toJson(root)) as GraphJson;
    expect(nodes.map(({ data }) => data)).toEqual([-1, "NaN", 0, "-Infinity", "NaN"]);
    expect(Number(nodes[3]!.data)).toBe(Number.NEGATIVE_INFINITY);
  });

  test("−0, which Number reads again", () => {
    const root = value(-0, "x").mul(3);
    root.backward();
    const { nodes, edges } = JSON.parse(toJson(root)) as GraphJson;
    expect(nodes.map(({ data, grad }) => [data, grad])).toEqual([
      ["-0", 3],
      [3, null],
      ["-0", 1],
    ]);
    expect(Object.is(Number(nodes[0]!.data), -0)).toBe(true);
    expect(edges.map(({ contribution }) => contribution)).toEqual([3, null]);
    expect(edges[1]!.derivative).toBe("-0");
  });

  test("tells a plain number from a Value that has no label", () => {
    const { nodes } = JSON.parse(toJson(value(3, "x").mul(2).add(value(2)))) as GraphJson;
    expect(nodes.filter(({ data }) => data === 2).map(({ kind, plain }) => [kind, plain])).toEqual([
      ["constant", true],
      ["constant", false],
    ]);
  });

  test("numbers in full, one line for each node and edge", () => {
    const root = value(0.1).add(0.2);
    expect(toJson(root)).toContain('"data":0.30000000000000004');
    expect(
      toJson(neuron())
        .split("\n")
        .filter((line) => line.startsWith("{")),
    ).toHaveLength(1 + 10 + 9);
  });

  test("says what it leaves out", () => {
    const root = neuron();
    const json: GraphJson = JSON.parse(toJson(root, { focus: root, depth: 1 }));
    expect(json.note).toBe("showing 2 of 10 nodes (focus)");
    expect(json.nodes.map(({ id, cut }) => [id, cut])).toEqual([
      [8, 2],
      [9, 0],
    ]);
  });

  test("100,000 deep", () => {
    let root = value(1, "x");
    for (let i = 0; i < 100_000; i++) root = root.neg();
    expect(JSON.parse(toJson(root)).nodes).toHaveLength(100_001);
  }, 60_000);
});
