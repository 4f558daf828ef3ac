// %% [markdown]
// # Backpropagation, derived and checked
//
// After this lesson you can derive the four equations of backpropagation, write them as a program of a dozen lines, check any
// gradient of a net by hand, and say why the work is done backward.
//
// Run it with `npx tsx notebooks/08-backpropagation.ts`.
//
// The folded code imports what is used. Its `agree` checks that two numbers, or two arrays of them, are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import { mean, mul, sigmoid, type Value, value, zeroGrad } from "@chainrule/core";
import {
  binaryCrossEntropy,
  crossEntropyWithLogits,
  MLP,
  squaredError,
  type Weights,
} from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { functionPlot, networkToDot, toHtml, toSvg } from "@chainrule/viz";

/** Asserts that two numbers, or two arrays of them, agree to twelve digits, however small. */
function agree(got: unknown, want: unknown, what = "the number"): void {
  if (Array.isArray(got) && Array.isArray(want)) {
    const [had, wanted] = [got.length, want.length];
    assert.equal(had, wanted, `${what} must have ${wanted} entries, got ${had}`);
    got.forEach((each, i) => {
      agree(each, want[i], `${what}[${i}]`);
    });
  } else {
    const [a, b] = [Number(got), Number(want)];
    assert.ok(Math.abs(a - b) <= 1e-12 * Math.abs(b), `${what} must be ${b}, got ${a}`);
  }
}

// %% [markdown]
// ## Several paths lead to the loss
//
// In a net a weight acts on the cost $C$ along many paths. [Lesson 2](02-graphs.ts) found what to do: multiply the slopes along each
// path, and add over all paths. If $C$ depends on $g_1, \dots, g_k$, and each of these on $\theta$, then
//
// $$ \frac{\partial C}{\partial \theta} = \sum_{j=1}^k \frac{\partial C}{\partial g_j} \frac{\partial g_j}{\partial \theta}. $$
//
// The rest of this lesson is this rule, applied with care to the layers of a net.

// %% [markdown]
// ## A small net, and the error of a neuron
//
// Two inputs, two hidden neurons, one output, all sigmoid. Layers count from 1 to $L$, here 2; $w^l_{jk}$ leads *to* neuron $j$ of layer $l$,
// *from* neuron $k$ of the layer before; $a^0 = x$. Forward, layer by layer (*forward propagation*):
//
// $$ z^l = W^l a^{l-1} + b^l, \qquad a^l = \sigma(z^l), \qquad \hat y = a^L, \qquad C = \tfrac12 (\hat y - y)^2. $$
//
// $C$ is the *cost*: a loss averaged over data. Here the data are one example. (It is also written $J$, or $L$ as a loss is:
// in $\partial L$ the $L$ is the loss, in $a^L$ the number of the last layer.)

// %%
const net = new MLP(2, [2, 1], { activation: "sigmoid", output: "sigmoid" }).setMatrices(
  "B",
  [
    {
      W: [
        [0.8, -0.4],
        [-1.2, 0.5],
      ],
      b: [0.1, -0.3],
    },
    { W: [[1.5, -2]], b: [0.2] },
  ],
);
const x = [1, 2];
const y = 1;
const { outputs, layers } = net.forward(x.map((xk, k) => value(xk, `x${k + 1}`)));
layers.forEach(({ z, a }, l) => {
  z.forEach((zj, j) => {
    zj.label = `z${j + 1} of layer ${l + 1}`;
  });
  a.forEach((aj, j) => {
    aj.label = `a${j + 1} of layer ${l + 1}`;
  });
});
const cost = squaredError(outputs[0], y, { half: true });
cost.label = "C";
cost.backward();
console.log(`ŷ = ${outputs[0].data.toFixed(6)}, C = ${cost.data.toFixed(6)}`);
show(
  await toSvg(networkToDot(net, { inputLabels: ["x₁", "x₂"], outputLabels: ["ŷ"] })),
  "The net: two inputs, two hidden neurons and the output. " +
    "Lines are weights, darker and thicker where the gradient is larger.",
);

