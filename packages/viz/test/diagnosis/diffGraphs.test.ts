import { mul, value } from "@chainrule/core";
import { expect, test } from "vitest";
import { diffGraphs, snapshotOf } from "../../src/diagnosis/diffGraphs.ts";
import { diamond, neuron } from "../graphs.ts";

test("two steps of training: the snapshot stays as it was", () => {
  const [w, x] = [value(2, "w"), value(3, "x")];
  const step = () => {
    const y = mul(w, x).square();
    y.zeroGrad();
    y.backward();
    return snapshotOf(y);
  };
  const before = step();
  w.data = 1;
  const { changes, text, dot, isUnchanged } = diffGraphs(before, step());
  expect(isUnchanged).toBe(false);
  expect(changes.map(({ after, data, grad }) => [after.label || after.op, data, grad])).toEqual([
    ["square", -27, 0],
    ["w", -1, -18],
    ["mul", -3, -6],
    ["x", 0, -18],
  ]);
  expect(text.split("\n").slice(0, 2)).toEqual(["4 nodes changed.", "  x²: data 36 → 9, grad 1 → 1"]);
  expect(dot).toContain("was 2\\ngrad 36 → 18");
});

test("nothing changed", () => {
  const diff = diffGraphs(snapshotOf(neuron()), snapshotOf(neuron()));
  expect(diff).toMatchObject({ isUnchanged: true, changes: [], text: "Nothing changed." });
});

test("NaN comes first", () => {
  const step = (b: number) => snapshotOf(value(b === 1 ? 1 : 5, "a").add(value(b, "b")));
  expect(diffGraphs(step(1), step(Number.NaN)).changes[0]!.after.label).toBe("b");
});

test("other expressions are refused", () => {
  const [a, b] = [snapshotOf(neuron()), snapshotOf(diamond())];
  expect(() => diffGraphs(a, b)).toThrow(
    /^diffGraphs: the graphs are not of the same expression: node 2 is mul and add/,
  );
  const x = value(1, "x");
  const y = value(1, "y");
  expect(() => diffGraphs(snapshotOf(x.sub(y).mul(x)), snapshotOf(x.sub(y).mul(y)))).toThrow(
    /their edges differ/,
  );
  expect(() => diffGraphs(snapshotOf(x), snapshotOf(x.exp()))).toThrow(RangeError);
});
