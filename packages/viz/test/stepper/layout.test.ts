import { localDerivatives, mul, type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { recordingOf } from "../../src/diagnosis/recording.ts";
import { layoutEffort } from "../../src/stepper/layoutEffort.ts";
import { type Bounds, overlaps } from "../../src/stepper/page/bounds.ts";
import type { PageData } from "../../src/stepper/page/pageData.ts";
import { halfWay, placesOf } from "../../src/stepper/page/places.ts";
import { decode } from "../../src/stepper/page/stepGraph.ts";
import { unpack } from "../../src/stepper/page/unpack.ts";
import { pageDataOf, unplaced } from "../../src/stepper/pageData.ts";
import { branch } from "../graphs.ts";
import { network, woven, xor } from "./graphs.ts";

function laidOut(root: Value): Promise<PageData> {
  return pageDataOf(recordingOf([root]), "LR", 60_000);
}

function effort(root: Value): string {
  const { nodes, edges } = recordingOf([root]).graph;
  return layoutEffort(nodes.length, edges);
}

describe("how hard the layout tries", () => {
  test("depends on how many ranks the edges pass, not on the number of nodes", () => {
    for (const root of [xor(), network(), chain(3000)]) expect(effort(root)).not.toContain("splines=line");
    expect(effort(woven(200))).toContain("splines=line");
  });

  test("a leaf that is needed late passes no ranks", () => {
    let y: Value = value(1, "x");
    for (let i = 0; i < 500; i++) y = y.mul(value(2, `w${i}`));
    expect(effort(y)).not.toContain("splines=line");
  });

  test("tangled graphs of 500 nodes are laid out", async () => {
    const { nodes } = recordingOf([woven(380)]).graph;
    expect(nodes.length).toBeGreaterThan(500);
    expect((await laidOut(woven(380))).width).toBeGreaterThan(10_000);
  });
});

function chain(length: number): Value {
  let y: Value = value(1, "x");
  while (length-- > 0) y = y.neg();
  return y;
}

test("numbers on edges touch no box and no other number", async () => {
  const data = await laidOut(network());
  const { boxes, curves } = placesOf(decode(data), data);
  const numbers = unpack(data.labels).flatMap((below, edge): Bounds[] => {
    if (below === 0) return [];
    const [x, y] = halfWay(curves[edge]!);
    return [[x - 27, y + below - 10, x + 27, y + below + 2]];
  });
  expect(numbers.length).toBeGreaterThan(100);
  numbers.forEach((number, i) => {
    expect([...boxes, ...numbers.slice(i + 1)].filter((other) => overlaps(number, other))).toEqual([]);
  });
});

test("both edges of x·x have room for their numbers", async () => {
  const x = value(3, "x");
  const levels = unpack((await laidOut(x.mul(x))).labels);
  expect(levels).not.toContain(0);
});

test("edges begin at their operand and end at their result", async () => {
  const data = await laidOut(branch());
  const graph = decode(data);
  const { boxes, curves } = placesOf(graph, data);
  for (const { id, from, to } of graph.edges) {
    for (const [point, node] of [
      [curves[id]!.at(0)!, from],
      [curves[id]!.at(-1)!, to],
    ] as const) {
      const [left, top, right, bottom] = boxes[node]!;
      expect(overlaps([left - 2, top - 2, right + 2, bottom + 2], [...point, ...point])).toBe(true);
    }
  }
});

describe("local derivatives", () => {
  test("are not kept where they stand in the graph", () => {
    const [x, w] = [value(Math.PI, "x"), value(Math.E, "w")];
    expect(unplaced(recordingOf([mul(x, w).exp().add(x).sub(2)])).local).toEqual([]);
    expect(unplaced(recordingOf([x.tanh()])).local).toEqual(localDerivatives(x.tanh()));
  });
});
