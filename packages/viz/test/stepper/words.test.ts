import { dot, type Value, value, where } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { recordingOf } from "../../src/diagnosis/recording.ts";
import { assigned, wrongOrder } from "../../src/stepper/confusions.ts";
import { decode } from "../../src/stepper/page/stepGraph.ts";
import { gradientAt, type Sweep, sweep } from "../../src/stepper/page/sweep.ts";
import { timelineOf } from "../../src/stepper/page/timeline.ts";
import { type Words, wordsOf } from "../../src/stepper/page/words.ts";
import { nowhere, unplaced } from "../../src/stepper/pageData.ts";
import { diamond, neuron, square } from "../graphs.ts";
import { xor } from "./graphs.ts";

function graphOf(root: Value) {
  return decode({ ...unplaced(recordingOf([root])), ...nowhere });
}

function told(root: Value, pass?: (right: Sweep) => Sweep): Words[] {
  const graph = graphOf(root);
  const timeline = timelineOf(graph);
  const right = sweep(graph);
  return Array.from({ length: timeline.last + 1 }, (_, step) =>
    wordsOf(graph, timeline, pass?.(right) ?? right, step),
  );
}

/** (x + 1)² as h · h: h has two uses, and x lies below it. */
function shared(): Value {
  const h = value(3, "x").add(1);
  h.label = "h";
  const y = h.mul(h);
  y.label = "y";
  return y;
}

test("every step of a small graph", () => {
  expect(told(shared()).map(({ sentence }) => sentence)).toEqual([
    "2 leaves with a number; 2 operations to compute, then 3 edges to send the gradient of y back along.",
    "h = x + 1 = 3 + 1 = 4.",
    "y = h × h = 4 × 4 = 16.",
    "The seed: y changes as fast as itself, so its gradient is 1.",
    "y sends 1 × 4 = 4 to h, whose gradient is 4 so far.",
    "y sends 1 × 4 = 4 to h, whose gradient is now 8.",
    "h sends 8 × 1 = 8 to x, whose gradient is 8. That was the last edge.",
  ]);
});

test("a backward step names the operand slot and shows the sum", () => {
  expect(told(shared())[5]).toMatchObject({
    phase: "Backward · edge 2 of 3",
    terms: [
      { sign: "", number: "1", caption: "upstream ∂y/∂y" },
      { sign: "× ", number: "4", caption: "local ∂×/∂arg₂" },
      { sign: "= ", number: "4", caption: "sent to h" },
    ],
    sum: "∂y/∂h = 4 + 4 = 8 · complete",
  });
});

test("why 0 is sent where the product is not 0", () => {
  const x = value(0, "x");
  const cut = told(x.sqrt().mul(value(0, "w"))).map(({ sentence }) => sentence);
  expect(cut.at(-1)).toContain(
    "sends 0 × ∞ = 0 to x (a gradient of 0 sends 0, whatever the local derivative)",
  );
  const branch = told(where(value(1, "c"), value(2, "a"), value(3, "b")).mul(Number.POSITIVE_INFINITY));
  expect(branch.map(({ sentence }) => sentence).join()).toContain("(where did not choose this operand");
});

test("negative numbers stand in brackets, and long sums are cut", () => {
  expect(told(value(2, "x").mul(value(-3, "w")))[1]!.lines).toEqual(["v2 = x × w", "= 2 × (-3)", "= -6"]);
  const many = Array.from({ length: 20 }, (_, i) => value(i, `x${i}`));
  expect(told(dot(many, many))[1]!.lines[0]).toContain("… (40 operands)");
});

describe("the wrong order", () => {
  test("is told with the numbers of the graph", () => {
    const graph = graphOf(shared());
    const { pass, sentence } = wrongOrder(graph, sweep(graph))!;
    expect(sentence).toBe(
      "Depth first, h sends on 4 when 1 of its 2 contributions has arrived, and x ends with 4 in place of 8: " +
        "in reverse topological order a node waits until every use has sent.",
    );
    expect(gradientAt(graph, pass, 0, pass.steps.length)).toBe(4);
    expect(told(shared(), () => pass)[5]!.sentence).toBe(
      "h sends 4 × 1 = 4 to x too early (1 contribution still to come), whose gradient is 4.",
    );
  });

  test.each([neuron, square, diamond])("is not offered where it changes nothing: %s", (make) => {
    const graph = graphOf(make());
    expect(wrongOrder(graph, sweep(graph))).toBeUndefined();
  });
});

describe("assigning", () => {
  test("is told with the numbers of the graph", () => {
    const graph = graphOf(square());
    const { pass, sentence } = assigned(graph, sweep(graph))!;
    expect(sentence).toBe(
      "x is used 2 times and gets 3 and 3: assigned with =, the last one alone is left, 3; " +
        "added with +=, they make 6, for each use of it changes the result.",
    );
    expect(gradientAt(graph, pass, 0, pass.steps.length)).toBe(3);
    expect(told(square(), () => pass)[4]!.sum).toBe("∂v1/∂x = 3, which replaces 3 · complete");
  });

  test("is offered for a network, and not where each node has one use", () => {
    const network = graphOf(xor());
    expect(assigned(network, sweep(network))).toBeDefined();
    const graph = graphOf(neuron());
    expect(assigned(graph, sweep(graph))).toBeUndefined();
  });
});