// %% [markdown]
// Suppose a demon sits at a neuron and adds a little ε to its weighted input, so that it fires with
// $\sigma(z + \varepsilon)$. The cost changes by about $\frac{\partial C}{\partial z} \varepsilon$. If that derivative is large, the
// demon can do much good or harm; if it is 0, a little ε changes nothing: the neuron is right, or cannot be felt. So this is called the *error* of the neuron,
//
// $$ \delta^l_j = \frac{\partial C}{\partial z^l_j}. $$
//
// We can be the demon. Here is the forward pass in plain numbers, with a place to add ε; beside it, what the engine
// left as δ after `backward()`.

// %%
/** W times a vector. Throws if they do not fit. */
const times = (W: readonly (readonly number[])[], v: readonly number[]): number[] =>
  W.map((row) => {
    if (row.length !== v.length)
      throw new RangeError(
        `no product of ${W.length} × ${row.length} and ${v.length} × 1`,
      );
    return row.reduce((sum, w, k) => sum + w * v[k]!, 0);
  });
const plus = (a: readonly number[], b: readonly number[]) =>
  a.map((each, j) => each + b[j]!);

/** a⁰ = x, a¹, …, aᴸ. A demon adds ε to one z. */
const forward = (
  theta: readonly Weights[],
  input: readonly number[],
  demon?: { l: number; j: number; add: number },
) => {
  const a: number[][] = [[...input]];
  theta.forEach(({ W, b }, before) => {
    const z = plus(times(W, a[before]!), b);
    const l = before + 1;
    a.push(
      z.map((zj, j) => sigmoid(demon?.l === l && demon.j === j ? zj + demon.add : zj)),
    );
  });
  return a;
};

const theta = net.matrices("B");
const costOf = (a: readonly (readonly number[])[]) => 0.5 * (a.at(-1)![0]! - y) ** 2;
agree(costOf(forward(theta, x)), cost.data);

const rows = [
  "| neuron | ε = 0.1 | ε = 0.01 | ε = 0.001 | δ |",
  "| --- | --: | --: | --: | --: |",
];
layers.forEach(({ delta }, before) => {
  delta.forEach((error, j) => {
    const ratio = (add: number) => {
      const disturbed = costOf(forward(theta, x, { l: before + 1, j, add }));
      return (disturbed - cost.data) / add;
    };
    const ratios = [0.1, 0.01, 0.001].map((add) => ratio(add).toFixed(6));
    const name = `layer ${before + 1}, neuron ${j + 1}`;
    rows.push(`| ${name} | ${ratios.join(" | ")} | ${error.toFixed(6)} |`);
    const symmetric = (ratio(1e-5) + ratio(-1e-5)) / 2;
    assert.ok(Math.abs(symmetric - error) < 1e-9, "as ε shrinks, the ratio becomes δ");
  });
});
show({ "text/markdown": rows.join("\n") });

