// %% [markdown]
// # Wrong, and unable to move: saturation, cross-entropy and softmax
//
// After this lesson you can say why a sigmoid with squared error hardly learns from its worst mistakes, why cross-entropy
// mends that, how to compute softmax so that no number overflows, and what its gradient is.
//
// Run it with `npx tsx notebooks/07-saturation-and-softmax.ts`.
//
// The folded code imports what is used. Its `agree` checks that two numbers are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import {
  div,
  exp,
  gradCheck,
  jacobian,
  log,
  sigmoid,
  softmax,
  sub,
  sum,
  type Value,
  value,
  zeroGrad,
} from "@chainrule/core";
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  crossEntropyWithLogits,
  Neuron,
  squaredError,
} from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { functionPlot, lossCurve, toSvg } from "@chainrule/viz";

/** Asserts that two numbers agree to twelve digits, however small they are. */
const agree = (got: number, want: number, what = "the number") =>
  assert.ok(
    Math.abs(got - want) <= 1e-12 * Math.abs(want),
    `${what} must be ${want}, got ${got}`,
  );

// %% [markdown]
// ## One neuron, and squared error
//
// A neuron with one input: $z = wx + b$, then $\hat y = \sigma(z) = \frac{1}{1 + e^{-z}}$, and the loss is
// $L = \frac12 (\hat y - y)^2$. The chain rule goes from $L$ to $\hat y$ to $z$ to $w$:
//
// $$ \frac{\partial L}{\partial w} =
//    \underbrace{(\hat y - y)}_{\partial L / \partial \hat y} \cdot
//    \underbrace{\hat y (1 - \hat y)}_{\partial \hat y / \partial z} \cdot
//    \underbrace{x}_{\partial z / \partial w}. $$
//
// (If you take the squared error without the ½, there is a 2 in front. The lecture notes leave it out.) The middle factor is
// $\sigma'(z)$, in terms of the value that is known already. Where is it small? Wherever $\hat y$ is near 0 *or near 1*: there the
// sigmoid is flat, *saturated*. So if $y = 1$ and $\hat y \approx 0$, as wrong as can be, the gradient is nearly 0, and the
// same if $y = 0$ and $\hat y \approx 1$.

// %%
const x = 1;
const lines = [
  "| $y$ | $z$ | $\\hat y$ | squared error, ∂L/∂w | cross-entropy, ∂L/∂w |",
  "| --: | --: | --: | --: | --: |",
];
for (const y of [1, 0]) {
  for (const size of [0.5, 2, 5, 10]) {
    const z = y === 1 ? -size : size; // on the wrong side
    const neuron = Neuron.of([z], 0, { activation: "sigmoid" });
    const [w] = neuron.weights;
    assert.ok(w, "the neuron has a weight");

    const predicted = neuron([x]);
    squaredError(predicted, y, { half: true }).backward();
    const bySquares = w.grad;
    agree(bySquares, (predicted.data - y) * predicted.data * (1 - predicted.data) * x);

    zeroGrad(neuron.parameters());
    binaryCrossEntropy(neuron([x]), y).backward();
    agree(w.grad, (predicted.data - y) * x);
    const cells = [predicted.data, bySquares, w.grad].map((each) => each.toFixed(5));
    lines.push(`| ${y} | ${z} | ${cells.join(" | ")} |`);
  }
}
show({ "text/markdown": lines.join("\n") });

// %% [markdown]
// The same as a picture. Write $e = \hat y - y$ for the error. For $y = 1$ it runs from $-1$ to 0, for $y = 0$ from 0 to 1, and
// in both cases $\hat y (1 - \hat y) = |e| (1 - |e|)$. So squared error gives $e \, |e| \, (1 - |e|)$: it rises up to
// $|e| = \frac23$, and from there on, the *more* wrong, the *weaker* the push.

// %%
const pushOfSquares = (e: number) => e * Math.abs(e) * (1 - Math.abs(e));
show(
  functionPlot(
    { "squared error": pushOfSquares, "cross-entropy": (e) => e },
    {
      from: -1,
      to: 1,
      xLabel: "ŷ − y",
      yLabel: "∂L/∂z",
      title: "The push on z, by how wrong the answer is",
    },
  ),
  "Cross-entropy is a straight line from −1 to 1. " +
    "Squared error is an S that never exceeds 0.15 and returns to 0 at both ends.",
);

