// %% [markdown]
// # One number, its derivative, and the chain rule
//
// After this lesson you can say what a derivative is, let the computer find one, and check that it is right.
//
// Run it with `npx tsx notebooks/01-derivatives.ts`.

// %%
import assert from "node:assert/strict";
import { gradCheck, type Value, value } from "@chainrule/core";
import { show } from "@chainrule/notebooks";
import { toHtml, toSvg } from "@chainrule/viz";

// %% [markdown]
// ## What a derivative is
//
// Take $f(x) = 3x^2 - 4x + 5$. At $x = 3$ it is 20. Nudge $x$ by a small $h$ and see how far $f$ moves: the ratio is the
// slope, and what it tends to as the nudge shrinks is the derivative,
//
// $$ f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}. $$
//
// Here the ratio can be worked out. In $f(x + h) - f(x) = 6xh + 3h^2 - 4h$ each term has a factor $h$, so the ratio is
// $6x - 4 + 3h$. As $h$ shrinks, $f'(x) = 6x - 4$ remains, and $f'(3) = 14$. A nudge misses it by $3h$.

// %%
const f = (x: number) => 3 * x ** 2 - 4 * x + 5;
for (const nudge of [1, 0.1, 0.01, 0.001]) {
  const slope = (f(3 + nudge) - f(3)) / nudge;
  console.log(`nudge ${nudge}: slope ${slope.toFixed(4)}`);
  assert.ok(Math.abs(slope - (14 + 3 * nudge)) < 1e-10, "the slope is 14 + 3h");
}

// %% [markdown]
// ## The same, exactly
//
// A `Value` is a number that remembers how it was computed. `backward()` walks back over that history, and leaves the
// derivative in `grad`: no nudge, no rounding of a small difference.

// %%
const x = value(3, "x");
const y = x.square().mul(3).sub(x.mul(4)).add(5);
y.label = "y";
y.backward();
console.log(`f(3) = ${y.data}, f′(3) = ${x.grad}`);
assert.deepEqual([y.data, x.grad], [20, 14]);

// %% [markdown]
// That history is a graph. Each arrow bears the slope of one step, and $x$ is used twice: its derivative is the sum over
// both paths, $3 \cdot 6 - 4 = 14$.

// %%
show(
  await toSvg(y),
  "The graph of y: from x one path leads over the square and times 3, " +
    "the other over times 4; both meet at y.",
);

// %% [markdown]
// ## The chain rule
//
// If $y$ depends on $u$, and $u$ on $x$, then slopes multiply along the chain:
//
// $$ \frac{dy}{dx} = \frac{dy}{du} \cdot \frac{du}{dx}. $$
//
// Here $u = x^2$ and $y = \sin u$. So $\frac{dy}{dx} = \cos(u) \cdot 2x$.

// %%
const start = value(1.5, "x");
const u = start.square();
u.label = "u";
const end = u.sin();
end.label = "y";
end.backward();
const cosine = Math.cos(1.5 ** 2);
console.log(`dy/du = ${u.grad.toFixed(6)}   (cos u      = ${cosine.toFixed(6)})`);
console.log(
  `dy/dx = ${start.grad.toFixed(6)}   (cos u · 2x = ${(cosine * 2 * 1.5).toFixed(6)})`,
);
assert.ok(Math.abs(u.grad - cosine) < 1e-12, "dy/du is cos u");
assert.ok(Math.abs(start.grad - cosine * 2 * 1.5) < 1e-12, "dy/dx is cos u · 2x");

// %% [markdown]
// Go through it step by step: forward to the value of $y$, then back to the derivative.

// %%
show(
  await toHtml(end, { title: "y = sin(x²), step by step" }),
  "Steps through y = sin(x²): forward x, u and y; then back over both edges.",
  { picture: await toSvg(end) },
);

// %% [markdown]
// ## Trust, but check
//
// `gradCheck` compares the derivative with small nudges, for any function you like.

// %%
const report = gradCheck((v: Value) => v.square().sin(), 1.5);
const { analytic, numeric } = report.entries[0]!;
const missed = Math.abs(numeric - analytic);
console.log(`agrees with nudging: ${report.passed}`);
console.log(`backward() ${analytic.toFixed(8)}, by nudges ${numeric.toFixed(8)}`);
console.log(`they differ by less than a billionth: ${missed < 1e-9}`);
assert.ok(missed < 1e-9, "nudges come within a billionth");
assert.ok(report.passed, "the derivative agrees with nudging");

// %% [markdown]
// ## Your turn
//
// Write the derivative of $g(x) = e^{-x^2}$ by hand, with the chain rule: $u = -x^2$, and $\frac{d}{du} e^u = e^u$.

// %% {"tags":["exercise"]}
// const slopeOfBell = (x: number): number => {
//   return 0 * x; // replace this by g′(x)
// };

// %% {"tags":["solution"]}
const slopeOfBell = (x: number): number => Math.exp(-(x ** 2)) * -2 * x;

// %% {"tags":["check"]}
for (const at of [-1, 0, 0.5, 2]) {
  const bell = value(at, "x");
  bell.square().neg().exp().backward();
  assert.ok(
    Math.abs(slopeOfBell(at) - bell.grad) < 1e-12,
    `slopeOfBell(${at}) must be ${bell.grad}, got ${slopeOfBell(at)}`,
  );
}
console.log("g′ is right.");
