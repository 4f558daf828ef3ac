import { sum, type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { formatNumber } from "../../src/formatNumber.ts";
import { type DotOptions, type GraphJson, toDot, toJson, toSvg } from "../../src/index.ts";
import { expectHarmless, Picture } from "../picture.ts";

/** A recurrence: each step takes the same three leaves, and a number of its own. */
function recurrence(steps: number): Value {
  const [w, u, b] = ["w", "u", "b"].map((label) => value(0.5, label)) as [Value, Value, Value];
  let h = value(0.1, "h");
  for (let i = 0; i < steps; i++) {
    h = h
      .mul(w)
      .add(value(i, `x${i}`).mul(u))
      .add(b)
      .tanh();
  }
  h.backward();
  return h;
}

/** The sum of all steps of a chain. */
function runningSum(steps: number): Value {
  const states = [value(0.5, "x").sin()];
  for (let i = 1; i < steps; i++) states.push(states.at(-1)!.sin());
  return sum(states);
}

const edges = (dot: string) => [...dot.matchAll(/^ {2}(\w+) -> (\w+) \[id=e(\d+)/gm)];

describe("operands that are far from what takes them", () => {
  test("are there once in small graphs", () => {
    const dot = toDot(recurrence(4));
    expect(dot).not.toMatch(/again|·/);
  });

  test("are shown again where several take them very far away, so that each step looks like the one before", async () => {
    const dot = toDot(recurrence(8));
    const again = Array.from(dot.matchAll(/^ {2}again\d+_\d+ \[label="· (\w)"/gm), ([, label]) => label);
    for (const label of ["w", "u", "b"]) {
      expect(again.filter((other) => other === label).length).toBeGreaterThanOrEqual(5);
    }
    expect(edges(dot)).toHaveLength(9 * 8);
    const picture = new Picture(await toSvg(recurrence(8)));
    expect(picture.count("edge")).toBe(9 * 8);
  });

  test("are shown again in graphs that far arrows would fill", () => {
    const dot = toDot(recurrence(40));
    expect(edges(dot).map(([, , , id]) => Number(id))).toEqual(Array.from({ length: 9 * 40 }, (_, i) => i));
    expect(dot.match(/^ {2}again\d+_\d+ \[label="· [wub]"/gm)!.length).toBeGreaterThan(3 * 35);
    const known = new Set(Array.from(dot.matchAll(/^ +(\w+) \[/gm), ([, name]) => name));
    for (const [, from, to] of edges(dot)) expect([known.has(from!), known.has(to!)]).toEqual([true, true]);
    expect(dot).toContain("shown again, far from the node itself");
  });

  test("keep the derivatives on their edges", () => {
    const root = recurrence(40);
    const { edges: slots }: GraphJson = JSON.parse(toJson(root));
    const labels = Array.from(
      toDot(root).matchAll(/ -> n(\d+) \[id=e\d+, label="([^"]*)"/g),
      ([, to, label]) => [Number(to), label],
    );
    expect(labels).toEqual(slots.map(({ to, derivative }) => [to, formatNumber(Number(derivative))]));
  });

  test("have a number to be found by where they have no label", () => {
    const dot = toDot(runningSum(200), { collapse: "none" });
    expect(dot).toContain('again1_201 [label="· sin #1"');
    expect(dot).toContain('n1 [id=n1, label="sin #1\\ndata');
    // The last ones are near the sum.
    expect(dot).toContain('n200 [id=n200, label="sin\\ndata');
    expect(dot).not.toContain("again200_");
  });

  test("in both slots of x·x begin at one repetition", () => {
    const x = value(0.5, "x");
    let root = x.sin();
    for (let i = 0; i < 100; i++) root = root.add(x.mul(x).mul(root));
    const dot = toDot(root, { collapse: "none" });
    for (const name of new Set(dot.match(/again0_\d+/g))) {
      expect(dot.match(new RegExp(`^ {2}${name} \\[`, "gm"))).toHaveLength(1);
    }
  });

  test("a long chain goes straight on, whatever comes from the side", async () => {
    const heightOf = async (steps: number) =>
      Number(/^<svg width="\d+pt" height="(\d+)pt"/.exec(await toSvg(recurrence(steps)))?.[1]);
    expect(await heightOf(40)).toBeLessThan(400);
    expect(await heightOf(40)).toBe(await heightOf(20));
  });

  // Without repetitions Graphviz takes more than four minutes for such a graph.
  test.each<[string, Value, DotOptions]>([
    ["recurrence", recurrence(95), {}],
    ["recurrence, dark", recurrence(95), { look: "flow", theme: "dark", direction: "TB" }],
    ["sum", runningSum(480), {}],
  ])("a picture of 480 nodes or more appears: %s", async (_, root, options) => {
    const svg = await toSvg(root, options);
    expectHarmless(svg);
    expect(new Picture(svg).count("node")).toBeGreaterThan(480);
  });
});
