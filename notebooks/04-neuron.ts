// %% [markdown]
// # The neuron
//
// After this lesson you can say what an artificial neuron computes, derive how its output depends on each weight and on
// the bias, and choose an activation knowing what its derivative will do to learning.
//
// Run it with `npx tsx notebooks/04-neuron.ts`.
//
// The folded code imports what is used. Its `near` checks that two numbers are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import {
  grad,
  gradCheck,
  jacobian,
  relu,
  sigmoid,
  sum,
  tanh,
  type Value,
  value,
} from "@chainrule/core";
import { activations, Neuron } from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { activationPlot, functionPlot, toSvg } from "@chainrule/viz";

/** Fails unless two numbers agree to twelve digits, however small they are. */
const near = (actual: number, expected: number, what = "the number"): void => {
  assert.ok(
    Math.abs(actual - expected) <= 1e-12 * Math.abs(expected),
    `${what} must be ${expected}, got ${actual}`,
  );
};

// %% [markdown]
// ## Weigh, add, decide
//
// A neuron takes numbers $x_1, \dots, x_n$. It multiplies each by a **weight**, adds them up, adds a **bias**, and passes
// the result, $z$, through a function σ, the **activation**:
//
// $$ z = x_1 w_1 + \dots + x_n w_n + b = x^\top w + b, \qquad a = \sigma(z). $$
//
// A weight says how much an input matters, and in which direction; the bias, how easily the neuron is moved at all. Many
// numbers go in, one comes out. (The sum $z$ is also called *aggregation*, or pre-activation. Whether one writes
// $x^\top w$ or $w^\top x$ makes no difference: it is the same sum.)
//
// The letter σ stands for any activation in some lecture notes, even for $\max(0, z)$, and for one certain function in
// others, the **logistic function** or **sigmoid**, $\sigma(z) = 1/(1 + e^{-z})$. Here it is the latter. It squeezes all
// numbers into the range from 0 to 1. (Programs count from 0: in the picture $x_1$ and $w_1$ are called x0 and w0.)

// %%
const neuron = Neuron.of([2, -1], 0.5, { activation: "sigmoid" });
const x: [number, number] = [1, 3];
const inputs = x.map((xi, i) => value(xi, `x${i}`));

const a = neuron(inputs);
a.label = "a";
const z = 1 * 2 + 3 * -1 + 0.5;
console.log(`z = ${z}, a = ${a.data.toFixed(6)}`);
near(a.data, 1 / (1 + Math.exp(-z)));

a.backward();
show(
  await toSvg(a),
  "The graph of the neuron: inputs and weights lead to a dot product, " +
    "the bias is added, then comes the sigmoid.",
);

// %% [markdown]
// Weight and bias have their own jobs. With one input, $\sigma(wx + b)$ is a ramp: $w$ says how steep it is, and it passes
// ½ where $wx + b = 0$, at $x = -b/w$. A very large $w$ makes nearly a step.

// %%
const ramp = (w: number, b: number) => (at: number) => sigmoid(w * at + b);
show(
  functionPlot(
    {
      "w = 1, b = 0": ramp(1, 0),
      "w = 5, b = 0": ramp(5, 0),
      "w = 5, b = −10": ramp(5, -10),
    },
    {
      from: -4,
      to: 4,
      title: "w sets the slope, b the place",
      xLabel: "x",
      yLabel: "σ(wx + b)",
    },
  ),
  "Three ramps from 0 to 1: a gentle one and a steep one at 0, and a steep one moved to 2.",
);
assert.equal(ramp(5, -10)(2), 0.5);

