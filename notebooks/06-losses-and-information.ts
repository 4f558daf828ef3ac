// %% [markdown]
// # How wrong is it? Losses, information and entropy
//
// After this lesson you can choose a loss that fits a task, work it out by hand, say in bits how surprising an answer is,
// and spot the formulas that are right on paper and fail in a computer.
//
// Run it with `npx tsx notebooks/06-losses-and-information.ts`.
//
// The folded code imports what is used. Its `agree` checks that two numbers are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import {
  gradCheck,
  log,
  mean,
  mul,
  neg,
  sigmoid,
  sub,
  type Value,
  value,
  zeroGrad,
} from "@chainrule/core";
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  entropy,
  informationContent,
  klDivergence,
  MLP,
  meanSquaredError,
  squaredError,
} from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { functionPlot } from "@chainrule/viz";

/** Asserts that two numbers agree to twelve digits, however small they are. */
const agree = (got: number, want: number, what = "the number") =>
  assert.ok(
    Math.abs(got - want) <= 1e-12 * Math.abs(want),
    `${what} must be ${want}, got ${got}`,
  );

// %% [markdown]
// ## Squared error, three ways
//
// A *loss* is one number that says how wrong a prediction is: 0 if it is perfect, more the worse it is. For a number $y$
// that we wanted and a number $\hat y$ that we got, the squared error is the simplest. Three forms of it are in use:
//
// $$ \tfrac12 (\hat y - y)^2, \qquad \frac1{m} \sum_{i=1}^m (\hat y_i - y_i)^2, \qquad
//    \frac1{2m} \sum_{i=1}^m (\hat y_i - y_i)^2. $$
//
// The first is for one example, the second is the mean over $m$ of them, the third is half the mean. They differ by factors only, and so do their
// gradients. With $e_i = \hat y_i - y_i$, the error, the power rule gives
//
// $$ \frac{\partial}{\partial \hat y} \tfrac12 e^2 = e, \qquad
//    \frac{\partial}{\partial \hat y_i} \frac1m \sum e^2 = \frac2m e_i, \qquad
//    \frac{\partial}{\partial \hat y_i} \frac1{2m} \sum e^2 = \frac1m e_i. $$
//
// The ½ is there to cancel the 2 that comes down from the power. It changes nothing about which $\hat y$ is best; it does
// halve each step of a [descent](03-jacobians.ts), so say which form you mean before you compare learning rates.

// %%
const wanted = [0.5, -1, 2];
const got = [0.25, 1, -0.5].map((x) => value(x));
const errors = got.map(({ data }, i) => data - wanted[i]!);
const gradientOf = (loss: Value): number[] => {
  zeroGrad(got);
  loss.backward();
  return got.map(({ grad }) => grad);
};

const third = gradientOf(meanSquaredError(got, wanted));
const sixth = gradientOf(squaredError(got, wanted, { half: true }));
errors.forEach((e, i) => {
  agree(third[i]!, (2 / 3) * e);
  agree(sixth[i]!, e / 3);
});
const one = value(1);
squaredError(one, -1, { half: true }).backward();
assert.equal(one.grad, 2); // ŷ − y = 1 − (−1)

const row = (name: string, xs: readonly number[]) =>
  `| ${name} | ${xs.map((x) => x.toFixed(4)).join(" | ")} |`;
show({
  "text/markdown": [
    "| | example 1 | example 2 | example 3 |",
    "| --- | ---: | ---: | ---: |",
    row("error $e_i$", errors),
    row("gradient of $\\frac1m \\sum e^2$", third),
    row("gradient of $\\frac1{2m} \\sum e^2$", sixth),
  ].join("\n"),
});

// %% [markdown]
// **A slip to know about.** Two places in the lecture notes print the summed squared error without its square,
// $\frac1N \sum (\hat y_i - y_i)$ once and $\frac1{2m} \sum (y_i - \hat y_i)$ once. Could that be a loss? Its slope is
// the same for all predictions, so no error enters the gradient; and it has no least value.
// $\frac1N \sum (\hat y_i - y_i)$ falls without end as $\hat y$ falls, $\frac1{2m} \sum (y_i - \hat y_i)$ as $\hat y$ rises,
// also past a perfect prediction.

