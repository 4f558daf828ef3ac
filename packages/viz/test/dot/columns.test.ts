import { spawnSync } from "node:child_process";
import { value } from "@chainrule/core";
import { MLP, meanSquaredError } from "@chainrule/nn";
import { describe, expect, test } from "vitest";
import { type DotOptions, toDot, toSvg } from "../../src/index.ts";
import { curve, type Point, pointsOf } from "../curves.ts";

const hasDot = spawnSync("dot", ["-V"]).error === undefined;

/** A network on inputs `x0`, `x1`, … with the loss of one example, after `backward()`. */
function loss(inputs: number, sizes: [number, ...number[]]) {
  const model = new MLP(inputs, sizes, { seed: 1 });
  const outputs = model(Array.from({ length: inputs }, (_, i) => value(i + 1, `x${i}`)));
  const root = meanSquaredError(
    outputs,
    outputs.map(() => 1),
  );
  root.backward();
  return root;
}

interface Place {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** The first line of each node and of each frame, and where its middle is. */
function places(svg: string): Place[] {
  const groups = svg.matchAll(/<g (?:[\w-]+="\w+" )?class="(?:node|cluster)[^"]*">([\s\S]*?)<\/g>/g);
  return Array.from(groups, ([, group]) => {
    const [, x, y, name] = /<text [^>]*?x="([-\d.]+)" y="([-\d.]+)"[^>]*>([^<]*)</.exec(group!)!;
    return { name: name!, x: Number(x), y: Number(y) };
  });
}

/** The names in each column, in the order of y, or of x where results are below. */
function columns(all: readonly Place[], wanted: RegExp, direction: "LR" | "TB" = "LR"): string[][] {
  const [along, across] = direction === "LR" ? (["x", "y"] as const) : (["y", "x"] as const);
  const byPlace = new Map<number, Place[]>();
  for (const place of all.filter(({ name }) => wanted.test(name))) {
    const near = [...byPlace.keys()].find((at) => Math.abs(at - place[along]) < 20) ?? place[along];
    byPlace.set(near, [...(byPlace.get(near) ?? []), place]);
  }
  return [...byPlace]
    .sort(([a], [b]) => a - b)
    .map(([, column]) => column.sort((a, b) => a[across] - b[across]).map(({ name }) => name));
}

const range = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

describe.each(["LR", "TB"] as const)("direction %s", (direction) => {
  test.each([
    [[8, 8, 1], {}],
    [[12, 5, 3], { look: "flow" }],
    [[16, 16, 1], { look: "flow", theme: "dark" }],
  ] as [[number, ...number[]], DotOptions][])(
    "neurons %j stand in order in their layers",
    async (sizes, options) => {
      const svg = await toSvg(loss(4, sizes), { collapse: "neurons", direction, ...options });
      expect(columns(places(svg), /^neurons/, direction)).toEqual(
        sizes.map((size) => range("neurons.", size)),
      );
      expect(columns(places(svg), /^x\d/, direction)).toEqual([range("x", 4)]);
    },
  );

  test("so do weights and inputs of a neuron", async () => {
    const svg = await toSvg(loss(5, [1]), { direction });
    expect(columns(places(svg), /^([wx]\d|b)$/, direction)).toEqual([range("x", 5), [...range("w", 5), "b"]]);
  });
});

test.skipIf(!hasDot)("the system's own Graphviz keeps the order too", () => {
  const dot = toDot(loss(3, [8, 8, 1]), { collapse: "neurons" });
  const { stdout, stderr } = spawnSync("dot", ["-Tsvg"], { input: dot, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(columns(places(stdout), /^neurons/)).toEqual([8, 8, 1].map((size) => range("neurons.", size)));
});

describe("frames", () => {
  test("each neuron has one, and layers stand side by side", async () => {
    const svg = await toSvg(loss(2, [4, 3, 1]));
    const frames = columns(places(svg), /^layers/);
    expect(frames.map((column) => column.toSorted())).toEqual(
      [4, 3, 1].map((size, l) => range(`layers.${l}.neurons.`, size)),
    );
  });

  test("no arrow goes through the frame of another neuron", async () => {
    const svg = await toSvg(loss(3, [4, 3, 1]));
    const frames = Array.from(
      svg.matchAll(/class="cluster">\n(?:<title>.*\n)?<path [^>]* d="([^"]*)"/g),
      ([, d]) => boxOf(pointsOf(d!)),
    );
    expect(frames).toHaveLength(8);
    const arrows = Array.from(svg.matchAll(/class="edge derivative">\n<path [^>]* d="([^"]*)"/g), ([, d]) =>
      curve(pointsOf(d!)),
    );
    expect(arrows.length).toBeGreaterThan(60);
    for (const points of arrows) {
      const ends = [points[0]!, points.at(-1)!];
      for (const frame of frames) {
        // An arrow ends before its node: 15 points more are of the frame that it leads into.
        if (ends.some((end) => isInside(end, frame, -15))) continue;
        expect(points.some((point) => isInside(point, frame, 8))).toBe(false);
      }
    }
  });
});

function boxOf(points: readonly Point[]) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

function isInside([x, y]: Point, box: ReturnType<typeof boxOf>, margin: number): boolean {
  const { left, right, top, bottom } = box;
  return x > left + margin && x < right - margin && y > top + margin && y < bottom - margin;
}
