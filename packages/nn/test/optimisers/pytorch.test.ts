import { readFileSync } from "node:fs";
import { value } from "@chainrule/core";
import { expect, test } from "vitest";
import {
  Adam,
  AdamW,
  cosineDecay,
  exponentialDecay,
  linearDecay,
  piecewise,
  RMSprop,
  type Schedule,
  SGD,
  stepDecay,
  warmup,
} from "../../src/index.ts";
import { descend, quadratic, rosenbrock } from "./functions.ts";

interface Golden {
  readonly steps: readonly number[];
  readonly sequences: readonly {
    readonly function: "rosenbrock" | "quadratic";
    readonly method: keyof typeof methods;
    readonly options: object;
    readonly points: readonly (readonly number[])[];
  }[];
  readonly schedules: Readonly<Record<string, readonly number[]>>;
}

/** What PyTorch says: pytorch.py made it. */
const golden = JSON.parse(readFileSync(new URL("pytorch.json", import.meta.url), "utf8")) as Golden;
const methods = { SGD, RMSprop, Adam, AdamW };
const functions = {
  rosenbrock: { f: rosenbrock, start: [-1.2, 1] },
  quadratic: { f: quadratic, start: [1, -2, 3] },
};

test.each(golden.sequences.map((s) => [s.method, JSON.stringify(s.options), s.function, s] as const))(
  "%s %s follows PyTorch's sequence on the %s function",
  (_, __, ___, { method, options, function: name, points }) => {
    const optimiser = new methods[method](options as never);
    const { f, start } = functions[name];
    const got = descend(
      optimiser,
      f,
      start.map((x) => value(x)),
      golden.steps.at(-1)!,
    );
    golden.steps.forEach((step, k) => {
      points[k]!.forEach((want, i) => {
        expect(Math.abs(got[step - 1]![i]! - want)).toBeLessThan(1e-10);
      });
    });
  },
);

const schedules: Readonly<Record<string, Schedule>> = {
  exponentialDecay: exponentialDecay(0.5, 0.9),
  stepDecay: stepDecay(0.5, 0.3, 7),
  cosineDecay: cosineDecay(0.5, 0.1, 24),
  linearDecay: linearDecay(0.5, 0.1, 10),
  piecewise: piecewise([
    [0, 0.5],
    [4, 0.25],
    [11, 0.125],
  ]),
  warmup: warmup(4, 0.5),
};

test.each(Object.entries(golden.schedules))("%s gives the rates of PyTorch's", (name, rates) => {
  expect(Object.keys(schedules).sort()).toEqual(Object.keys(golden.schedules).sort());
  rates.forEach((want, step) => {
    expect(schedules[name]!(step)).toBeCloseTo(want, 14);
  });
});
