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
  expect(text.split("\n").slice(0, 2)).toEqual(["4 nodes changed.", "  (·)²: data 36 → 9, grad 1"]);
  expect(dot).toContain("was 2\\ngrad 36 → 18");
});

test("nothing changed", () => {
  const diff = diffGraphs(snapshotOf(neuron()), snapshotOf(neuron()));
  expect(diff).toMatchObject({ isUnchanged: true, changes: [], text: "Nothing changed." });
});

test("0 and −0 are equal, NaN is what it was", () => {
  const step = (x: number) => snapshotOf(value(x, "x").add(value(Number.NaN)));
  expect(diffGraphs(step(0), step(-0))).toMatchObject({ isUnchanged: true, text: "Nothing changed." });
});

test("what did not change is written once, and in the picture has no number from before", () => {
  const [w, b] = [value(2, "w"), value(6.5, "b")];
  const step = (factor: number) => {
    const y = mul(w, factor).mul(b);
    y.zeroGrad();
    y.backward();
    return snapshotOf(y);
  };
  const { text, dot, changes } = diffGraphs(step(1), step(3));
  expect(text).toContain("\n  b: data 6.5, grad 2 → 6");
  expect(text).toContain("\n  w: data 2, grad 6.5 → 19.5");
  expect(changes).toHaveLength(5);
  const line = (label: string) => dot.split("\n").find((each) => each.includes(`label="${label}\\n`))!;
  expect(line("b")).toMatch(/6\.5\\ngrad 2 → 6"/);
  expect(line("b")).not.toContain("was");
  expect(dot.match(/\\nwas /g)).toHaveLength(3);
  expect(dot).toContain("5 nodes changed, 2 in the gradient alone (not blue)");
});

test("numbers that look the same have their difference beside them", () => {
  const step = (x: number) => snapshotOf(value(x, "x").neg());
  const { text, dot } = diffGraphs(step(6.5), step(6.5 + 2 ** -30));
  expect(text).toContain("x: data 6.5 → 6.5 (+9.313e-10), grad —");
  expect(text).toContain("neg: data -6.5 → -6.5 (-9.313e-10), grad —");
  expect(dot).toContain("was 6.5 (+9.313e-10)");
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

test.each([
  [{}, "got an object (Object)."],
  [null, "got null."],
  [undefined, "got undefined."],
  [value(1), "got an object (Value)."],
  [{ nodes: [null], edges: [], roots: [0] }, "but its nodes[0] is null."],
  [{ nodes: [{}], edges: [], roots: [0] }, "but its nodes[0].id is undefined."],
  [{ nodes: [], edges: [{}], roots: [5] }, "but its edges[0].from is undefined."],
  [{ nodes: [], edges: [], roots: [5] }, "but its roots[0] is 5, the id of no node."],
  [{ nodes: [], edges: [], roots: [] }, "but its roots are an empty array."],
  [
    { ...snapshotOf(diamond()), nodes: snapshotOf(diamond()).nodes.toReversed() },
    "but its nodes[0].id is 5.",
  ],
  [{ ...snapshotOf(diamond()), edges: [{ from: 0, to: 9, slot: 0 }] }, "but its edges[0].to is 9."],
])("what is no snapshot is refused: %#", (given, fault) => {
  const wanted = "must be a snapshot by snapshotOf(root)";
  const right = snapshotOf(diamond());
  expect(() => diffGraphs(given as never, right)).toThrow(
    new TypeError(`diffGraphs: before ${wanted}, ${fault}`),
  );
  expect(() => diffGraphs(right, given as never)).toThrow(
    new TypeError(`diffGraphs: after ${wanted}, ${fault}`),
  );
});
