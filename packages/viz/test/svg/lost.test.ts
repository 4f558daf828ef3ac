import { type Value, value } from "@chainrule/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type SvgOptions, toDot, toSvg } from "../../src/index.ts";
import { countLost } from "../../src/svg/lost.ts";
import { curve, pointsOf } from "../curves.ts";
import { expectHarmless, Picture } from "../picture.ts";
import { elman } from "./recurrences.ts";

/** Draws, and checks that every node and every edge of the DOT is there, once, and inside of the picture. */
async function expectWhole(root: Value, options: SvgOptions = {}): Promise<void> {
  const dot = toDot(root, options);
  const svg = await toSvg(root, { ...options, timeout: 60_000 });
  expectHarmless(svg);
  const named = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, id]) => id).sort();
  const wanted = named(dot, /^ +\w+(?: -> \w+)? \[id=([ne]\d+),/gm);
  expect(named(svg, /data-id="([ne]\d+)"/g)).toEqual(wanted);
  expect(new Picture(svg).count("node")).toBe(dot.match(/^ +(?:n|again)\d\w* \[/gm)!.length);
  const [, width, height] = /viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number);
  const [, left, bottom] = /translate\(([\d.]+)[ ,]([\d.]+)\)/.exec(svg)!.map(Number);
  for (const [, shape, points] of svg.matchAll(/<(polygon|path|polyline)[^>]* (?:points|d)="([^"]*)"/g)) {
    const outline = pointsOf(points!);
    // A curve stays within its control points, but need not reach them.
    for (const [x, y] of shape === "path" ? curve(outline) : outline) {
      expect(x + left!).toBeGreaterThanOrEqual(-1);
      expect(x + left!).toBeLessThanOrEqual(width! + 1);
      expect(y + bottom!).toBeGreaterThanOrEqual(-1);
      expect(y + bottom!).toBeLessThanOrEqual(height! + 1);
    }
  }
}

test("a recurrence of three units, which Graphviz loses an arrow of when each has a frame", async () => {
  await expectWhole(elman({ units: 3, steps: 5 }));
});

test("recurrences of any shape, as any picture, are whole", async () => {
  const shapes = fc.record({
    units: fc.integer({ min: 1, max: 3 }),
    steps: fc.integer({ min: 1, max: 4 }),
    layers: fc.integer({ min: 1, max: 2 }),
    hasDots: fc.boolean(),
    prefix: fc.constantFrom(
      (layer: number, unit: number) => `layers.${layer}.neurons.${unit}`,
      (layer: number, unit: number) => `rnn${layer}.${unit}`,
    ),
  });
  const options = fc.record(
    {
      direction: fc.constantFrom("LR", "TB"),
      look: fc.constantFrom("teaching", "flow"),
      theme: fc.constantFrom("light", "dark"),
      collapse: fc.constantFrom("none", "neurons", "layers", "auto"),
      fold: fc.boolean(),
      legend: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(
      shapes,
      options,
      async (shape, look) => await expectWhole(elman(shape), look as SvgOptions),
    ),
    { seed: 1, numRuns: 15, endOnFailure: true },
  );
}, 120_000);

test("graphs without any structure are whole", async () => {
  const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(), fc.nat()), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, async (operations) => {
      const pool = [value(0.5, "x"), value(-1, "layers.0.neurons.0.w0"), value(2, "layers.0.neurons.1.w0")];
      for (const [kind, i, j] of operations) {
        const [a, b] = [pool[i % pool.length]!, pool[j % pool.length]!];
        pool.push([() => a.add(b), () => a.mul(b), () => a.tanh(), () => a.sub(b)][kind]!());
      }
      await expectWhole(pool.at(-1)!);
    }),
    { seed: 1, numRuns: 30, endOnFailure: true },
  );
}, 120_000);

test("what is lost is counted: of our DOT by name, of other DOT as Graphviz says", () => {
  const dot = '  n0 [id=n0, label="x"]\n  n1 [id=n1]\n  n0 -> n1 [id=e0]\n  n0 -> n1 [id=e1]\n';
  expect(countLost(dot, '<g id="n0"><g id="n1"><g id="e1">', [])).toBe(1);
  expect(countLost(dot, '<g id="n0"><g id="n1"><g id="e0"><g id="e1">', ["lost n3 n4 edge"])).toBe(0);
  expect(countLost("digraph { a -> b }", "<svg>", ["trouble in init_rank", "lost a b edge"])).toBe(1);
});
