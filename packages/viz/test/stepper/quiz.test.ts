import { topologicalOrder, type Value, value } from "@chainrule/core";
import fc from "fast-check";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { recordingOf } from "../../src/diagnosis/recording.ts";
import { formatNumber } from "../../src/formatNumber.ts";
import { isSame, judge, numberIn } from "../../src/stepper/page/quiz/judge.ts";
import { questionsOf, sweepTo } from "../../src/stepper/page/quiz/questions.ts";
import { hintLines, replyTo } from "../../src/stepper/page/quiz/replies.ts";
import { decode } from "../../src/stepper/page/stepGraph.ts";
import { gradientAt, sweep } from "../../src/stepper/page/sweep.ts";
import { nowhere, unplaced } from "../../src/stepper/pageData.ts";
import { toHtml } from "../../src/stepper/toHtml.ts";
import { neuron } from "../graphs.ts";
import { closeAll, executablePath, hasChromium, open } from "./browser.ts";
import { woven, xor } from "./graphs.ts";

afterAll(closeAll);

function decoded(root: Value) {
  return decode({ ...unplaced(recordingOf([root])), ...nowhere });
}

/** y = h · h · w with h = x + 1: h has two uses. */
function shared(): Value {
  const h = value(3, "x").add(1);
  h.label = "h";
  const y = h.mul(h).mul(value(0.5, "w"));
  y.label = "y";
  return y;
}

describe("reading what was typed", () => {
  test.each([
    ["0.25", 0.25],
    [" -3 ", -3],
    ["1,5", 1.5],
    ["−2,5e-3", -0.0025],
    ["2/3", 2 / 3],
    ["-∞", Number.NEGATIVE_INFINITY],
    ["inf", Number.POSITIVE_INFINITY],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["NaN", Number.NaN],
    [".5", 0.5],
    ["5.", 5],
    ["+1E+3", 1000],
    ["-1 / 2", -0.5],
  ])("%s", (text, number) => expect(numberIn(text)).toBe(number));

  test.each(["", " ", "x", "1.2.3", "1,234.5", "2/", "--1", "0/0", "0x10", "0b11", "1/0x2", "1/2/3", "."])(
    "%j is no number",
    (text) => {
      expect(numberIn(text)).toBeUndefined();
    },
  );
});

describe("judging", () => {
  test("what is rounded to three significant digits or more is right", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 3, max: 17 }),
        (answer, digits) => {
          fc.pre(Math.abs(answer) > 1e-300 && Math.abs(answer) < 1e300);
          expect(isSame(Number(answer.toPrecision(digits)), answer)).toBe(true);
          expect(isSame(answer * 1.011, answer)).toBe(false);
        },
      ),
      { endOnFailure: true },
    );
  });

  test.each([
    ["0.333", 1 / 3, [1], "right"],
    ["0,33", 1 / 3, [1], "close"],
    ["-0.333", 1 / 3, [1], "sign"],
    ["4", 8, [4, 4], "a part"],
    ["4", 8, [8], "wrong"],
    ["0", 0, [0], "right"],
    ["0", -0, [-0], "right"],
    ["0.001", 0, [0], "wrong"],
    ["∞", Number.POSITIVE_INFINITY, [1], "right"],
    ["-∞", Number.POSITIVE_INFINITY, [1], "sign"],
    ["1e308", Number.POSITIVE_INFINITY, [1], "wrong"],
    ["nan", Number.NaN, [1], "right"],
    ["3", Number.NaN, [1], "wrong"],
    ["three", 3, [3], "no number"],
    ["1.23e-7", 1.2345e-7, [1], "right"],
  ] as const)("%s for %d, of %j: %s", (text, answer, parts, verdict) => {
    expect(judge(text, answer, parts)).toBe(verdict);
  });
});