const most = value(2 / 3, "e");
const push = most.square().mul(sub(1, most)); // e > 0
push.backward();
agree(push.data, 4 / 27);
assert.ok(Math.abs(most.grad) < 1e-15, "the top: no slope");

// %% [markdown]
// ## What cross-entropy does about it
//
// With $L = -[y \ln \hat y + (1 - y) \ln (1 - \hat y)]$ the first factor is another one, and the flat factor cancels:
//
// $$ \frac{\partial L}{\partial z}
//  = \left( \frac{1 - y}{1 - \hat y} - \frac{y}{\hat y} \right) \hat y (1 - \hat y)
//  = (1 - y) \hat y - y (1 - \hat y)
//  = \hat y - y. $$
//
// The logarithm is infinitely steep just where the sigmoid is flat. In the graph below you can see both factors, one on
// each edge: a big number times a small one.

// %%
const z = value(-4, "z");
const predicted = z.sigmoid();
predicted.label = "ŷ";
const loss = predicted.log().neg();
loss.label = "L";
loss.backward();
console.log(
  `1/ŷ = ${(1 / predicted.data).toFixed(3)},`,
  `σ′(z) = ${(predicted.data * (1 - predicted.data)).toFixed(5)}`,
);
console.log(`∂L/∂z = ${z.grad.toFixed(5)} = ŷ − 1`);
agree(z.grad, predicted.data - 1);
agree(predicted.grad, -1 / predicted.data);
show(
  await toSvg(loss),
  "The graph of L = −ln σ(z) at z = −4: the edge into ŷ has the slope 0.0177, " +
    "the edge into the logarithm 55.6.",
);

// %% [markdown]
// (In one place the lecture notes call this product $\partial L / \partial \hat y$. It is $\partial L / \partial z$; the derivative by
// $\hat y$ is the first factor alone, here $-1/\hat y = -55.6$.)
//
// ### A race
//
// Two neurons start at $z = -5$ and are to learn the answer 1. Both go [down their gradients](03-jacobians.ts), with the
// learning rate 1. The loss of each is its own; to compare them, we plot the error $1 - \hat y$.

// %%
const race = (lossOf: (z: Value) => Value, start = -5, steps = 200): number[] => {
  const neuron = Neuron.of([start], 0, { activation: "linear" });
  return Array.from({ length: steps }, () => {
    const z = neuron([1]);
    zeroGrad(neuron.parameters());
    lossOf(z).backward();
    for (const parameter of neuron.parameters()) parameter.data -= parameter.grad;
    return 1 - sigmoid(neuron([1]).data); // after the step
  });
};
const bySquares = (z: Value) => squaredError(z.sigmoid(), 1, { half: true });
const squares = race(bySquares);
const logarithms = race((z) => binaryCrossEntropyWithLogits(z, 1));
const half = (errors: readonly number[]) => errors.findIndex((e) => e < 0.5) + 1; // steps
console.log(`cross-entropy is below ½ after ${half(logarithms)} steps`);
console.log(`squared error is below ½ after ${half(squares)} steps`);
assert.ok(
  half(squares) > 15 * half(logarithms),
  "squared error takes more than 15 times as long",
);
show(
  lossCurve(
    { "squared error": squares, "cross-entropy": logarithms },
    {
      scale: "linear",
      xLabel: "step",
      yLabel: "1 − ŷ",
      title: "From z = −5 to the answer 1",
    },
  ),
  "The error with cross-entropy falls to nearly 0 within a few steps; " +
    "with squared error it stays near 1 for long, then drops at once.",
);

// %% [markdown]
// The plateau is what someone sees who believes that training has failed. It gets longer as $e^{|z|}$: start at $z = -10$ instead,
// and it is more than a hundred times as long.

// %%
const [near, distant] = [half(squares), half(race(bySquares, -10, 12_000))];
console.log(`below ½ from z = −5: ${near} steps; from z = −10: ${distant} steps`);
assert.ok(distant > 100 * near, "from −10 it takes over a hundred times as long");

// %% [markdown]
// ### Even the right formula needs the right form
//
// $\hat y - y$ came from multiplying a huge number by a tiny one. At $z = 40$ a computer has no digits left: $\sigma(40)$
// [rounds to exactly 1](04-neuron.ts), so $1 - \hat y = 0$. The quotient is $1/0 = \infty$, and the other factor $\hat y (1 - \hat y) = 0$; their product should
// be 1, and is `NaN`. (The engine computes $\sigma'$ with more care, as $\frac14 \operatorname{sech}^2 \frac z2$, which equals
// $\sigma(z) \sigma(-z)$; the ∞ remains.) From the logit $z$ the loss is $-\ln(1 - \sigma(z)) = \ln(1 + e^z)$, which a computer gets
// right for all $z$ if it is written as $\max(0, z) + \ln(1 + e^{-|z|})$. Its slope is $\sigma(z)$.