// %% [markdown]
// ## The neuron in four small steps
//
// How does $a$ move when a weight does? Cut the neuron into steps so small that we know the Jacobian of each from
// [the last lesson](03-jacobians.ts):
//
// $$ H = w \odot x, \qquad S = \mathrm{sum}(H), \qquad z = S + b, \qquad a = \sigma(z). $$
//
// $H$ is the list of products, element by element; its Jacobian by $w$ is $\mathrm{diag}(x)$. The Jacobian of the sum is the
// row $\vec 1^\top = (1, \dots, 1)$; that of adding $b$ is 1; that of the activation is $\sigma'(z)$. Chain them, the last step
// first:
//
// $$ \frac{\partial a}{\partial w} = \frac{\partial a}{\partial z} \cdot \frac{\partial z}{\partial S} \cdot
// \frac{\partial S}{\partial H} \cdot \frac{\partial H}{\partial w} = \sigma'(z) \cdot 1 \cdot \vec 1^\top \mathrm{diag}(x) =
// \sigma'(z)\, x^\top. $$
//
// The bias goes in at the third step, so only two are left: $\frac{\partial a}{\partial b} = \sigma'(z) \cdot 1$.

// %%
const w = [2, -1];
const dHdw = jacobian((at: Value[]) => at.map((wi, i) => wi.mul(x[i]!)))(w);
const dSdH = grad((H: Value[]) => sum(H))([2, -3]);
const dzdS = grad((S: Value) => S.add(0.5))(-1);
const dadz = grad(sigmoid)(z);
console.log("∂H/∂w =", JSON.stringify(dHdw));
console.log("∂S/∂H =", JSON.stringify(dSdH));
console.log(`∂z/∂S = ${dzdS}, ∂a/∂z = ${dadz.toFixed(6)}`);

const dadw = dHdw[0]!.map(
  (_, j) => dadz * dzdS * dSdH.reduce((total, s, i) => total + s * dHdw[i]![j]!, 0),
);
console.log(`∂a/∂w = ${dadw.map((slope) => slope.toFixed(6)).join(", ")}`);
console.log(`∂a/∂b = ${(dadz * 1).toFixed(6)}`);

neuron.weights.forEach((weight, i) => {
  near(dadw[i]!, weight.grad); // what backward() found above
  near(weight.grad, dadz * x[i]!); // σ′(z) xᵀ
});
near(neuron.bias.grad, dadz);

// %% [markdown]
// Read it once more: **a weight's gradient is its input times σ′(z)**. Where the input is 0 the weight gets no blame and
// no credit. And where $\sigma'(z)$ is 0 nothing is learnt at all. So let us look at $\sigma'$.
//
// ## The sigmoid: σ′ = σ (1 − σ)
//
// With $u = 1 + e^{-z}$ we have $\sigma = 1/u$. The chain rule gives
//
// $$ \sigma'(z) = -\frac{1}{u^2} \cdot (-e^{-z}) = \frac{1}{u} \cdot \frac{e^{-z}}{u} = \frac{1}{u} \cdot \frac{u - 1}{u} =
// \sigma (1 - \sigma). $$
//
// How handy: whoever knows the *output* knows the derivative. It is at most ¼, at $z = 0$, and nearly 0 far from there. One
// says that the neuron is **saturated**: it hardly reacts, and hardly learns.

// %%
for (const at of [-4, -1, 0, 1, 4]) {
  const output = sigmoid(at);
  near(grad(sigmoid)(at), output * (1 - output));
  console.log(
    `z = ${at}: σ = ${output.toFixed(4)}, σ′ = ${grad(sigmoid)(at).toFixed(4)}`,
  );
}
assert.equal(grad(sigmoid)(0), 1 / 4);
show(
  activationPlot(sigmoid),
  "The sigmoid climbs from 0 to 1; its derivative is a bell with its top, ¼, at 0.",
);

// %% [markdown]
// A warning about handy formulas. At $z = 40$ the sigmoid is so close to 1 that a computer rounds it to 1. Then
// $\sigma(1 - \sigma)$ is exactly 0, though the true derivative is $e^{-40} \approx 4 \cdot 10^{-18}$. It is the same formula in
// theory, so this library uses another form of it, which keeps the digits.