// %%
const printed = () => mean(got.map((p, i) => sub(p, wanted[i]!)));
gradientOf(printed()).forEach((slope) => {
  agree(slope, 1 / 3); // whatever the errors are
});
const turned = () => mul(0.5, mean(got.map((p, i) => sub(wanted[i]!, p))));
gradientOf(turned()).forEach((slope) => {
  agree(slope, -1 / 6);
});
show(
  functionPlot(
    {
      "(ŷ − y)²": (p) => (p - 1) ** 2,
      "without the square": (p) => p - 1,
      "y = 1": [[1, 0]],
    },
    {
      from: -1,
      to: 3,
      xLabel: "ŷ",
      yLabel: "loss",
      title: "Only the square has a bottom at y",
    },
  ),
  "A parabola that touches 0 at ŷ = 1, " +
    "and a straight line that falls below 0 to the left of it.",
);

// %% [markdown]
// ## Yes or no: binary cross-entropy
//
// Now $y$ is 1 or 0, and $\hat y$ is the probability that we gave to 1. The loss is
//
// $$ L = -\bigl[\, y \ln \hat y + (1 - y) \ln (1 - \hat y) \,\bigr]. $$
//
// Here $y$ and $1 - y$ work as *selectors*: one of them is 1, the other 0, so one term counts and the other is gone. If the
// answer is 1 the loss is $-\ln \hat y$, if it is 0 the loss is $-\ln(1 - \hat y)$. To be sure and right costs nothing; to be
// sure and wrong costs more than any number.

// %%
show(
  functionPlot(
    {
      "y = 1: −ln ŷ": (p) => binaryCrossEntropy(p, 1),
      "y = 0: −ln(1 − ŷ)": (p) => binaryCrossEntropy(p, 0),
    },
    {
      from: 0,
      to: 1,
      yRange: [0, 5],
      xLabel: "ŷ",
      yLabel: "loss",
      title: "Binary cross-entropy",
    },
  ),
  "Two curves, mirror images: one falls from infinity at ŷ = 0 to zero at ŷ = 1, " +
    "the other rises from zero to infinity.",
);

// %% [markdown]
// As $\frac{d}{dp} \ln p = \frac1p$, and the inner derivative of $1 - \hat y$ is $-1$,
//
// $$ \frac{\partial L}{\partial \hat y} = \frac{1 - y}{1 - \hat y} - \frac{y}{\hat y}. $$

// %%
for (const y of [0, 1]) {
  for (const at of [0.1, 0.25, 0.9]) {
    const p = value(at, "ŷ");
    binaryCrossEntropy(p, y).backward();
    agree(p.grad, (1 - y) / (1 - at) - y / at);
    console.log(`y = ${y}, ŷ = ${at}: ∂L/∂ŷ = ${p.grad.toFixed(4)}`);
  }
}

// %% [markdown]
// ### On paper, and in a computer
//
// Take the formula at its word at $\hat y = 1$, $y = 1$, the best answer there is. It asks for $0 \cdot \ln 0$, which for a
// computer is $0 \cdot (-\infty)$, and that is `NaN`, *not a number*. One `NaN` in a sum makes the sum `NaN`, and after one
// step every weight is. So an implementation *selects*: it leaves out the term whose factor is 0.

// %%
const naive = (p: Value, y: number): Value =>
  neg(mul(y, log(p)).add(mul(1 - y, log(sub(1, p)))));
for (const certain of [0, 1]) {
  const asWritten = naive(value(certain), certain).data;
  const selected = binaryCrossEntropy(value(certain), certain).data;
  console.log(`y = ŷ = ${certain}: as written ${asWritten}, with selectors ${selected}`);
  assert.ok(Number.isNaN(asWritten), "taken at its word, the formula gives NaN");
  assert.equal(selected, 0);
}

// %% [markdown]
// That leaves the case of being sure and wrong, $\hat y = 0$ and $y = 1$: the loss is $\infty$ and its slope $-\infty$, and no
// step follows from an infinite slope. There are two ways out.
//
// 1. **Clamp the quotient.** `{ clamp: ε }` lets $1/\hat y$ be $1/\varepsilon$ at most: below $\varepsilon$ the logarithm goes on
//    along its tangent, $\ln \varepsilon - 1 + \hat y / \varepsilon$. (To hold $\hat y$ itself above $\varepsilon$ would be worse:
//    what does not move has slope 0, and could never be learnt from.)
// 2. **Do not compute $\hat y$ at all.** If $\hat y = \sigma(z)$, work with $z$, the *logit*:
//    for $y = 1$ the loss is $-\ln \sigma(z) = \ln(1 + e^{-z})$, which a computer gets right for all $z$ if it is written as
//    $\max(0, -z) + \ln(1 + e^{-|z|})$. The slope is $\sigma(z) - y$.

