import { describe, expect, test } from "vitest";
import { palettes } from "../../src/palette.ts";
import { clipLine } from "../../src/plots/clipLine.ts";
import { linearLevels, logLevels } from "../../src/plots/levels.ts";
import { logScale } from "../../src/plots/lossScale.ts";
import { thinPoints, thinSeries } from "../../src/plots/thin.ts";
import { tickText } from "../../src/plots/tickText.ts";

describe("clipLine", () => {
  const unit = { x: [0, 1], y: [0, 1] } as const;

  test("cuts at the edges, and once for each time it leaves", () => {
    expect(
      clipLine(
        [
          [-1, 0.5],
          [2, 0.5],
        ],
        unit,
      ),
    ).toEqual([
      [
        [0, 0.5],
        [1, 0.5],
      ],
    ]);
    expect(
      clipLine(
        [
          [0.5, 0.5],
          [0.5, 2],
          [1.5, 2],
          [0.5, 0],
        ],
        unit,
      ),
    ).toEqual([
      [
        [0.5, 0.5],
        [0.5, 1],
      ],
      [
        [1, 1],
        [0.5, 0],
      ],
    ]);
  });

  test("keeps what is inside, and nothing of what is outside", () => {
    const inside = [
      [0.1, 0.2],
      [0.3, 0.4],
      [1, 1],
    ] as const;
    expect(clipLine(inside, unit)).toEqual([inside]);
    expect(
      clipLine(
        [
          [2, 2],
          [3, 3],
        ],
        unit,
      ),
    ).toEqual([]);
    expect(clipLine([[0.5, 0.5]], unit)).toEqual([[[0.5, 0.5]]]);
  });
});

describe("thinning", () => {
  test("keeps the spikes of a series, its first and its last", () => {
    const series = Array.from({ length: 10_000 }, (_, i) =>
      i === 7_777 ? 99 : i === 3_333 ? -99 : Math.sin(i),
    );
    const kept = thinSeries(series, 100);
    expect(kept.length).toBeLessThanOrEqual(202);
    for (const i of [0, 3_333, 7_777, 9_999]) expect(kept).toContain(i);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });

  test("takes points from everywhere, each once", () => {
    const kept = thinPoints(10_000, 100);
    expect(new Set(kept).size).toBe(100);
    expect(kept.map((at) => Math.floor(at / 100))).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(thinPoints(3, 100)).toEqual([0, 1, 2]);
  });
});

test("levels are round numbers inside the range", () => {
  expect(linearLevels(0, 33)).toEqual([5, 10, 15, 20, 25, 30]);
  expect(linearLevels(-0.31, 0.31)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  expect(linearLevels(1e16, 1e16 + 2)).toEqual([]);
  expect(logLevels(0.3, 30)).toEqual([0.5, 1, 2, 5, 10, 20]);
  expect(logLevels(1e-3, 1e3)).toEqual([0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300]);
  expect(logLevels(1e-100, 1e100).length).toBeLessThan(20);
});

test("powers of ten on a log scale stand equally far from one another, and one is at the top", () => {
  for (let high = 4; high < 40; high++) {
    const powers = logScale(1, 10 ** high).ticks!.map((tick) => Math.round(Math.log10(tick)));
    const gaps = powers.slice(1).map((power, i) => power - powers[i]!);
    expect(powers.at(-1)).toBe(high);
    expect(Math.min(...gaps)).toBe(gaps[0]);
  }
});

test("ticks have the digits that tell them apart", () => {
  expect([0, 0.1, 0.30000000000000004].map(tickText([0, 1]))).toEqual(["0", "0.1", "0.3"]);
  expect([100_000.1, 100_000.2].map(tickText([100_000, 100_001]))).toEqual(["100000.1", "100000.2"]);
});

/** @see WCAG 2.2, relative luminance */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test.each(Object.entries(palettes))("every colour of the %s palette is readable as text", (_, theme) => {
  const { background, ink, muted, alert, series } = theme;
  for (const color of [ink, muted, alert, ...series]) {
    const [dark, light] = [luminance(background), luminance(color)].sort((a, b) => a - b) as [number, number];
    expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
  }
});
