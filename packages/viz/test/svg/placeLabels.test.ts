import { defineOp, dot, mul, type Value, value } from "@chainrule/core";
import { MLP } from "@chainrule/nn";
import { expect, test } from "vitest";
import { gradCheckPicture, gradientPaths, toSvg } from "../../src/index.ts";
import { curve, type Point, pointsOf } from "../curves.ts";
import { branch, diamond, dotNeuron, neuron } from "../graphs.ts";

/** Of each edge with a text how far its arrow is from the box of the text, in points. */
function distances(svg: string): { text: string; distance: number }[] {
  const edges = svg.matchAll(/<g (?:data-id="\w+" )?class="edge derivative">[\s\S]*?<\/g>/g);
  return Array.from(edges).flatMap(([group]) => {
    const lines = [...group.matchAll(/<text [^>]*? x="([-\d.]+)" y="([-\d.]+)"[^>]*>([^<]*)/g)];
    if (lines.length === 0) return [];
    const [x, first, last] = [lines[0]![1], lines[0]![2], lines.at(-1)![2]].map(Number) as [
      number,
      number,
      number,
    ];
    const texts = lines.map(([, , , text]) => text!.replace(/&#?\w+;/g, "-"));
    // In 10 points, a figure is about 5.5 wide and 7 high.
    const half = 2.75 * Math.max(...texts.map(({ length }) => length));
    const outside = ([px, py]: Point) =>
      Math.hypot(Math.max(0, Math.abs(px - x) - half), Math.max(0, first - 7 - py, py - last));
    const arrow = curve(pointsOf(/ d="([^"]*)"/.exec(group)![1]!));
    return [{ text: texts.join(), distance: Math.min(...arrow.map(outside)) }];
  });
}

function propagated(root: Value): Value {
  root.backward();
  return root;
}

function network(): Value {
  const model = new MLP(2, [3, 1], { seed: 1 });
  return propagated(
    model([value(1, "p"), value(2, "q")])[0]
      .sub(1)
      .square(),
  );
}

const cube = defineOp({ name: "cube", value: (a: number) => a ** 3, partials: [(a) => mul(2, mul(a, a))] });
const check = gradCheckPicture(([a, b]: [Value, Value]) => cube(a).mul(b).add(a.sin()), [2, 3]);

test.each([
  ["a neuron", () => toSvg(propagated(neuron()))],
  ["a neuron with a dot", () => toSvg(propagated(dotNeuron()))],
  ["from top to bottom", () => toSvg(propagated(diamond()), { direction: "TB" })],
  ["a branch", () => toSvg(propagated(branch()))],
  [
    "many operands",
    () =>
      toSvg(
        dot(
          Array.from({ length: 9 }, (_, i) => value(i)),
          [1, 2, 3, 4, 5, 6, 7, 8, 9],
        ),
      ),
  ],
  ["a network", () => toSvg(network())],
  ["neurons", () => toSvg(network(), { collapse: "neurons" })],
  ["a gradient check", () => toSvg(check.dot)],
  ["paths", () => toSvg(gradientPaths(propagated(diamond()), "x").dot)],
])("numbers stand beside their arrows: %s", async (_, draw) => {
  const all = distances(await draw());
  expect(all.length).toBeGreaterThan(3);
  // None is struck through. One may be some way off, where nearer there is no place that another arrow leaves.
  expect(all.filter(({ distance }) => distance < 0.5)).toEqual([]);
  expect(all.filter(({ distance }) => distance > 12).length).toBeLessThan(2);
  expect(all.filter(({ distance }) => distance > 20)).toEqual([]);
});

test("what is not of ours stays as it is", async () => {
  const svg = await toSvg('digraph { a -> b [label="far", lp="0,0"] }');
  expect(svg).not.toContain("derivative");
  expect(svg).toContain(">far</text>");
});
