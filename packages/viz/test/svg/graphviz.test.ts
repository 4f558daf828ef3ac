import type { Viz } from "@viz-js/viz";
import { expect, test } from "vitest";
import { drawer } from "../../src/svg/graphviz.ts";

/** A Graphviz that gives one answer to everything. */
function answering(answer: () => unknown): Viz {
  return { render: answer } as unknown as Viz;
}

test("Graphviz is started once, and anew after a trap", async () => {
  let started = 0;
  const draw = drawer(async () => {
    started++;
    return answering(() => {
      if (started === 1) throw new Error("memory access out of bounds");
      return { status: "success", output: "<svg/>", errors: [] };
    });
  });
  expect(await draw("a")).toEqual({ trap: "Error: memory access out of bounds" });
  expect(await draw("b")).toEqual({ svg: "<svg/>" });
  expect(await draw("c")).toEqual({ svg: "<svg/>" });
  expect(started).toBe(2);
});

test("where it cannot be started, as under a content policy without WebAssembly, it says so, each time", async () => {
  const draw = drawer(() => Promise.reject(new Error("forbidden")));
  const trap = { trap: "it cannot be started: Error: forbidden" };
  expect([await draw("a"), await draw("b")]).toEqual([trap, trap]);
});

test("what is wrong with DOT is given in words", async () => {
  const errors = [{ message: "syntax error" }];
  const draw = drawer(async () => answering(() => ({ status: "failure", output: undefined, errors })));
  expect(await draw("a")).toEqual({ errors: ["syntax error"] });
});

test("a picture with edges lost is laid out anew, without frames at last; then it is an error", async () => {
  const tried: unknown[] = [];
  const whole = '<g id="n0"/><g id="e0"/>';
  const drawWith = (goodAt: number) =>
    drawer(async () => {
      const render = (_: string, { graphAttributes }: { graphAttributes: unknown }) => {
        tried.push(graphAttributes);
        const isGood = tried.length > goodAt;
        const errors = isGood ? [] : [{ level: "error", message: "trouble in init_rank" }];
        return { status: "success", output: isGood ? whole : '<g id="n0"/>', errors };
      };
      return { render } as unknown as Viz;
    });
  const dot = "  n0 [id=n0]\n  n0 -> n0 [id=e0]";
  expect(await drawWith(2)(dot)).toEqual({ svg: whole });
  expect(tried).toEqual([{}, { newrank: true }, { clusterrank: "none" }]);
  tried.length = 0;
  expect(await drawWith(3)(dot)).toEqual({ errors: ["the layout loses 1 nodes or edges"], lost: 1 });
});