// %% [markdown]
// ## The four equations
//
// **1. The last layer.** $z^L_j$ acts on $C$ through $a^L_j$ alone: one path, two factors. With ⊙ for the product entry by entry,
//
// $$ \delta^L_j = \frac{\partial C}{\partial a^L_j} \, \sigma'(z^L_j), \qquad\text{all at once}\quad
//    \delta^L = \nabla_{a^L} C \odot \sigma'(z^L). $$
//
// **2. From a layer to the one before.** $z^l_j$ acts through $a^l_j$, and that on *every* $z^{l+1}_p = \dots + w^{l+1}_{pj} a^l_j$. So
// there is one path for each neuron $p$ of the next layer:
//
// $$ \delta^l_j = \Bigl( \sum_p w^{l+1}_{pj} \delta^{l+1}_p \Bigr) \sigma'(z^l_j), \qquad\text{all at once}\quad
//    \delta^l = \bigl( (W^{l+1})^\top \delta^{l+1} \bigr) \odot \sigma'(z^l). $$
//
// The sum runs over the *first* index of $w$, down column $j$ of $W$, which we write $W_{\cdot j}$. So it is that column, laid flat,
// times the vector of the δ, $(W^{l+1}_{\cdot j})^\top \delta^{l+1}$. Write these below each other for $j = 1, 2, \dots$, and the
// columns have become rows. That is why $W$ is transposed here, and was not on the way forward.
//
// **3. The biases.** $z^l_j = \dots + b^l_j$, with slope 1:  $\;\partial C / \partial b^l_j = \delta^l_j$.
//
// **4. The weights.** $z^l_j = \dots + w^l_{jk} a^{l-1}_k + \dots$, with slope $a^{l-1}_k$:
//
// $$ \frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_k \delta^l_j, \qquad\text{all at once}\quad
//    \frac{\partial C}{\partial W^l} = \delta^l (a^{l-1})^\top. $$
//
// As $\sigma' = \sigma (1 - \sigma) = a (1 - a)$, the slopes come from values that the forward pass has left behind. Here is the whole of it:

// %%
const transpose = (W: readonly (readonly number[])[]): number[][] =>
  W[0]!.map((_, k) => W.map((row) => row[k]!));
const entrywise = (a: readonly number[], b: readonly number[]) =>
  a.map((each, j) => each * b[j]!);
const outer = (a: readonly number[], b: readonly number[]) =>
  a.map((ai) => b.map((bj) => ai * bj));
const slopesAt = (a: readonly number[]) => a.map((each) => each * (1 - each));

/** ∂C/∂W and ∂C/∂b of each layer, from the δ of the last. */
const backward = (
  theta: readonly Weights[],
  a: readonly (readonly number[])[],
  deltaL: readonly number[],
): Weights[] => {
  const gradients: Weights[] = [];
  let delta = [...deltaL];
  for (let l = theta.length; l >= 1; l--) {
    const { W } = theta[l - 1]!;
    const before = a[l - 1]!;
    gradients.unshift({ W: outer(delta, before), b: delta }); // equations 4 and 3
    if (l > 1) delta = entrywise(times(transpose(W), delta), slopesAt(before)); // 2
  }
  return gradients;
};

const a = forward(theta, x);
const predicted = a[2]!;
const deltaL = entrywise([predicted[0]! - y], slopesAt(predicted)); // equation 1
const gradients = backward(theta, a, deltaL);

const dotted = (u: readonly number[], v: readonly number[]) =>
  u.reduce((sum, each, p) => sum + each * v[p]!, 0);
const columnOfFirst = theta[1]!.W.map((row) => row[0]!); // column 1 of W²
agree(dotted(columnOfFirst, deltaL) * slopesAt(a[1]!)[0]!, layers[0]!.delta[0]);

// %% [markdown]
// Entry by entry: what the four equations say, what the engine says, and what a nudge of that one weight says. (In names the
// engine counts from 0, as programs do: `layers.0.neurons.1.w0` is $w^1_{21}$.)

// %%
const byEquations = gradients.flatMap(({ W, b }) =>
  W.flatMap((row, j) => [...row, b[j]!]),
);
const costAt = (name: string, at: number): number => {
  const old = net.parameter(name).data;
  const there = squaredError(net.set({ [name]: at })(x)[0], y, { half: true }).data;
  net.set({ [name]: old });
  return there;
};
const table = ["| parameter | equations | engine | nudge |", "| --- | --: | --: | --: |"];
[...net.namedParameters()].forEach(([name, parameter], i) => {
  const h = 1e-5;
  const nudged =
    (costAt(name, parameter.data + h) - costAt(name, parameter.data - h)) / (2 * h);
  const numbers = [byEquations[i]!, parameter.grad, nudged];
  table.push(`| \`${name}\` | ${numbers.map((each) => each.toFixed(8)).join(" | ")} |`);
  agree(byEquations[i], parameter.grad);
  assert.ok(
    Math.abs(nudged - parameter.grad) < 1e-9,
    "the nudge agrees with the gradient",
  );
});
show({ "text/markdown": table.join("\n") });

