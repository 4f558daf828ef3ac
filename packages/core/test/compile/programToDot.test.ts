import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import {
  add,
  compile,
  grad,
  map,
  mul,
  type Scalar,
  scan,
  sin,
  square,
  sub,
  sum,
  tanh,
  type Value,
  value,
} from "../../src/index.ts";

const hasGraphviz = spawnSync("dot", ["-V"]).status === 0;

/** What Graphviz understands: nodes by label, and edges between labels. */
function graphOf(dot: string): { labels: string[]; edges: string[] } {
  const lines = dot.split("\n");
  const labels = new Map<string, string>();
  for (const line of lines) {
    const node = /^\s*(\w+) \[label="((?:[^"\\]|\\.)*)"/.exec(line);
    if (node !== null) labels.set(node[1]!, node[2]!);
  }
  const edges = lines.flatMap((line) => {
    const ends = /^\s*(\w+) -> (\w+)/.exec(line);
    return ends === null ? [] : [`${labels.get(ends[1]!)} -> ${labels.get(ends[2]!)}`];
  });
  return { labels: [...labels.values()], edges };
}

function expectAccepted(dot: string): void {
  if (!hasGraphviz) return;
  const { status, stderr } = spawnSync("dot", ["-Tcanon"], { input: dot, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

test("operations by their signs, inputs and results by path, captured leaves by label", () => {
  const w = value(2, "weight");
  const kernel = compile((p: { x: Value }[], y: Value) => [p[0]!.x.mul(w), { z: sub(y, 3) }] as const);
  kernel([{ x: 1 }], 2);
  const dot = kernel.dot();
  expectAccepted(dot);
  const { edges } = graphOf(dot);
  expect(edges.sort()).toEqual([
    "3 -> −",
    "argument 1[0].x -> ×",
    "argument 2 -> −",
    "weight -> ×",
    "× -> result[0]",
    "− -> result[1].z",
  ]);
});

test("loops are boxes with columns, sums, carries and rows", () => {
  const scanned = compile((xs: Value[], start: Value) => {
    const [last, squares] = scan(xs, start, (carry, x) => [tanh(mul(carry, x)), square(carry)]);
    return { last, squares: map(squares as Scalar[], sin), total: sum(xs, square) };
  });
  scanned([1, 2, 3, 4, 5], 1);
  const dot = scanned.dot();
  expectAccepted(dot);
  expect(dot.match(/subgraph cluster_\d+/g)!.length).toBeGreaterThan(1);
  const { labels, edges } = graphOf(dot);
  for (const label of [
    "argument 1[0] … argument 1[4]",
    "carry 1",
    "Σ",
    "each row",
    "result.squares[0] … result.squares[4]",
  ]) {
    expect(labels).toContain(label);
  }
  expect(edges).toContain("argument 2 -> carry 1");
  expect(edges).toContain("tanh -> carry 1");
  expect(edges).toContain("carry 1 -> result.last");
  expect(edges).toContain("Σ -> result.total");
  expect(edges).toContain("each row -> result.squares[0] … result.squares[4]");
});

test("the gradient of a scan goes from last to first, and that of backward names its leaves", () => {
  const a = value(0.5, "a");
  const f = (rows: readonly number[]) => scan(rows, a, (carry, x) => tanh(mul(carry, x)));
  const kernel = compile(f);
  kernel.backward([1, 2, 3]);
  const dot = kernel.dot();
  expectAccepted(dot);
  expect(dot).toContain('label="3 rows, last to first"');
  expect(graphOf(dot).labels).toContain("∂result/∂a");
});

test("what results do not need is left out", () => {
  const kernel = compile((x: Value) => {
    x.sin();
    return x.cos();
  });
  kernel(1);
  expect(graphOf(kernel.dot()).labels).toEqual(["argument 1", "cos", "result"]);
});

test.each([
  ['quote " and backslash \\', 'quote \\" and backslash \\\\'],
  ["line\nbreak\0\x1b", "line break  "],
  ["<b>&lt;</b>", "<b>&amp;lt;</b>"],
  ['x"] } evil [label="', 'x\\"] } evil [label=\\"'],
  ["ends in \\", "ends in \\\\"],
  ["é ∂ 漢 🙂", "é ∂ 漢 🙂"],
  ["l".repeat(100_000), `${"l".repeat(80)}…`],
])("labels are shown as they are: %j", (label, shown) => {
  const w = value(2, label);
  const kernel = compile((p: Record<string, Value>) => add(p[label]!, w));
  kernel({ [label]: 1 });
  const dot = kernel.dot();
  expectAccepted(dot);
  expect(graphOf(dot).labels).toContain(shown);
});

test("the drawing of every tier and of a derivative is accepted", () => {
  for (const tier of ["wasm", "replay", "js"] as const) {
    const kernel = compile(grad(grad((x: Value) => x.sin().mul(x.exp()))), { tier });
    kernel(1);
    expectAccepted(kernel.dot());
  }
});
