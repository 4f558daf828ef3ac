import * as core from "@chainrule/core";
import { dot, type Op, topologicalOrder, type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { edgesInto, sent } from "../../src/graph/graphEdges.ts";
import { branch, diamond, dotNeuron, neuron } from "../graphs.ts";

type Operation = ((...operands: unknown[]) => Value) & { readonly op: Op };

const operations = Object.entries(core as Record<string, unknown>).filter(
  (entry): entry is [string, Operation] => typeof entry[1] === "function" && "op" in entry[1],
);

/** A node of an operation, of operands that are nodes with one use each. */
function nodeOf(operation: Operation, numbers: readonly number[]): Value {
  const { arity } = operation.op;
  const operands = numbers.slice(0, arity ?? 4).map((x) => value(x).mul(1));
  if (operation.op === dot.op) return dot(operands.slice(0, 2), operands.slice(2));
  return arity === undefined ? operation(operands) : operation(...operands);
}

/** Checks that every node with one use has the gradient that its one edge carries. */
function expectAgreement(root: Value): void {
  root.backward();
  const nodes = topologicalOrder(root);
  const edges = nodes.flatMap(edgesInto);
  for (const node of nodes) {
    const leaving = edges.filter(({ operand }) => operand === node);
    if (leaving.length === 1) expect(Math.abs(sent(leaving[0]!) ?? 0)).toBe(Math.abs(node.grad));
  }
}

describe("an edge carries what backward() sends along it", () => {
  test.each(operations)("%s", (_, operation) => {
    for (const numbers of [
      [0.3, 0.7, -0.4, 2],
      [0, 0, 0, 0],
      [1, 1, 1, 1],
      [-1, 0, Number.POSITIVE_INFINITY, Number.NaN],
    ]) {
      for (const adjoint of [-2, 0, Number.POSITIVE_INFINITY]) {
        expectAgreement(nodeOf(operation, numbers).mul(adjoint));
      }
    }
  });

  test.each([
    ["neuron", neuron()],
    ["diamond", diamond()],
    ["branch", branch()],
    ["dot", dotNeuron()],
  ])("%s", (_, root) => expectAgreement(root));
});