// %% [markdown]
// Now watch it happen: forward one operation at a time, then back, one arrow at a time. On each arrow you see
// *what came from above × the slope of this step*, and how the sum at the node grows.

// %%
show(
  await toHtml(cost, { title: "Backpropagation through the small net" }),
  "Steps through the small net: forward from the inputs and weights to C, " +
    "then back over every edge.",
  { height: 640, picture: await toSvg(cost) },
);

// %% [markdown]
// ## Slips to know about
//
// The pseudo-code in the lecture notes writes $\nabla_W = \nabla_z \, a$ and $\nabla_a = W \, \nabla_z$, without the transposes, and its loop
// forward starts at $v = 0$. Try it on a net with 3 inputs, 4 and 2 neurons. (The last round of its loop backward computes
// $\nabla_{z^0}$ with $g'(z^0)$; there is no $z^0$. Ours stops before that.)

// %%
const wide = new MLP(3, [4, 2], { activation: "sigmoid", output: "sigmoid", seed: 1 });
const theta2 = wide.matrices("B");
const activations = forward(theta2, [0.5, -1, 2]);
const deltaWide = [0.3, -0.2];
assert.throws(() => times(theta2[1]!.W, deltaWide), {
  message: "no product of 2 × 4 and 2 × 1",
});
console.log(
  "W δ:  no product of 2 × 4 and 2 × 1; ",
  `Wᵀ δ: ${times(transpose(theta2[1]!.W), deltaWide).length} numbers`,
);

const column = (v: readonly number[]) => v.map((each) => [each]);
assert.throws(() => times(column(deltaWide), activations[1]!), {
  message: "no product of 2 × 1 and 4 × 1",
});
console.log("δ a:  no product of 2 × 1 and 4 × 1;  δ aᵀ: 2 × 4, as W is");

/** The loop forward as printed, from v = 0; W⁰ and a⁻¹ are not there. */
const printed = () => {
  const a: Record<number, number[]> = { 0: [0.5, -1, 2] };
  for (let v = 0; v <= theta2.length - 1; v++) {
    const { W, b } = theta2[v - 1]!; // Wᵛ is theta2[v − 1]
    a[v] = plus(times(W, a[v - 1]!), b).map((zj) => sigmoid(zj));
  }
};
assert.throws(printed, TypeError);
console.log("v = 0: there is no W⁰, and the loop stops with an error. It starts at 1.");

// %% [markdown]
// The shapes give it away, *unless* all layers are of the same size. Then $W \delta$ is computed without complaint, and is wrong:

// %%
const even = new MLP(3, [3, 3], { activation: "sigmoid", seed: 2 });
const evenForward = even.forward([0.5, -1, 2]);
crossEntropyWithLogits(evenForward.outputs, 1).backward();
const W2 = even.matrices("B")[1]!.W;
const deltaEven = evenForward.layers[1]!.delta;
const byHidden = evenForward.layers[0]!.a.map(({ grad }) => grad);
const rounded = (v: readonly number[]) => v.map((each) => each.toFixed(4)).join(", ");
console.log(`∂C/∂a by the engine: ${rounded(byHidden)}`);
console.log(`Wᵀ δ:                ${rounded(times(transpose(W2), deltaEven))}`);
console.log(`W δ, as printed:     ${rounded(times(W2, deltaEven))}`);
agree(byHidden, times(transpose(W2), deltaEven));
assert.throws(() => agree(byHidden, times(W2, deltaEven)));