// %%
const epsilon = 1e-6;
const wrong = value(0, "ŷ");
const unclamped = binaryCrossEntropy(wrong, 1);
unclamped.backward();
console.log(`no clamp:  loss ${unclamped.data}, slope ${wrong.grad}`);
assert.equal(wrong.grad, Number.NEGATIVE_INFINITY);

wrong.grad = 0;
const clamped = binaryCrossEntropy(wrong, 1, { clamp: epsilon });
clamped.backward();
console.log(`clamp ε:   loss ${clamped.data.toFixed(4)}, slope ${wrong.grad.toFixed(0)}`);
agree(clamped.data, 1 - Math.log(epsilon));
agree(wrong.grad, -1 / epsilon);

const z = value(-1000, "z");
const fromLogit = binaryCrossEntropyWithLogits(z, 1);
fromLogit.backward();
console.log(
  `by logit:  loss ${fromLogit.data}, slope ${z.grad}   (and σ(z) = ${sigmoid(-1000)})`,
);
assert.deepEqual([fromLogit.data, z.grad], [1000, -1]);

const asItStands = Math.log(1 + Math.exp(-z.data));
const rewritten = Math.max(0, -z.data) + Math.log(1 + Math.exp(-Math.abs(z.data)));
console.log(`ln(1 + e^−z) is ${asItStands} as it stands, ${rewritten} rewritten`);
assert.deepEqual([asItStands, rewritten], [Number.POSITIVE_INFINITY, 1000]);

// %% [markdown]
// ## Where the logarithm comes from: information
//
// "The sun will rise tomorrow" tells you nothing; "there will be a cyclone tomorrow" tells you a lot. We want a measure
// $I(p)$ of how much the news of an event of probability $p$ tells. It should fall as $p$ grows, be 0 if $p = 1$, and *add up*
// for events that have nothing to do with each other: two coin tosses tell twice what one does, though their probabilities
// multiply, $\frac12 \cdot \frac12 = \frac14$. What turns products into sums is the logarithm:
//
// $$ I(p) = -\log_2 p. $$
//
// With base 2 the unit is the *bit*: the news of one fair coin toss. With the natural logarithm the unit is the *nat*.

// %%
const bits = { unit: "bits" } as const;
for (const p of [1, 0.5, 0.25, 0.125, 0.1]) {
  console.log(`probability ${p}: ${informationContent(p, bits).toFixed(4)} bits`);
  agree(informationContent(p, bits), -Math.log2(p));
}
agree(
  informationContent(0.5 * 0.25, bits),
  informationContent(0.5, bits) + informationContent(0.25, bits),
);

// %% [markdown]
// **Entropy** is the information that we expect: the content of each outcome, times how often it comes,
// $H(p) = -\sum_k p_k \log_2 p_k$. An outcome that never comes adds nothing. Of two outcomes entropy is largest, one bit, where
// both are equally likely, and 0 where one is certain.

// %%
agree(entropy([0.25, 0.25, 0.25, 0.25], bits), 2);
agree(entropy([0.5, 0.25, 0.125, 0.125], bits), 0.5 * 1 + 0.25 * 2 + 2 * 0.125 * 3);
assert.equal(entropy([0, 1, 0, 0], bits), 0);
show(
  functionPlot(
    {
      entropy: (p) => entropy([p, 1 - p], bits),
      "−log₂ p": (p) => informationContent(p, bits),
    },
    {
      from: 0,
      to: 1,
      yRange: [0, 3],
      xLabel: "p",
      yLabel: "bits",
      title: "A coin that shows heads with probability p",
    },
  ),
  "Entropy is an arch from 0 at p = 0 over one bit at p = ½ to 0 at p = 1; " +
    "the information content of heads falls from infinity to 0.",
);

// %% [markdown]
// ## Cross-entropy, worked out
//
// Four teams play. We say how likely each is to win, $\hat y = (0.2, 0.1, 0.4, 0.3)$. We have bets that pay 10K, 5K, 8K and 1K.
// What profit do we expect? Each payment, times how likely we take it to be:
//
// $$ 0.2 \cdot 10 + 0.1 \cdot 5 + 0.4 \cdot 8 + 0.3 \cdot 1 = 6.0 \text{ (thousand)}. $$
//
// Then team B wins. As a distribution, the truth is $y = (0, 1, 0, 0)$: the team that won has all of it. The *cross-entropy* is
// the information content of our estimate, expected under the truth:
//
// $$ H(y, \hat y) = -\sum_c y_c \log_2 \hat y_c = -\log_2 0.1 = \log_2 10 = 3.3219 \text{ bits}. $$
//
// The $y_c$ are selectors again: only what we said of the true class counts.

