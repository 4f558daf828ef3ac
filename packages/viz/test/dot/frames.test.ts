import { value } from "@chainrule/core";
import { MLP } from "@chainrule/nn";
import { expect, test } from "vitest";
import { toDot } from "../../src/index.ts";
import { elman } from "../svg/recurrences.ts";

const frames = (dot: string) => dot.match(/subgraph cluster_/g)?.length ?? 0;

test("neurons that stand one after the other have frames, for several examples too", () => {
  const model = new MLP(2, [2, 1], { seed: 1 });
  const [p, q] = [0, 1].map((i) => model([value(i, "x"), 1 - i])[0]);
  expect(frames(toDot(p!))).toBe(3);
  expect(frames(toDot(p!.add(q!)))).toBe(3);
});

test("there are none where arrows lead out of a frame and back into it, and labels are whole", () => {
  const dot = toDot(elman({ units: 2, steps: 2 }));
  expect(frames(dot)).toBe(0);
  expect(dot).toContain('label="layers.0.neurons.1.w0\\n');
  expect(frames(toDot(elman({ units: 2, steps: 1 })))).toBe(2);
});