// %%
console.log(
  `σ(1 − σ) = ${sigmoid(40) * (1 - sigmoid(40))},`,
  `grad gives ${grad(sigmoid)(40).toExponential(3)}`,
);
assert.equal(sigmoid(40) * (1 - sigmoid(40)), 0);
assert.ok(
  Math.abs(grad(sigmoid)(40) / Math.exp(-40) - 1) < 1e-12,
  "grad keeps the digits of e⁻⁴⁰",
);

// %% [markdown]
// ## The hyperbolic tangent: y′ = 1 − y²
//
// $\tanh z = (e^z - e^{-z})/(e^z + e^{-z})$ is a sigmoid stretched to the range from −1 to 1, and four times as steep. The quotient rule, with
// $p = e^z - e^{-z}$ above and $q = e^z + e^{-z}$ below, where $p' = q$ and $q' = p$:
//
// $$ y' = \frac{p' q - p q'}{q^2} = \frac{q^2 - p^2}{q^2} = 1 - y^2. $$

// %%
for (const at of [-2, -0.5, 0, 1.5]) near(grad(tanh)(at), 1 - tanh(at) ** 2);
// Twice as high, half as wide, and moved down by 1.
for (const at of [-2, 0.3]) near(tanh(at), 2 * sigmoid(2 * at) - 1);
show(
  activationPlot(tanh),
  "tanh climbs from −1 to 1; its derivative is a bell with its top, 1, at 0.",
);

// %% [markdown]
// ## The rectifier: ReLU
//
// $\mathrm{relu}(z) = \max(0, z)$ lets positive numbers through and stops negative ones. Its slope is 1 on the right, however
// large $z$ is: no saturation there. On the left it is 0. For a whole neuron that means
//
// $$ \frac{\partial a}{\partial w} = \begin{cases} x^\top & z > 0 \\ 0 & z \le 0 \end{cases} \qquad
// \frac{\partial a}{\partial b} = \begin{cases} 1 & z > 0 \\ 0 & z \le 0. \end{cases} $$
//
// And *at* 0? There is a kink, so there is no derivative. Any slope from 0 to 1 could be defended. The three sets
// of notes that use ReLU all choose $\mathrm{relu}'(0) = 0$, and so does this library.

// %%
assert.equal(grad(relu)(0), 0);
show(
  activationPlot(relu, { from: -3, to: 3 }),
  "relu is 0 on the left and z on the right; its derivative jumps from 0 to 1.",
);

for (const bias of [2, 1, 0]) {
  const rectifier = Neuron.of([2, -1], bias, { activation: "relu" });
  rectifier(x).backward();
  const slopes = rectifier.parameters().map((parameter) => parameter.grad);
  console.log(
    `z = ${bias - 1}: ∂a/∂w = ${slopes.slice(0, 2).join(", ")}; ∂a/∂b = ${slopes[2]}`,
  );
  assert.deepEqual(slopes, bias - 1 > 0 ? [...x, 1] : [0, 0, 0]);
}

// %% [markdown]
// Nudging cannot tell what happens at a kink: from the left the slope is 0, from the right it is 1. Away from it, the check
// agrees.

// %%
assert.ok(
  gradCheck(relu, 0.5).passed && gradCheck(relu, -0.5).passed,
  "away from the kink, nudging agrees",
);
const slopeFrom = (h: number) => (relu(h) - relu(0)) / h;
console.log(`at 0: from the left ${slopeFrom(-1e-6)}, from the right ${slopeFrom(1e-6)}`);
assert.deepEqual([slopeFrom(-1e-6) + 0, slopeFrom(1e-6)], [0, 1]);

// %% [markdown]
// ## Some more, and none
//
// - **linear**: $a = z$, with slope 1. For results that may be any number.
// - **step**: 1 for $z > 0$, else 0. The oldest of all; such a neuron is called a *perceptron*. Its slope is 0 wherever it
//   has one, so there is nothing for learning to go by.
// - **softplus**: $\ln(1 + e^z)$, a relu with a round corner. Its derivative is the sigmoid.
// - **leakyRelu**, **elu**, **gelu**, **silu**: relus that still react a little on the left.

