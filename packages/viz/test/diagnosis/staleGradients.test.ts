import { add, mul, value } from "@chainrule/core";
import { expect, test } from "vitest";
import { staleGradients } from "../../src/diagnosis/staleGradients.ts";

test("before any backward(), and after one, all is fresh", () => {
  const x = value(3, "x");
  const y = mul(x, x).add(value(2, "b"));
  expect(staleGradients(y).isFresh).toBe(true);
  y.backward();
  expect(staleGradients(y)).toMatchObject({ isFresh: true, stale: [] });
});

test("two backward() without zeroGrad", () => {
  const [x, b] = [value(3, "x"), value(2, "b")];
  const step = () => add(mul(x, x), b);
  step().backward();
  step().backward();
  const y = step();
  y.backward();
  const { stale, text, dot } = staleGradients(y);
  expect(stale.map(({ node, grad, fresh, times }) => [node.label, grad, fresh, times])).toEqual([
    ["x", 18, 6, 3],
    ["b", 3, 1, 3],
  ]);
  expect(text).toContain("x: grad 18, fresh 6: summed over 3 backward()");
  expect(dot).toContain("grad 18 = 3 ×\\nfresh: 6");
  y.zeroGrad();
  y.backward();
  expect(staleGradients(y).isFresh).toBe(true);
});

test("left over from another root", () => {
  const x = value(3, "x");
  x.sin().backward();
  const { stale } = staleGradients(x.square());
  expect(stale).toMatchObject([{ grad: Math.cos(3), fresh: 6, times: null }]);
});