// %%
const estimate = [0.2, 0.1, 0.4, 0.3];
const truth = [0, 1, 0, 0];
const payments = [10, 5, 8, 1];
const profit = estimate.reduce((total, p, k) => total + p * payments[k]!, 0);
const surprise = crossEntropy(estimate, truth, bits);
console.log(`expected profit: ${profit.toFixed(1)}K`);
console.log(`cross-entropy:   ${surprise.toFixed(4)} bits`);
agree(profit, 6);
agree(surprise, Math.log2(10));
// The class will do: it counts from 0, so B is 1.
assert.equal(surprise, crossEntropy(estimate, 1, bits));

// %% [markdown]
// ### Which logarithm?
//
// **A slip to know about.** The lecture notes write this loss with $\log_2$, and then differentiate it as
// $\frac{\partial L}{\partial \hat y_t} = -\frac1{\hat y_t}$. That is the derivative of $-\ln \hat y_t$. As
// $\log_2 x = \ln x / \ln 2$, the right one in bits has a factor $1/\ln 2 \approx 1.4427$:
//
// $$ \frac{\partial}{\partial \hat y_t} (-\log_2 \hat y_t) = -\frac{1}{\hat y_t \ln 2}. $$
//
// The check is a nudge: `gradCheck` compares with differences, and knows nothing of logarithms.

// %%
const slopeIn = (unit: "bits" | "nats"): number => {
  const q = estimate.map((p) => value(p));
  crossEntropy(q, 1, { unit }).backward();
  return q[1]!.grad;
};
console.log(
  `in nats: ${slopeIn("nats").toFixed(4)}   in bits: ${slopeIn("bits").toFixed(4)}`,
);
agree(slopeIn("nats"), -1 / 0.1);
agree(slopeIn("bits"), -1 / (0.1 * Math.LN2));
assert.ok(
  gradCheck((p: Value) => informationContent(p, bits), 0.1).passed,
  "in bits, the slope agrees with nudging",
);

const h = 1e-6;
const nudged =
  (informationContent(0.1 + h, bits) - informationContent(0.1 - h, bits)) / (2 * h);
console.log(`in bits, by a nudge of 0.000001: ${nudged.toFixed(4)}, and not -10`);
assert.ok(
  Math.abs(nudged + 10 / Math.LN2) < 1e-4,
  "in bits, the slope has the factor 1/ln 2",
);

// %% [markdown]
// Does it matter? To the best weights, no: a loss and 1.4427 times that loss are lowest at the same place. To the length of
// every step, yes. Losses for training are in nats, unless you ask for bits.

// %% [markdown]
// ## The price of a wrong estimate
//
// Suppose that the truth itself is uncertain, $p$, and we believe $q$. Then even the best estimate, $q = p$, costs $H(p)$. What we
// pay on top of that is the *Kullback–Leibler divergence*
//
// $$ D(p \,\|\, q) = H(p, q) - H(p) = \sum_k p_k \log \frac{p_k}{q_k}. $$
//
// It is never negative. The reason is one picture: the line $x - 1$ touches $\ln x$ at 1 and is nowhere below it, so
// $\sum p_k \ln \frac{q_k}{p_k} \le \sum p_k \bigl(\frac{q_k}{p_k} - 1\bigr) \le 1 - 1 = 0$, summed over the $k$ with
// $p_k > 0$. It is 0 only where $q = p$. And it is no
// distance: the way there differs from the way back. When a training target is certain, $H(y) = 0$, so cross-entropy and
// divergence are the same.

// %%
const p = [0.5, 0.25, 0.25];
const q = [0.7, 0.2, 0.1];
console.log(
  `H(p) = ${entropy(p, bits).toFixed(4)},`,
  `H(p, q) = ${crossEntropy(q, p, bits).toFixed(4)} bits`,
);
console.log(
  `D(p‖q) = ${klDivergence(p, q, bits).toFixed(4)},`,
  `D(q‖p) = ${klDivergence(q, p, bits).toFixed(4)} bits`,
);
agree(klDivergence(p, q, bits), crossEntropy(q, p, bits) - entropy(p, bits));
assert.ok(
  klDivergence(p, q) > 0 && klDivergence(q, p) > 0,
  "the divergence is above 0, there and back",
);
assert.equal(klDivergence(p, p), 0);
agree(klDivergence(truth, estimate, bits), surprise);
show(
  functionPlot(
    { "x − 1": (x) => x - 1, "ln x": (x) => Math.log(x) },
    {
      from: 0.05,
      to: 3,
      yRange: [-2.5, 2],
      title: "The line is never below the logarithm",
    },
  ),
  "The line x − 1 touches the curve ln x at x = 1 and runs above it everywhere else.",
);