describe("questions", () => {
  test("come in the order in which backward() completes gradients, and constants are not asked for", () => {
    const graph = decoded(shared());
    const labels = questionsOf(graph, sweep(graph)).map(({ node }) => graph.nodes[node]!.label);
    expect(labels).toEqual(["", "w", "h", "x"]);
  });

  test("need nothing that has not been answered before", () => {
    const graph = decoded(woven(100));
    const questions = questionsOf(graph, sweep(graph));
    const answered = new Set([graph.root]);
    for (const { node, sent } of questions) {
      for (const { edge } of sent) expect(answered.has(edge.to)).toBe(true);
      answered.add(node);
    }
    expect(answered.size).toBe(graph.nodes.filter(({ kind }) => kind !== "constant").length);
  });

  test("what was not answered shows nothing, what was shows all", () => {
    const graph = decoded(woven(60));
    const all = sweep(graph);
    const questions = questionsOf(graph, all);
    const answered = new Set(questions.slice(0, 20).map(({ node }) => node));
    const some = sweepTo((node) => answered.has(node), all, graph);
    for (const { node } of questions) {
      const grad = gradientAt(graph, some, node, some.steps.length);
      expect(grad).toBe(answered.has(node) ? gradientAt(graph, all, node, all.steps.length) : undefined);
    }
  });

  test("hints leave the products and the sum to be worked out", () => {
    const graph = decoded(shared());
    const question = questionsOf(graph, sweep(graph))[2]!;
    expect(hintLines(graph, question)).toEqual([
      "upstream × local",
      "from v3: 0.5 × 4 (∂×/∂arg₁)",
      "from v3: 0.5 × 4 (∂×/∂arg₂)",
      "Add up these 2.",
    ]);
    expect(replyTo(graph, question, "a part")).toContain("one of its 2 uses");
  });
});

describe("the file", () => {
  test("holds no gradient, in any field or format", async () => {
    const root = xor();
    const before = await toHtml(root, { quiz: true });
    root.backward();
    const html = await toHtml(root, { quiz: true });
    expect(html).toBe(before);

    const { nodes, edges } = recordingOf([root]).graph;
    const known = new Set([
      ...nodes.map(({ data }) => data),
      ...edges.map(({ derivative }) => derivative),
      0,
    ]);
    const secret = topologicalOrder(root)
      .map(({ grad }) => grad)
      .filter((grad) => !known.has(grad));
    expect(secret.length).toBeGreaterThan(50);
    for (const grad of secret) {
      expect(html).not.toContain(String(Math.abs(grad)));
      expect(html).not.toContain(formatNumber(Math.abs(grad), 6));
    }
    const page = await toHtml(root);
    expect(page).toContain("is used");
    expect(html).not.toMatch(/is used \d|ends with -?\d/);
  });

  test("a graph without a question is refused", async () => {
    for (const root of [value(2, "x"), value(2).exp(), value(2, "x").greater(1)]) {
      await expect(toHtml(root, { quiz: true })).rejects.toThrow(/^toHtml: there is no gradient to ask for/);
    }
    await expect(toHtml(shared(), { quiz: 1 } as never)).rejects.toThrow(
      "quiz must be true or false, got 1.",
    );
  });
});

const text = (page: Page, id: string) => page.textContent(`#${id}`);

async function answer(page: Page, typed: string): Promise<string | null> {
  await page.fill("#answer", typed);
  await page.keyboard.press("Enter");
  return text(page, "feedback");
}