// %%
const rounded = sigmoid(40);
const product = (1 / (1 - rounded)) * (rounded * (1 - rounded));
console.log(`σ(40) = ${rounded}; by the formula ∞ · 0 = ${product}`);
assert.ok(Number.isNaN(product), "∞ · 0 is NaN");

const far = value(40, "z");
const naiveLoss = log(sub(1, far.sigmoid())).neg();
naiveLoss.backward();
console.log(`as written:     loss ${naiveLoss.data}, slope ${far.grad}`);
assert.deepEqual(
  [naiveLoss.data, far.grad],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
);

zeroGrad([far]);
const goodLoss = binaryCrossEntropyWithLogits(far, 0);
goodLoss.backward();
console.log(`from the logit: loss ${goodLoss.data}, slope ${far.grad}`);
assert.deepEqual([goodLoss.data, far.grad], [40, 1]);
const safe = (z: number) => Math.max(0, z) + Math.log(1 + Math.exp(-Math.abs(z)));
assert.deepEqual([1000, -1000, 0].map(safe), [1000, 0, Math.LN2]);
assert.equal(Math.log(1 + Math.exp(1000)), Number.POSITIVE_INFINITY);

// %% [markdown]
// ## Softmax: probabilities of several classes
//
// For $k$ classes the last layer has $k$ numbers $z_1, \dots, z_k$, of any sign. Softmax makes probabilities of them:
//
// $$ \hat y_i = \frac{e^{z_i}}{\sum_j e^{z_j}}. $$
//
// The power makes each positive, the division makes them add up to 1. It keeps the order, and what counts are
// *differences*: with the same $c$ added to all, each power gets the factor $e^c$, above and below, so nothing changes.
// Two classes are a sigmoid in disguise: $\hat y_1 = \frac{1}{1 + e^{-(z_1 - z_2)}} = \sigma(z_1 - z_2)$.

// %%
const three = softmax([10, 20, -30]);
console.log(`softmax(10, 20, −30) = ${three.map((p) => p.toExponential(4)).join(", ")}`);
const powers = [10, 20, -30].map(Math.exp);
three.forEach((p, i) => {
  const want = powers[i]! / powers.reduce((a, b) => a + b);
  assert.ok(
    Math.abs(p / want - 1) < 1e-12,
    "twelve digits are right, of the tiny ones too",
  );
});
agree(
  three.reduce((a, b) => a + b),
  1,
);
agree(softmax([1.5, -0.5])[0]!, sigmoid(2));

const at = (i: number) => (z: number) => softmax([0, z, 2])[i]!;
show(
  functionPlot(
    { "ŷ₁ (z₁ = 0)": at(0), "ŷ₂": at(1), "ŷ₃ (z₃ = 2)": at(2) },
    { from: -6, to: 8, xLabel: "z₂", yLabel: "probability", title: "softmax(0, z₂, 2)" },
  ),
  "As z₂ grows, ŷ₂ rises from 0 to 1 along a sigmoid, crossing ŷ₃ at z₂ = 2; " +
    "the other two fall to 0 and keep their ratio.",
);

// %% [markdown]
// ### Where the formula breaks, and the way out
//
// $e^{710}$ is more than the largest number of a computer, and becomes ∞; then ∞/∞ is `NaN`. If all $z$ are far below 0, all powers
// become 0, and 0/0 is `NaN` too. But only differences count! So subtract the largest first:
//
// $$ \hat y_i = \frac{e^{z_i - \max z}}{\sum_j e^{z_j - \max z}}. $$
//
// Now the largest power is $e^0 = 1$. Nothing can overflow, and the sum is at least 1, so nothing is divided by 0.

// %%
const naiveSoftmax = (z: readonly number[]): number[] => {
  const powers = z.map(Math.exp);
  const total = powers.reduce((a, b) => a + b);
  return powers.map((each) => each / total);
};
for (const z of [
  [1000, 1010, 970],
  [-1000, -990, -1030],
]) {
  const [naive, stable] = [naiveSoftmax(z), softmax(z)];
  const shown = stable.map((p) => p.toExponential(2)).join(", ");
  console.log(`(${z.join(", ")})  naive: ${naive.join(", ")}  stable: ${shown}`);
  assert.ok(naive.some(Number.isNaN), "as written, softmax gives NaN");
  agree(stable[1]!, softmax([10, 20, -20])[1]!); // the same differences
}