// %% [markdown]
// Three smaller ones, all of notation:
//
// - Equation 1 as a vector is printed $\delta^L = \nabla_{a^L} C \cdot \sigma'(z^L_j)$. The dot must be ⊙, and the $j$ must go.
// - $\frac{\partial L}{\partial w^l_{pq}} = \frac{\partial L}{\partial z^l} a^{l-1}_q$ lacks an index: it is $z^l_p$. The left side is
//   one number, and so must the right side be.
// - Where $z^l = W^l a^{l-1} + b^l$ is written out by entries, the biases bear $l - 1$. They are those of layer $l$.
//
// ## With softmax, and with several examples
//
// Equation 1 needs each $a_j$ to depend on its own $z_j$ alone. Softmax mixes its inputs, so σ′ is a whole Jacobian there, not a
// factor for each entry; [lesson 7](07-saturation-and-softmax.ts) multiplied it out. For one example with the true class $t$ it is
// $\delta^L = \hat y - e(t)$. If $C$ is the mean over $m$ examples, each has a column of its own, $\frac1m (\hat y - e(t))$. From there
// on, equations 2 to 4 hold as before, and weights and biases get the sum over the examples, as in [lesson 5](05-layers.ts).
// The net above gives the logits; `crossEntropyWithLogits` does softmax and loss in one.

// %%
const batch = [
  { input: [0.5, -1, 2], label: 1 },
  { input: [1, 0, -0.5], label: 0 },
  { input: [-0.3, 0.8, 0.1], label: 2 },
];
zeroGrad(even.parameters());
const forwards = batch.map(({ input }) => even.forward(input));
mean(
  forwards.map((each, e) => crossEntropyWithLogits(each.outputs, batch[e]!.label)),
).backward();
forwards.forEach((each, e) => {
  const powers = each.outputs.map(({ data }) => Math.exp(data));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const ofClass = (k: number) => (k === batch[e]!.label ? 1 : 0);
  const want = powers.map((power, k) => (power / total - ofClass(k)) / batch.length);
  agree(each.layers[1]!.delta, want);
  console.log(`example ${e + 1}: δ = ${rounded(each.layers[1]!.delta)}`);
});

// %% [markdown]
// ## A worked example by hand
//
// A thin net: one neuron, then another, both sigmoid, with cross-entropy. The notes give $y = 1$, $\hat y = 0.25$, $w^2 = 12$, $w^1 = 0.1$,
// $a^1 = 0.37$, $x_1 = 60$ and $\eta = 0.01$, the [learning rate](03-jacobians.ts). Backward, one factor at a time:
//
// $$ \frac{\partial L}{\partial \hat y} = -\frac{1}{\hat y} = -4, \qquad
//    \delta^2 = \hat y - y = -0.75, \qquad
//    \frac{\partial L}{\partial w^2} = a^1 \delta^2 = 0.37 \cdot (-0.75) = -0.2775, $$
//
// $$ \frac{\partial L}{\partial w^1} = \delta^2 \cdot w^2 \cdot a^1 (1 - a^1) \cdot x_1
//    = -0.75 \cdot 12 \cdot 0.37 \cdot 0.63 \cdot 60 = -125.874. $$
//
// A step down the slope: $w^2 \to 12 + 0.01 \cdot 0.2775 = 12.002775$ and $w^1 \to 0.1 + 1.25874 = 1.35874$.
//
// To let the engine judge, we choose the biases so that $a^1$ and $\hat y$ come out as given: $z = \ln \frac{p}{1 - p}$ is where $\sigma(z) = p$.
// There are two more inputs, 5 and 7.

// %%
const logit = (p: number) => Math.log(p / (1 - p));
const thin = new MLP(3, [1, 1], { activation: "sigmoid", output: "sigmoid" }).setMatrices(
  "B",
  [
    { W: [[0.1, 0, 0.2]], b: [logit(0.37) - 0.1 * 60 - 0.2 * 7] },
    { W: [[12]], b: [logit(0.25) - 12 * 0.37] },
  ],
);
const thinForward = thin.forward([value(60, "x1"), value(5, "x2"), value(7, "x3")]);
const thinLoss = binaryCrossEntropy(thinForward.outputs[0], 1);
thinLoss.label = "L";
thinLoss.backward();

