// %% [markdown]
// # One number, its derivative, and the chain rule
//
// After this lesson you can say what a derivative is, let the computer find one, and check that it is right.
//
// Run it with `npx tsx notebooks/01-derivatives.ts`.

// %%
import assert from "node:assert/strict";
import { gradCheck, type Value, value } from "@chainrule/core";

// %% [markdown]
// ## What a derivative is
//
// Take f(x) = 3x² − 4x + 5. At x = 3 it is 20. Nudge x a little and see how much f moves: the ratio is the slope,
// and what it tends to as the nudge shrinks is the derivative, f′(3) = 6·3 − 4 = 14.

// %%
const f = (x: number) => 3 * x ** 2 - 4 * x + 5;
for (const nudge of [1, 0.1, 0.01, 0.001]) {
  const slope = (f(3 + nudge) - f(3)) / nudge;
  console.log(`nudge ${nudge}: slope ${slope.toFixed(4)}`);
}

// %% [markdown]
// ## The same, exactly
//
// A `Value` is a number that remembers how it was computed. `backward()` walks back over that history, and leaves the
// derivative in `grad`: no nudge, no rounding of a small difference.

// %%
const x = value(3, "x");
const y = x.square().mul(3).sub(x.mul(4)).add(5);
y.backward();
console.log(`f(3) = ${y.data}, f′(3) = ${x.grad}`);
assert.equal(x.grad, 14);

// %% [markdown]
// ## The chain rule
//
// If y depends on u, and u on x, then **dy/dx = dy/du · du/dx**: slopes multiply along the chain. Here u = x², and
// y = sin u. So dy/dx = cos(u) · 2x.

// %%
const start = value(1.5, "x");
const u = start.square();
const end = u.sin();
end.backward();
console.log(`dy/du = ${u.grad.toFixed(6)}   (cos u   = ${Math.cos(u.data).toFixed(6)})`);
console.log(`dy/dx = ${start.grad.toFixed(6)}   (cos u·2x = ${(Math.cos(u.data) * 2 * 1.5).toFixed(6)})`);
assert.ok(Math.abs(start.grad - Math.cos(1.5 ** 2) * 2 * 1.5) < 1e-12);

// %% [markdown]
// ## Trust, but check
//
// `gradCheck` compares the derivative with small nudges, for any function you like.

// %%
const report = gradCheck((v: Value) => v.square().sin(), 1.5);
console.log(`agrees with nudging: ${report.passed}, off by ${report.worst.toExponential(0)}`);
assert.ok(report.passed);