describe.skipIf(!hasChromium)(
  `in a browser (needs Chromium at ${executablePath})`,
  { timeout: 120_000 },
  () => {
    test("right, wrong and last answers, by keyboard alone", async () => {
      const { page, faults, requests } = await open(await toHtml(shared(), { quiz: true }));
      const grads = () =>
        page.$$eval("#nodes data", (all) => all.map((cell) => (cell as HTMLDataElement).value));
      expect(await text(page, "progress")).toBe("1 of 4");
      expect(await grads()).toEqual(["", "", "", "", "1"]);
      await page.focus("#answer");
      await page.keyboard.type("0,5");
      await page.keyboard.press("Enter");
      expect(await text(page, "feedback")).toBe("Right: ∂y/∂v3 = 0.5. Next: ∂y/∂w.");
      expect(await text(page, "progress")).toBe("2 of 4");
      expect(await answer(page, "-16")).toBe("Look at the sign.");
      expect(await page.getAttribute("#reveal", "aria-disabled")).toBe("true");
      expect(await answer(page, "16.0")).toContain("Right");
      expect(await answer(page, "2")).toContain("what one of its 2 uses sends");
      expect(await text(page, "hints")).toBe("");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await text(page, "hints")).toContain("from v3: 0.5 × 4");
      expect(await answer(page, "4")).toContain("Next: ∂y/∂x.");
      expect(await text(page, "hints")).toBe("");
      expect(await grads()).toEqual(["", "4", "0.5", "16", "1"]);
      expect(await answer(page, "4")).toBe(
        "Right: ∂y/∂x = 4. All are answered, 2 of 4 at the first try and without a hint.",
      );
      expect(await page.isVisible("#answer")).toBe(false);
      expect(await grads()).toEqual(["4", "4", "0.5", "16", "1"]);
      await page.keyboard.press("Enter");
      expect([await text(page, "progress"), await text(page, "feedback")]).toEqual(["1 of 4", ""]);
      expect(await grads()).toEqual(["", "", "", "", "1"]);
      expect([faults, requests]).toEqual([[], []]);
      await page.close();
    });

    test("the answer is shown after two tries", async () => {
      const { page, faults } = await open(await toHtml(shared(), { quiz: true }));
      await answer(page, "no");
      await answer(page, "7");
      await page.click("#reveal", { force: true });
      expect(await text(page, "feedback")).toBe("It is shown after 2 tries.");
      await answer(page, "8");
      await page.click("#reveal");
      expect(await text(page, "feedback")).toBe("It was ∂y/∂v3 = 0.5. Next: ∂y/∂w.");
      expect(faults).toEqual([]);
      await page.close();
    });

    test("after the last answer every gradient is that of backward()", async () => {
      const root = neuron();
      const { page, faults } = await open(await toHtml(root, { quiz: true }));
      for (let i = 0; i < 9; i++) {
        await answer(page, "1e9");
        await answer(page, "1e9");
        await page.click("#reveal");
      }
      root.backward();
      const shown = await page.$$eval("#nodes data", (all) =>
        all.map((cell) => Number((cell as HTMLDataElement).value)),
      );
      expect(shown).toEqual(topologicalOrder(root).map(({ grad }) => grad));
      expect(faults).toEqual([]);
      await page.close();
    });

    test.each([
      ["360 px, dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" as const }],
      ["a lesson's frame", { viewport: { width: 832, height: 560 } }],
    ])("nothing scrolls sideways: %s", async (_, options) => {
      const { page } = await open(await toHtml(xor(), { quiz: true, title: "long ".repeat(40) }), options);
      for (let i = 0; i < 2; i++) {
        const wide = await page.$$eval("html, #panel", (all) =>
          all.map((e) => e.scrollWidth - e.clientWidth),
        );
        expect(wide).toEqual([0, 0]);
        await answer(page, "1e9");
        await page.click("#hint");
      }
      await page.close();
    });

    test("paper is a worksheet: blanks for all, also for what was answered", async () => {
      const { page, faults } = await open(await toHtml(shared(), { quiz: true }));
      await answer(page, "0.5");
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      const lines = await page.$$eval("#steps li", (all) => all.map((line) => line.textContent));
      expect(lines).toEqual(["∂y/∂v3 = ", "∂y/∂w = ", "∂y/∂h = ", "∂y/∂x = "]);
      expect(await page.isVisible("#steps")).toBe(true);
      expect(await page.isVisible("#nodes")).toBe(false);
      const grads = await page.$$eval(".node .grad", (all) => all.map((grad) => grad.textContent));
      expect(grads.sort()).toEqual(["", "grad 1", "grad —", "grad —", "grad —", "grad —"]);
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      expect(await text(page, "progress")).toBe("2 of 4");
      expect(faults).toEqual([]);
      await page.close();
    });
  },
);