// %% [markdown]
// The loss has a trap of its own. If $\hat y_t$ rounds to 0, $-\ln \hat y_t$ is ∞. So do not take the logarithm of a softmax;
// take the two together, $-\ln \hat y_t = \ln \sum_j e^{z_j} - z_t$, again with the largest moved out of the sum.

// %%
const hopeless = [0, 1000];
console.log(`−ln softmax(0, 1000)₁ in two steps: ${-Math.log(softmax(hopeless)[0]!)}`);
console.log(`the same in one:                    ${crossEntropyWithLogits(hopeless, 0)}`);
assert.equal(-Math.log(softmax(hopeless)[0]!), Number.POSITIVE_INFINITY);
assert.equal(crossEntropyWithLogits(hopeless, 0), 1000);

// %% [markdown]
// ## The gradient of softmax with cross-entropy
//
// Let $t$ be the true class and $L = -\ln \hat y_t$. Of all the $\hat y_i$ only $\hat y_t$ occurs in it. With $e(t)$ for the vector that
// is 1 at $t$ and 0 elsewhere (*one-hot*),
//
// $$ \frac{\partial L}{\partial \hat y} = -\frac{1}{\hat y_t}\, e(t). $$
//
// For [lesson 6](06-losses-and-information.ts)'s estimate $(0.2, 0.1, 0.4, 0.3)$, and team B, this is $(0, -10, 0, 0)$. But
// $\hat y_t$ itself depends on every $z_i$. By the quotient rule, with
// $S = \sum_j e^{z_j}$, and $[t = i]$ for 1 if $t = i$ and 0 if not:
//
// $$ \frac{\partial \hat y_t}{\partial z_i}
//  = \frac{[t = i]\, e^{z_t}}{S} - \frac{e^{z_t} e^{z_i}}{S^2}
//  = \hat y_t \bigl( [t = i] - \hat y_i \bigr). $$
//
// Multiply by $-1/\hat y_t$, and $\hat y_t$ cancels.
//
// $$ \frac{\partial L}{\partial z_i} = -\frac{1}{\hat y_t} \cdot \hat y_t \bigl( [t = i] - \hat y_i \bigr) = \hat y_i - [t = i]. $$
//
// As a vector: $\partial L / \partial z = \hat y - e(t)$. Once more, what we said minus what was true. (The lecture notes print one
// step of this with a second minus, as $-\frac{\partial (-\log \hat y_t)}{\partial \hat y_t} \cdots$, where there is one. Taken at its word it
// would give $e(t) - \hat y$; they go on with the right sign.)

// %%
const estimate = [0.2, 0.1, 0.4, 0.3].map((each) => value(each));
crossEntropy(estimate, 1).backward();
const byEstimate = estimate.map(({ grad }) => grad);
console.log(`∂L/∂ŷ    = ${byEstimate.join(", ")} for the estimate`);
assert.deepEqual(byEstimate, [0, -10, 0, 0]);

const logits = [0.5, -1, 2, 0.1];
const t = 1;
const p = softmax(logits);
const ofSoftmax = jacobian((z: Value[]) => softmax(z))(logits);
p.forEach((pt, row) => {
  p.forEach((pi, column) => {
    agree(ofSoftmax[row]![column]!, pt * ((row === column ? 1 : 0) - pi));
  });
});

const gradientOf = (lossOf: (z: Value[]) => Value): number[] => {
  const leaves = logits.map((z) => value(z));
  lossOf(leaves).backward();
  return leaves.map(({ grad }) => grad);
};
const written = (z: Value[]) =>
  log(div(exp(z[t] as Value), sum(z.map((zi) => exp(zi))))).neg();
const right = p.map((pi, i) => pi - (i === t ? 1 : 0));
for (const gradient of [
  gradientOf(written),
  gradientOf((z) => crossEntropyWithLogits(z, t)),
]) {
  gradient.forEach((slope, i) => {
    agree(slope, right[i]!);
  });
}
console.log(`ŷ        = ${p.map((x) => x.toFixed(4)).join(", ")}`);
console.log(`ŷ − e(t) = ${right.map((x) => x.toFixed(4)).join(", ")}`);

