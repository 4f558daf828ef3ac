import { expect, test } from "vitest";
import { spiral, xor } from "../../src/index.ts";

test("without noise class k of c at radius r has the angle 2πk/c + 4r", () => {
  const { inputs, targets } = spiral({ examplesPerClass: 10, classes: 4, noise: 0 });
  expect(inputs).toHaveLength(40);
  inputs.forEach(([x, y], i) => {
    const radius = Math.hypot(x!, y!);
    expect(radius).toBeCloseTo(((i % 10) + 1) / 10, 14);
    const turn = Math.atan2(y!, x!) - (Math.PI / 2) * targets[i]! - 4 * radius;
    expect(Math.cos(turn)).toBeCloseTo(1, 12);
  });
});

test("noise turns points and keeps their radius; the seed decides", () => {
  spiral().inputs.forEach(([x, y], i) => {
    expect(Math.hypot(x!, y!)).toBeCloseTo(((i % 100) + 1) / 100, 14);
  });
  expect(spiral()).toEqual(spiral({ seed: 0 }));
  expect(spiral({ seed: 1 })).not.toEqual(spiral());
});

test("refuses counts and noise out of range", () => {
  expect(() => spiral({ classes: 1 })).toThrow("spiral: classes must be an integer ≥ 2, got 1.");
  expect(() => spiral({ examplesPerClass: 0 })).toThrow(RangeError);
  expect(() => spiral({ noise: Number.NaN })).toThrow(RangeError);
});

test("xor is 1 where two bits differ", () => {
  const { inputs, targets } = xor();
  expect(targets).toEqual(inputs.map(([a, b]) => a! ^ b!));
  expect(new Set(inputs.map(String)).size).toBe(4);
});