const w1 = thin.parameter("layers.0.neurons.0.w0");
const w2 = thin.parameter("layers.1.neurons.0.w0");
const eta = 0.01;
for (const [name, got, want, digits] of [
  ["a¹", thinForward.layers[0]!.a[0].data, 0.37, 2],
  ["ŷ", thinForward.outputs[0].data, 0.25, 2],
  ["∂L/∂ŷ", thinForward.outputs[0].grad, -4, 0],
  ["∂L/∂z²", thinForward.layers[1]!.delta[0], -0.75, 2],
  ["∂L/∂w²", w2.grad, -0.2775, 4],
  ["new w²", w2.data - eta * w2.grad, 12.002775, 6],
  ["∂L/∂w¹", w1.grad, -125.874, 3],
  ["new w¹", w1.data - eta * w1.grad, 1.35874, 5],
] as const) {
  console.log(`${name.padEnd(6)} = ${got!.toFixed(digits)}`);
  agree(got, want);
}
show(
  await toSvg(thinLoss, { fold: true, direction: "TB" }),
  "The graph of the thin net, from the three inputs to L, with all gradients.",
);

// %% [markdown]
// Three things to note. The notes print the new $w^1$ as 1.35; rounded it is 1.36. They write the loss with $\log_2$ and differentiate
// $\ln$, as we saw in [lesson 6](06-losses-and-information.ts). And they give $z^1 = 0.5$ together with $a^1 = 0.37$, which does not fit
// the sigmoid: $\sigma(0.5)$ is above ½. Nothing else uses $z^1$, so the rest stands.

// %%
console.log(
  `σ(0.5) = ${sigmoid(0.5).toFixed(4)}; a¹ = 0.37 needs z¹ = ${logit(0.37).toFixed(2)}`,
);
assert.equal(sigmoid(0.5).toFixed(4), "0.6225");
agree(thinForward.layers[0]!.z[0].data, logit(0.37));
assert.equal((0.1 - eta * w1.grad).toFixed(2), "1.36");

// %% [markdown]
// ## Why backward?
//
// You could as well follow every weight's path by itself, from the loss to that weight, and multiply. In a chain of $L$ neurons the
// path to layer $l$ has two factors for each layer passed ($\sigma'$ and $w$), so the work adds up to
// $2 + 4 + \dots + 2L = L(L + 1)$ multiplications. But the paths share their beginnings! Backward, each δ is computed once from the next,
// and then used for all that lies before: three multiplications for each layer, but two for the first, which
// hands nothing on: $3L - 1$. Both give the same numbers.

// %%
const chain = (depth: number) => {
  const deep = new MLP(1, new Array<number>(depth).fill(1), {
    activation: "sigmoid",
    output: "sigmoid",
    seed: 3,
  });
  const a = forward(deep.matrices("B"), [0.8]).map(([only]) => only!); // a⁰ … aᴸ
  const w = deep.layers.map(({ neurons }) => neurons[0]!.weights[0]!.data);
  deep([0.8])[0].backward();
  return {
    a,
    w,
    gradients: deep.layers.map(({ neurons }) => neurons[0]!.weights[0]!.grad),
  };
};
let multiplications = 0;
const product = (a: number, b: number) => {
  multiplications++;
  return a * b;
};