// %% [markdown]
// **A slip to know about.** The first statement of this in the lecture notes has its two cases swapped: $p_k$ for $k = y$,
// and $p_k - 1$ for the others (with $p$ for our $\hat y$, and $y$ for our $t$). Further down, for batches, the two cases are right (the indices are not: [lesson 10](10-batches.ts)).
//
// You can refute the swapped form without any calculation. Adding the same $c$ to all $z$ changes nothing, so the slope in
// that direction, the sum of the gradient, must be 0. The sum of $\hat y - e(t)$ is $1 - 1 = 0$. The sum of the swapped one is
// $1 - (k - 1)$, which for four classes is $-2$. And a nudge agrees:

// %%
const swapped = p.map((pi, i) => (i === t ? pi : pi - 1));
const sumOf = (xs: readonly number[]) => xs.reduce((a, b) => a + b);
console.log(
  `the sums: right ${Math.abs(sumOf(right)).toFixed(4)},`,
  `swapped ${sumOf(swapped).toFixed(4)}`,
);
assert.ok(Math.abs(sumOf(right)) < 1e-15, "the right gradient adds up to 0");
agree(sumOf(swapped), -2);

const h = 1e-5;
const costAt = (by: number) => crossEntropyWithLogits(logits.with(t, logits[t]! + by), t);
const nudged = (costAt(h) - costAt(-h)) / (2 * h);
console.log(
  `at k = y: right ${right[t]!.toFixed(4)}, swapped ${swapped[t]!.toFixed(4)},`,
  `nudged ${nudged.toFixed(4)}`,
);
assert.ok(Math.abs(nudged - right[t]!) < 1e-8, "the nudge agrees with ŷ − e(t)");
assert.ok(Math.abs(nudged - swapped[t]!) > 0.9, "the nudge refutes the swapped form");
assert.ok(gradCheck(written, logits).passed, "gradCheck agrees with ŷ − e(t)");

// %% [markdown]
// The swapped form would have a net *lower* the logit of the true class, with the greatest zeal where it is right already.
//
// ## Your turn
//
// **1.** Write $\ln \sum_j e^{z_j}$ so that it never overflows, nor becomes $\ln 0$. (Take the largest out of the sum.)

// %% {"tags":["exercise"]}
// const logOfSum = (z: readonly number[]): number => {
//   // this breaks at z = 1000 and at z = −1000:
//   return Math.log(z.map(Math.exp).reduce((a, b) => a + b));
// };

// %% {"tags":["solution"]}
const logOfSum = (z: readonly number[]): number => {
  const largest = Math.max(...z);
  return (
    largest + Math.log(z.map((zi) => Math.exp(zi - largest)).reduce((a, b) => a + b))
  );
};

// %% {"tags":["check"]}
for (const [z, wanted] of [
  [[0, 0], Math.LN2],
  [[1000, 1000], 1000 + Math.LN2],
  [[-1000, -1000, -1000], -1000 + Math.log(3)],
] as const) {
  agree(logOfSum(z), wanted, `logOfSum([${z.join(", ")}])`);
}
console.log("It holds at both ends.");

// %% [markdown]
// **2.** In [cross-entropy with a true distribution](06-losses-and-information.ts), $L = -\sum_c y_c \ln \hat y_c$, the $y_c$ need not
// be 0 and 1. What is $\partial L / \partial z$ then, for $\hat y = \operatorname{softmax}(z)$? Start from the derivation above, and use
// that the $y_c$ add up to 1.

// %% {"tags":["exercise"]}
// const slopes = (z: readonly number[], y: readonly number[]): number[] => {
//   return z.map(() => y.length); // replace this by ∂L/∂z
// };

// %% {"tags":["solution"]}
const slopes = (z: readonly number[], y: readonly number[]): number[] =>
  softmax(z).map((p, i) => p - y[i]!);

// %% {"tags":["check"]}
for (const y of [
  [0, 0, 1],
  [0.2, 0.5, 0.3],
]) {
  const leaves = [1, -0.5, 0.25].map((z) => value(z));
  crossEntropyWithLogits(leaves, y).backward();
  const got = slopes([1, -0.5, 0.25], y);
  leaves.forEach(({ grad }, i) => {
    agree(got[i]!, grad, `slopes([1, −0.5, 0.25], [${y.join(", ")}])[${i}]`);
  });
}
console.log("The gradient is right: still what was said minus what was true.");
