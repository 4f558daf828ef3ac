import { topologicalOrder, type Value, value, zeroGrad } from "@chainrule/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Recording, recordingOf } from "../../src/diagnosis/recording.ts";
import { decode, type StepGraph } from "../../src/stepper/page/stepGraph.ts";
import { arrivedAt, gradientAt, sweep } from "../../src/stepper/page/sweep.ts";
import { timelineOf } from "../../src/stepper/page/timeline.ts";
import { nowhere, unplaced } from "../../src/stepper/pageData.ts";
import { fromRecipe, graphs, recipe, strange, woven } from "./graphs.ts";

/** The graph as a page decodes it. */
function pageGraph(recording: Recording): StepGraph {
  return decode(JSON.parse(JSON.stringify({ ...unplaced(recording), ...nowhere })));
}

/** Every gradient after the last step, against `backward()`. */
function expectExact(root: Value): void {
  const values = recordingOf([root]);
  const graph = pageGraph(values);
  const pass = sweep(graph);
  zeroGrad(root);
  root.backward();
  values.values.forEach((node, id) => {
    const shown = gradientAt(graph, pass, id, pass.steps.length);
    expect(shown).toBe(node?.hasGrad === true ? node.grad : undefined);
  });
}

describe("after the last step every gradient is that of backward(), to the last bit:", () => {
  test.each(Object.entries({ ...graphs, ...strange, woven: () => woven(2000) }))("%s", (_, make) =>
    expectExact(make()),
  );

  test("any graph", () => {
    fc.assert(
      fc.property(recipe, (given) => expectExact(fromRecipe(given))),
      { numRuns: 500, endOnFailure: true },
    );
  });

  test("whatever the order of the uses outside the graph", () => {
    fc.assert(
      fc.property(recipe, fc.nat(), (given, at) => {
        const nodes = topologicalOrder(fromRecipe(given));
        expectExact(nodes[at % nodes.length]!);
      }),
      { numRuns: 500, endOnFailure: true },
    );
  });
});

test("numbers, operands and local derivatives are those of the graph", () => {
  for (const make of Object.values({ ...graphs, ...strange })) {
    const recording = recordingOf([make()]);
    const values = recording.graph;
    const graph = pageGraph(recording);
    expect(graph.nodes.map(({ data }) => data)).toEqual(values.nodes.map(({ data }) => data));
    const edges = values.edges.map(({ from, to, slot, derivative }) => ({ from, to, slot, derivative }));
    const decoded = graph.edges.map(({ from, to, slot, derivative }) => ({ from, to, slot, derivative }));
    expect(decoded).toHaveLength(edges.length);
    expect(decoded).toEqual(expect.arrayContaining(edges));
  }
});

test("each step sends upstream × local and adds it to the sum", () => {
  const x = value(3, "x");
  const graph = pageGraph(recordingOf([x.mul(x)]));
  const { steps } = sweep(graph);
  expect(
    steps.map(({ edge, upstream, contribution, before, after, arrival }) => ({
      slot: edge.slot,
      upstream,
      contribution,
      before,
      after,
      arrival,
    })),
  ).toEqual([
    { slot: 0, upstream: 1, contribution: 3, before: 0, after: 3, arrival: 1 },
    { slot: 1, upstream: 1, contribution: 3, before: 3, after: 6, arrival: 2 },
  ]);
});

test("the gradient at a step is the sum of what has been sent by then", () => {
  const graph = pageGraph(recordingOf([woven(500)]));
  const pass = sweep(graph);
  for (const sent of [0, 1, 17, 200, pass.steps.length]) {
    for (const { id } of graph.nodes) {
      const arrivals = pass.steps.slice(0, sent).filter(({ edge }) => edge.from === id);
      expect(arrivedAt(pass, id, sent)).toBe(arrivals.length);
      expect(gradientAt(graph, pass, id, sent)).toBe(id === graph.root ? 1 : arrivals.at(-1)?.after);
    }
  }
});

test("a node sends only after all that it gets", () => {
  const { steps } = sweep(pageGraph(recordingOf([woven(500)])));
  const lastArrival = new Map(steps.map(({ edge }, step) => [edge.from, step]));
  for (const [step, { edge }] of steps.entries()) expect(lastArrival.get(edge.to) ?? -1).toBeLessThan(step);
});

test("time runs from the start over operations and the seed to the edges", () => {
  const x = value(3, "x");
  const timeline = timelineOf(pageGraph(recordingOf([x.add(1).square()])));
  expect(timeline.last).toBe(5);
  expect([0, 1, 2, 3, 4, 5].map((step) => timeline.at(step))).toEqual([
    { phase: "start" },
    { phase: "forward", node: 2 },
    { phase: "forward", node: 3 },
    { phase: "seed" },
    { phase: "backward", sent: 1 },
    { phase: "backward", sent: 2 },
  ]);
  expect([0, 1, 2].map((step) => timeline.isComputed(3, step))).toEqual([false, false, true]);
});
