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

test("several roots: each adds its own", () => {
  const [x, b] = [value(3, "x"), value(2, "b")];
  const losses = [x.square(), mul(x, b)];
  for (const loss of losses) loss.backward();
  expect(staleGradients(losses)).toMatchObject({
    isFresh: true,
    text: "All gradients are those of these 2 roots alone, added up.",
  });
  losses[1]!.backward();
  const { stale, text } = staleGradients(losses);
  expect(stale.map(({ node, grad, fresh }) => [node.label, grad, fresh])).toEqual([
    ["x", 10, 8],
    ["b", 6, 3],
  ]);
  expect(text).toContain("2 gradients of leaves are not those of these 2 roots alone, added up.");
  expect(text).toContain("b: grad 6, fresh 3: summed over 2 backward() of each");
});

test("one gradient is one", () => {
  const x = value(3, "x");
  x.sin().backward();
  expect(staleGradients(x.square()).text).toMatch(
    /^1 gradient of a leaf is not that of this root alone\. Call/,
  );
});

test.each([[[]], [[3]], [3]])("not a Value: %j", (root) => {
  expect(() => staleGradients(root as never)).toThrow(/^staleGradients: root/);
});