// %%
const slopeOf = (name: "linear" | "step" | "softplus" | "silu", at: number): number =>
  grad((z: Value) => activations[name].apply(z))(at);

for (const at of [-3, 0, 2]) {
  near(slopeOf("softplus", at), sigmoid(at));
  near(slopeOf("linear", at), 1);
  near(slopeOf("step", at), 0);
}
const { relu: plain, softplus, elu, silu } = activations;
show(
  functionPlot(
    { relu: plain.apply, softplus: softplus.apply, elu: elu.apply, silu: silu.apply },
    { from: -4, to: 2.5, title: "Four relatives", xLabel: "z", yLabel: "a" },
  ),
  "relu and three smoother functions, which are near 0 or −1 on the left " +
    "and near z on the right.",
);

// %% [markdown]
// Why have an activation at all? Two linear neurons in a row are $w_2(w_1 x + b_1) + b_2 = (w_2 w_1)\, x + (w_2 b_1 + b_2)$:
// one linear neuron again. However many there are, they draw a straight line. The bend of the activation is what makes
// networks able to do more.

// %%
const [early, late] = [
  Neuron.of([3], 1, { activation: "linear" }),
  Neuron.of([-2], 5, { activation: "linear" }),
];
const both = Neuron.of([-2 * 3], -2 * 1 + 5, { activation: "linear" });
for (const at of [-1, 0, 4]) assert.equal(late([early([at])]).data, both([at]).data);
console.log(`both in a row: ${late([early([4])]).data}; one alone: ${both([4]).data}`);

// %% [markdown]
// ## Your turn: the derivative of silu
//
// $\mathrm{silu}(z) = z \cdot \sigma(z)$. Use the product rule, $(pq)' = p'q + pq'$.

// %% {"tags":["exercise"]}
// const siluSlope = (z: number): number => {
//   const s = 1 / (1 + Math.exp(-z));
//   return s; // something is missing
// };

// %% {"tags":["solution"]}
const siluSlope = (z: number): number => {
  const s = 1 / (1 + Math.exp(-z));
  return s + z * s * (1 - s);
};

// %% {"tags":["check"]}
for (const at of [-5, -1, 0, 0.5, 3]) {
  near(siluSlope(at), slopeOf("silu", at), `siluSlope(${at})`);
}
console.log("silu′ is right.");

// %% [markdown]
// ## Your turn: what the inputs feel
//
// The weights are not the only ones with a gradient: a neuron in the middle of a network gets its inputs from other
// neurons, and these want to know what they did. Find $\partial a/\partial x$ for $a = \tanh(x^\top w + b)$. Only one Jacobian
// in the chain above changes.

// %% {"tags":["exercise"]}
// const inputSlopes = (x: readonly number[], w: readonly number[], b: number): number[] => {
//   const z = x.reduce((total, xi, i) => total + xi * w[i]!, b);
//   return x.map(() => 1 - Math.tanh(z) ** 2); // this is ∂a/∂z; what else?
// };

// %% {"tags":["solution"]}
const inputSlopes = (x: readonly number[], w: readonly number[], b: number): number[] => {
  const z = x.reduce((total, xi, i) => total + xi * w[i]!, b);
  return w.map((wi) => (1 - Math.tanh(z) ** 2) * wi);
};

// %% {"tags":["check"]}
const third = Neuron.of([0.5, -1.5, 2], 0.25);
const at = [1, 0.5, 0.25].map((xi) => value(xi));
third(at).backward();
const found = inputSlopes([1, 0.5, 0.25], [0.5, -1.5, 2], 0.25);
at.forEach((xi, i) => {
  near(found[i]!, xi.grad, `inputSlopes([1, 0.5, 0.25], [0.5, −1.5, 2], 0.25)[${i}]`);
});
console.log("∂a/∂x is right.");