// %% [markdown]
// ## Which output goes with which loss
//
// | we predict    | the last layer is       | the loss is   | and $\delta = \partial L / \partial z$ is |
// | ------------- | ----------------------- | ------------- | ----------------------------------------- |
// | real values   | linear, $\hat y = z$    | ½ squared error | $\hat y - y$                            |
// | yes or no     | sigmoid                 | binary cross-entropy | $\hat y - y$                       |
// | one of $k$ classes | softmax            | cross-entropy | $\hat y - y$                              |
//
// The right column is no accident: each loss undoes the curve of its output. The
// [next lesson](07-saturation-and-softmax.ts) derives it, and shows what happens to a pair that does not fit.

// %%
const x = [0.4, -1.2, 0.8];
const deltaOf = (
  output: "linear" | "sigmoid" | "softmax",
  count: number,
  lossOf: (a: readonly Value[]) => Value,
) => {
  const net = new MLP(3, [4, count], { output, seed: 3 });
  const { outputs, layers } = net.forward(x);
  lossOf(outputs).backward();
  return { predicted: outputs.map(({ data }) => data), delta: layers[1]!.delta };
};
const pairs = [
  [
    "linear + ½ squared error",
    [0.3],
    deltaOf("linear", 1, ([a]) => squaredError(a as Value, 0.3, { half: true })),
  ],
  [
    "sigmoid + binary cross-entropy",
    [1],
    deltaOf("sigmoid", 1, ([a]) => binaryCrossEntropy(a as Value, 1)),
  ],
  [
    "softmax + cross-entropy",
    [0, 0, 1],
    deltaOf("softmax", 3, (a) => crossEntropy(a, 2)),
  ],
] as const;
for (const [name, y, { predicted, delta }] of pairs) {
  console.log(`${name}: δ = ${delta.map((d) => d.toFixed(4)).join(", ")}`);
  delta.forEach((d, k) => {
    agree(d, predicted[k]! - y[k]!);
  });
}

// %% [markdown]
// Why not a sigmoid for each class? Each gives a number from 0 to 1, but nothing makes them add up to 1, as the probabilities
// of outcomes that exclude each other must.

// %%
const total = [1, 2, 3].reduce((sum, each) => sum + sigmoid(each), 0);
console.log(`σ(1) + σ(2) + σ(3) = ${total.toFixed(4)}`);
assert.ok(total > 2, "three sigmoids add up to more than 2");

// %% [markdown]
// ## Your turn
//
// **1.** Write the cross-entropy in bits of an estimate against a true distribution. Mind the outcomes that never come: an
// estimate of 0 for one of those is right, and must cost nothing.

// %% {"tags":["exercise"]}
// const bitsOf = (estimate: readonly number[], truth: readonly number[]): number => {
//   return estimate.length - truth.length; // replace this by −Σ y log₂ ŷ
// };

// %% {"tags":["solution"]}
const bitsOf = (estimate: readonly number[], truth: readonly number[]): number =>
  truth.reduce((sum, y, k) => (y === 0 ? sum : sum - y * Math.log2(estimate[k]!)), 0);

// %% {"tags":["check"]}
for (const [estimate, truth, wanted] of [
  [[0.2, 0.1, 0.4, 0.3], [0, 1, 0, 0], Math.log2(10)],
  [[0.25, 0.25, 0.5], [0.5, 0.5, 0], 2],
  [[0.5, 0.5, 0], [0.5, 0.5, 0], 1], // 0 · log₂ 0 must not count
] as const) {
  const call = `bitsOf([${estimate.join(", ")}], [${truth.join(", ")}])`;
  agree(bitsOf(estimate, truth), wanted, call);
}
console.log("The bits are right.");

// %% [markdown]
// **2.** Binary cross-entropy in *bits*: what is its slope $\partial L / \partial \hat y$?

// %% {"tags":["exercise"]}
// const slopeInBits = (p: number, y: number): number => {
//   return (1 - y) / (1 - p) - y / p; // this is the slope in nats
// };

// %% {"tags":["solution"]}
const slopeInBits = (p: number, y: number): number =>
  ((1 - y) / (1 - p) - y / p) / Math.LN2;

// %% {"tags":["check"]}
for (const y of [0, 1]) {
  for (const at of [0.2, 0.5, 0.75]) {
    const guess = value(at);
    binaryCrossEntropy(guess, y, bits).backward();
    agree(slopeInBits(at, y), guess.grad, `slopeInBits(${at}, ${y})`);
  }
}
console.log("The slope in bits is right.");
