import { createHash } from "node:crypto";
import { type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { recordingOf } from "../../src/diagnosis/recording.ts";
import { documentOf } from "../../src/stepper/document.ts";
import { unpackSums } from "../../src/stepper/page/unpack.ts";
import { pageDataOf, placed, unplaced } from "../../src/stepper/pageData.ts";
import { pageText } from "../../src/stepper/pageText.ts";
import { toHtml } from "../../src/stepper/toHtml.ts";
import { hostileLabels } from "../hostileLabels.ts";
import { graphs, network, woven, xor } from "./graphs.ts";

/** 500 products of numbers with all their digits. */
function products(): Value {
  let layer = Array.from({ length: 20 }, (_, i) => value(1 + Math.sin(i) / 3, `x${i}`));
  for (let depth = 0; depth < 24; depth++) layer = layer.map((x, i) => x.mul(layer[(i + 7) % 20]!));
  return layer.reduce((a, b) => a.add(b));
}

/** x + 1 + 1 + … */
function chain(length: number): Value {
  let node = value(0, "x");
  while (length-- > 0) node = node.neg();
  return node;
}

test("the text depends on the graph alone, and gradients stay as they are", async () => {
  const root = xor();
  const before = await toHtml(root);
  root.backward();
  const grad = root.operands[0] as Value;
  const held = grad.grad;
  expect(await toHtml(root)).toBe(before);
  expect(grad.grad).toBe(held);
});

describe("safety", () => {
  test("the policy allows nothing but the page's own style and script", async () => {
    const html = await toHtml(xor());
    const policy = /content="(default-src[^"]*)"/.exec(html)![1]!;
    const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(policy).toBe(
      `default-src 'none'; style-src ${hashOf(/<style>([\s\S]*)<\/style>/.exec(html)![1]!)}; ` +
        `script-src ${hashOf(/<script>([\s\S]*)<\/script>/.exec(html)![1]!)}; base-uri 'none'; form-action 'none'`,
    );
  });

  test("no markup, address or handler arises from a label or title", async () => {
    const plain = await toHtml(value(1, "x"), { title: "x" });
    // Without the page's own script, which the policy names by its hash.
    const tags = (html: string) =>
      html.replace(/(<script>)[\s\S]*?(?=<\/script>)/, "$1").match(/<[a-z!/][^>]*>/gi)!;
    for (const label of Object.values(hostileLabels)) {
      const html = await toHtml(value(1, label), { title: label });
      expect(tags(html)).toEqual(tags(plain));
      expect(html).not.toMatch(/\p{Cs}/u);
      expect(html).not.toMatch(
        /[\u2028\u2029]/.test(label) ? /"names":[^\n]*[\u2028\u2029]/ : /\bsrc=|javascript:/,
      );
    }
    expect(tags(plain).join()).not.toMatch(/\s(src|href|style|on\w+)=|javascript:|https?:/);
  });
});

describe("size: at most 200 bytes a node and 20 KB", () => {
  const bytes = (html: string) => Buffer.byteLength(html);

  test.each(Object.entries({ ...graphs, products, tangled: () => woven(300) }))("%s", async (_, make) => {
    const root = make();
    const most = 200 * recordingOf([root]).graph.nodes.length + 20 * 1024;
    expect(bytes(await toHtml(root))).toBeLessThanOrEqual(most);
  });

  test("2,000 nodes of a network, on a grid in place of a layout of many seconds", () => {
    const recording = recordingOf([network(48)]);
    const { graph } = recording;
    const places = graph.nodes.map((_, id) => 180 * (id % 70));
    const html = documentOf(
      "2,000 nodes",
      placed(
        unplaced(recording),
        graph.nodes.map(() => ({ width: 110, height: 62 })),
        {
          width: 12_600,
          height: 12_600,
          x: places,
          y: places,
          curves: graph.edges.map(({ from }) =>
            [60, 99, 136, 170].map((far) => [places[from]! + far, 180 * (from % 70) - far]),
          ),
        },
      ),
      pageText,
    );
    expect(graph.nodes.length).toBeGreaterThan(1900);
    expect(bytes(html)).toBeLessThanOrEqual(200 * graph.nodes.length + 20 * 1024);
  });
});

describe("errors", () => {
  test.each([
    [() => toHtml(3 as never), TypeError, "toHtml: root must be a Value, got 3."],
    [() => toHtml([] as never), RangeError, "toHtml: root is an empty array"],
    [
      () => toHtml([value(1), value(2)] as never),
      RangeError,
      "toHtml: a page steps through the gradient of one root, got 2. Make a page for each, or add them up.",
    ],
    [() => toHtml(value(1), { size: 3 } as never), TypeError, 'toHtml: there is no option "size".'],
    [() => toHtml(value(1), { title: 3 } as never), TypeError, "toHtml: title must be a string, got 3."],
    [
      () => toHtml(chain(700)),
      RangeError,
      "toHtml: 701 nodes and 700 edges are too many to look at one by one; the limits are 600 and 1500.",
    ],
  ])("%s", async (call, kind, message) => {
    const error = await call().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toContain(message);
  });

  test("force goes above the limits", async () => {
    expect(await toHtml(chain(650), { force: true })).toContain("<!doctype html>");
  });
});

test("TB puts operands above their results", async () => {
  const recording = recordingOf([value(2, "x").exp()]);
  const [across, down] = await Promise.all([
    pageDataOf(recording, "LR", 10_000),
    pageDataOf(recording, "TB", 10_000),
  ]);
  expect(across.width).toBeGreaterThan(across.height);
  expect(unpackSums(down.y)[1]).toBeGreaterThan(unpackSums(down.y)[0]!);
});