for (const L of [1, 2, 5, 20]) {
  const { a, w, gradients } = chain(L);
  const slope = slopesAt(a); // by layer; the slope of layer 0 is not used
  const at = (v: readonly number[], i: number) => v[i]!;

  multiplications = 0;
  const separate = w.map((_, l) => {
    let path = 1;
    for (let k = L; k > l + 1; k--)
      path = product(product(path, at(slope, k)), at(w, k - 1));
    return product(product(path, at(slope, l + 1)), at(a, l));
  });
  const many = multiplications;

  multiplications = 0;
  const shared: number[] = [];
  let byA = 1;
  for (let l = L; l >= 1; l--) {
    const delta = product(byA, at(slope, l));
    shared.unshift(product(delta, at(a, l - 1)));
    if (l > 1) byA = product(delta, at(w, l - 1));
  }
  console.log(
    `L = ${L}: ${many} multiplications path by path, ${multiplications} backward`,
  );
  assert.deepEqual([many, multiplications], [L * (L + 1), 3 * L - 1]);
  agree(separate, gradients);
  agree(shared, gradients);
}
show(
  functionPlot(
    {
      "path by path: L(L + 1)": (L) => L * (L + 1),
      "backward: 3L − 1": (L) => 3 * L - 1,
    },
    {
      from: 1,
      to: 20,
      xLabel: "layers L",
      yLabel: "multiplications",
      title: "The work for all weights of a chain",
    },
  ),
  "A parabola that reaches 420 at 20 layers, and a straight line that reaches 59.",
);

// %% [markdown]
// That is for a chain with *one* path to each weight. With $n$ neurons in each layer there are $n^{L - l}$ paths to a weight in layer
// $l$, and following them one by one is hopeless. Backward it is a constant number of operations for each weight, whatever the depth.
//
// ## Your turn
//
// **1.** The assignment of the notes: in the worked example, what is $\partial L / \partial w^1_{13}$, for the weight from the third input,
// $x_3 = 7$? Use the numbers of the example, not the engine.

// %% {"tags":["exercise"]}
// const byThirdInput = (x3: number): number => {
//   return 0 * x3; // replace this by ∂L/∂w¹₁₃
// };

// %% {"tags":["solution"]}
const byThirdInput = (x3: number): number => -0.75 * 12 * 0.37 * (1 - 0.37) * x3;

// %% {"tags":["check"]}
const byEngine = thin.parameter("layers.0.neurons.0.w2").grad;
agree(byThirdInput(7), byEngine, "byThirdInput(7)");
agree(byThirdInput(60), -125.874, "byThirdInput(60), as if x₃ were x₁,");
console.log(`∂L/∂w¹₁₃ = ${byThirdInput(7).toFixed(4)}`);

// %% [markdown]
// **2.** Write equation 2 for a hidden layer of *tanh* neurons. You may use `times`, `transpose` and
// `entrywise` from above.

// %% {"tags":["exercise"]}
// const deltaOfTanh = (
//   W: readonly (readonly number[])[], // of the next layer
//   delta: readonly number[], // of the next layer
//   a: readonly number[], // of this layer
// ): number[] => {
//   return entrywise(times(transpose(W), delta), slopesAt(a)); // this is for sigmoid neurons
// };

// %% {"tags":["solution"]}
const deltaOfTanh = (
  W: readonly (readonly number[])[],
  delta: readonly number[],
  a: readonly number[],
): number[] =>
  entrywise(
    times(transpose(W), delta),
    a.map((each) => 1 - each ** 2),
  );

// %% {"tags":["check"]}
const ofTanh = new MLP(2, [3, 2], { activation: "tanh", seed: 4 });
const tanhForward = ofTanh.forward([0.5, -1]);
const [o1, o2] = tanhForward.outputs as readonly [Value, ...Value[]];
mul(o1, o2!).backward();
const [hidden, last] = tanhForward.layers;
agree(
  deltaOfTanh(
    ofTanh.matrices("B")[1]!.W,
    last!.delta,
    hidden!.a.map(({ data }) => data),
  ),
  hidden!.delta,
  "deltaOfTanh(W, delta, a) of three tanh neurons",
);
console.log("The errors of the tanh layer are right.");
