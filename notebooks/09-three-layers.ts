// %% [markdown]
// # Three layers, one long formula
//
// After this lesson you can write down, for any single weight of a three-layer net, the whole formula for its derivative,
// say where each factor comes from, check it weight by weight, and count what is saved by computing shared factors once.
//
// Run it with `npx tsx notebooks/09-three-layers.ts`.
//
// The folded code imports what is used. Its `agree` checks that two numbers are the same to twelve digits; `sumOf` and `average` do what
// they say.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import {
  defineOp,
  exp,
  grad,
  log,
  mul,
  sigmoid,
  sub,
  tanh,
  type Unary,
  type Value,
  value,
} from "@chainrule/core";
import {
  type ActivationName,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  MLP,
  Random,
} from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import {
  functionPlot,
  gradientPaths,
  networkToDot,
  toHtml,
  toSvg,
  toText,
} from "@chainrule/viz";

type Vector = readonly number[];
type Matrix = readonly Vector[];

/** Asserts that two numbers agree to twelve digits, however small they are. */
const agree = (got: number, want: number, what = "the number"): void =>
  assert.ok(
    Math.abs(got - want) <= 1e-12 * Math.abs(want),
    `${what} must be ${want}, got ${got}`,
  );

const sumOf = (numbers: Vector): number =>
  numbers.reduce((total, each) => total + each, 0);
const average = (numbers: Vector): number => sumOf(numbers) / numbers.length;

// %% [markdown]
// ## The net, and a point in a large space
//
// The last lesson found [four equations](08-backpropagation.ts) that hold for every net. This one takes a single net and writes
// its derivatives out in full, with no δ to hide behind. It has $\lambda_0$ inputs and three layers of $\lambda_1$,
// $\lambda_2$ and $\lambda_3 = 1$ neurons, for a yes-or-no question. Weights are written in
// [convention A](05-layers.ts): $w^{[l]}_{ij}$ leads *from* neuron $i$ of layer $l - 1$ *to* neuron $j$ of layer $l$. So
//
// $$ \begin{aligned}
//    z^{[l]} &= W^{[l]\top} a^{[l-1]} + b^{[l]}, & W^{[l]} &\text{ is } \lambda_{l-1} \times \lambda_l, \\
//    a^{[l]} &= \mathrm{act}^{[l]}(z^{[l]}), & a^{[0]} &= x, \quad \hat y = a^{[3]} = \sigma(z^{[3]}).
//    \end{aligned} $$
//
// Layers 1 and 2 may have any activation; the last one is a sigmoid. There are $m$ examples $(x^{(e)}, y^{(e)})$ with labels 0 or
// 1, and the cost is the mean of [binary cross-entropy](06-losses-and-information.ts), also called the negative log-likelihood:
//
// $$ J = \frac1m \sum_{e=1}^m \mathrm{loss}(\hat y^{(e)}, y^{(e)}), \qquad
//    \mathrm{loss}(\hat y, y) = -\bigl[\, y \ln \hat y + (1 - y) \ln (1 - \hat y) \,\bigr]. $$

// %%
interface Problem {
  readonly net: MLP;
  readonly inputs: readonly Vector[];
  readonly labels: Vector;
}

/** A net of these sizes and m examples, all at random, biases too. */
const draw = (
  random: Random,
  sizes: Vector,
  activation: ActivationName,
  m: number,
): Problem => {
  const [inputSize, ...layerSizes] = sizes;
  const net = new MLP(inputSize!, layerSizes, { activation, output: "sigmoid", random });
  for (const { bias } of net.layers.flatMap(({ neurons }) => neurons)) {
    bias.data = random.uniform(-0.5, 0.5);
  }
  const inputs = Array.from({ length: m }, () =>
    Array.from({ length: inputSize! }, () => random.uniform(-1, 1)),
  );
  return { net, inputs, labels: inputs.map(() => random.integer(2)) };
};

/** J, as a graph. */
const costOf = ({ net, inputs, labels }: Problem): Value =>
  binaryCrossEntropy(
    inputs.map((x) => net(x)[0]),
    labels,
  );

const problem = draw(new Random(14), [2, 3, 2, 1], "tanh", 4);
const { net, inputs, labels } = problem;
const J = costOf(problem);
J.backward();

const m = inputs.length;
const parameterCount = net.parameters().length;
console.log(String(net));
console.log(`J = ${J.data.toFixed(6)}, the mean over ${m} examples`);
console.log(
  `K has ${parameterCount} + ${m} · (2 + 1) = ${parameterCount + m * (2 + 1)} coordinates`,
);
assert.equal(parameterCount, (2 + 1) * 3 + (3 + 1) * 2 + (2 + 1) * 1);
show(
  await toSvg(networkToDot(net, { inputLabels: ["x₁", "x₂"], outputLabels: ["ŷ"] })),
  "Two inputs, layers of three, two and one neurons; " +
    "every weight is a line, the darker and thicker the larger its gradient.",
);

// %% [markdown]
// All the numbers that $J$ depends on make up one point $K$: the weights and biases, and for each example its $\lambda_0$ inputs and
// its label. That last part adds $m \cdot (\lambda_0 + 1)$ dimensions to the space. And the question is:
//
// > Standing at $K$, how much does $J$ change along **one** dimension, a single weight or bias θ?
//
// Everything else stands still, so $J$ is a function of one variable, and the answer is the slope of its curve. The engine
// gives it in two ways: `backward()` for all parameters at once, `grad` for those that you name. A nudge finds it too.

// %%
const one = net.parameter("layers.1.neurons.0.w1"); // layer 2: to neuron 1, from 2
const here = one.data;
const slope = one.grad;
const along = (weight: number): number => {
  one.data = weight;
  const there = costOf(problem).data;
  one.data = here;
  return there;
};
const [byGrad] = grad(() => costOf(problem), { wrt: [one] })();
const nudge = 1e-5;
const byNudge = (along(here + nudge) - along(here - nudge)) / (2 * nudge);
console.log(
  `backward ${slope.toFixed(8)}, grad ${byGrad!.toFixed(8)}, nudge ${byNudge.toFixed(8)}`,
);
assert.equal(byGrad, slope);
assert.ok(Math.abs(byNudge - slope) < 1e-9, "the nudge finds the same slope");
show(
  functionPlot(
    {
      J: along,
      "tangent at K": (weight) => J.data + slope * (weight - here),
      K: [[here, J.data]],
    },
    { from: here - 6, to: here + 6, samples: 120, xLabel: "the weight", yLabel: "J" },
  ),
  "J along one weight: a smooth curve, and at K the tangent whose slope is the derivative.",
);

// %% [markdown]
// ## Taking it apart: mean, loss, sigmoid
//
// **The mean.** Let θ be any weight or bias. The derivative of a mean is the mean of the derivatives, and neither $x$ nor $y$
// depends on θ:
//
// $$ \frac{\partial J}{\partial \theta}
//    = \frac1m \sum_e \frac{\partial}{\partial \theta}\, \mathrm{loss}(\hat y^{(e)}, y^{(e)}). $$
//
// From here on we look at one example, and leave out its $(e)$.
//
// **The loss.** It depends on θ through $\hat y$ alone. With $\frac{d}{dp} \ln p = \frac1p$, and $-1$ for the inner derivative of
// $1 - \hat y$,
//
// $$ \frac{\partial\, \mathrm{loss}}{\partial \theta}
//    = \Bigl( \frac{1 - y}{1 - \hat y} - \frac{y}{\hat y} \Bigr) \frac{\partial \hat y}{\partial \theta}. $$
//
// The bracket is the *loss factor*, one number for each example. Its $y$ and $1 - y$ are *selectors*: exactly one of them is 1.
// A program should use that, and drop the other term unseen, for at $\hat y = y$ the term to be dropped is $0/0$. (Lesson 6
// [treats this in detail](06-losses-and-information.ts), for the loss; here is the same for its slope.)

// %%
const asWritten = (yHat: number, y: number): number => (1 - y) / (1 - yHat) - y / yHat;
const lossFactor = (yHat: number, y: number): number =>
  y === 1 ? -1 / yHat : 1 / (1 - yHat);

const slopeAt = (at: number, lossOf: (x: Value) => Value): number => grad(lossOf)(at);
const lines = [
  "| $\\hat y$ | $y$ | as written | selected | " +
    "`binaryCrossEntropy`, clamped | from the logit: $\\partial/\\partial z$ |",
  "| --: | --: | --: | --: | --: | --: |",
];
for (const [yHat, y, z] of [
  [1, 1, 1000],
  [0, 0, -1000],
  [0, 1, -1000],
  [1, 0, 1000],
] as const) {
  const numbers = [
    asWritten(yHat, y),
    lossFactor(yHat, y),
    slopeAt(yHat, (p) => binaryCrossEntropy(p, y, { clamp: 1e-3 })),
    slopeAt(z, (logit) => binaryCrossEntropyWithLogits(logit, y)),
  ];
  const cells = numbers.map((x) =>
    Number.isFinite(x) ? String(Math.round(x) + 0) : String(x),
  );
  lines.push(`| ${yHat} | ${y} | ${cells.join(" | ")} |`);
  assert.equal(Number.isNaN(asWritten(yHat, y)), yHat === y);
  assert.ok(!Number.isNaN(lossFactor(yHat, y)), "selected, the factor is never NaN");
  assert.deepEqual(numbers.slice(2), [
    yHat === y ? 1 - 2 * y : (1 - 2 * y) * 1000, // 1/(ŷ selected) = 1, or 1/ε
    yHat === y ? 0 : 1 - 2 * y, // σ(z) − y
  ]);
}
show({ "text/markdown": lines.join("\n") });

// %% [markdown]
// Being right ought to be harmless, and as written it is `NaN`. With the selector it is ±1. Being certain and *wrong* leaves an
// infinite quotient; clamped, it is held to a sane size, here $1/\varepsilon = 1000$. The last column needs neither. It is the slope
// along $z$ and not along $\hat y$, at $z = \pm 1000$, where $\sigma(z)$ rounds to 1 or 0, and nothing in it divides.
//
// **The sigmoid.** $\hat y = \sigma(z^{[3]})$ depends on θ through $z^{[3]}$ alone:
//
// $$ \frac{\partial \hat y}{\partial \theta} = \sigma'(z^{[3]}) \, \frac{\partial z^{[3]}}{\partial \theta},
//    \qquad \sigma' = \sigma \cdot (1 - \sigma). $$
//
// ### What the way forward leaves behind
//
// Look at σ′ once more: it is made of σ alone, and $\sigma(z^{[3]}) = \hat y$ was computed on the way forward. Keep it, and the
// derivative costs one subtraction and one multiplication, and no exponential. The engine is built for this. A node keeps its
// number, and the rule of an operation gets the result as its last argument. Here are two sigmoids, one with a rule that uses
// the result and one that starts from $z$ again; both count their exponentials.

// %%
let exponentials = 0;
const logistic = (z: number): number => {
  exponentials++;
  return 1 / (1 + Math.exp(-z));
};
const keeping = defineOp({
  name: "keeping",
  value: logistic,
  partials: [(_z, result) => mul(result, sub(1, result))],
});
const forgetting: Unary = defineOp({
  name: "forgetting",
  value: logistic,
  partials: [(z) => mul(forgetting(z), sub(1, forgetting(z)))],
});

for (const [counting, wanted] of [
  [keeping, [m, 0]],
  [forgetting, [m, 2 * m]],
] as const) {
  const z = inputs.map(([x1]) => value(x1!));
  exponentials = 0;
  const loss = binaryCrossEntropy(
    z.map((each) => counting(each)),
    labels,
  );
  const forward = exponentials;
  loss.backward();
  const counts = [forward, exponentials - forward];
  console.log(
    `${counting.op.name}: ${counts[0]} exponentials forward, ${counts[1]} backward`,
  );
  assert.deepEqual(counts, wanted);
  z.forEach((each, e) => {
    const yHat = logistic(each.data);
    agree(each.grad, (lossFactor(yHat, labels[e]!) * yHat * (1 - yHat)) / m);
  });
}
console.log(toText(exp(value(1, "x"))));

// %% [markdown]
// The little table shows the same for $e^x$, whose rule is the result itself: what stands at the node under *data* is what stands
// at its operand under ∂↑, the slope. And wherever a weight meets an activation, $w \cdot a$, the slopes are $a$ and $w$: numbers
// that are there already. So backpropagation comes *after* a forward pass, and lives on what that has left.
//
// One honest footnote. For large $z$ the number $1 - \sigma(z)$ has no digits left, as [lesson 4](04-neuron.ts) saw at $z = 40$. The engine's
// own `sigmoid` therefore pays for one more exponential, $\sigma' = \frac14 \operatorname{sech}^2 \frac z2$, and keeps them all.
//
// The same trick works for the hidden layers: $\tanh' = 1 - \tanh^2$, and the slope of ReLU is 1 where the result is positive, else
// 0. So here is a forward pass in plain numbers that leaves everything the formulas will ask for.

// %%
const hiddenActivations = {
  tanh: { act: Math.tanh, slopeOf: (a: number) => 1 - a * a },
  relu: { act: (z: number) => Math.max(0, z), slopeOf: (a: number) => (a > 0 ? 1 : 0) },
  sigmoid: { act: logistic, slopeOf: (a: number) => a * (1 - a) },
} as const;

/** What an example leaves behind, by layer. */
interface Pass {
  /** a[0] is x, a[3] holds ŷ. */
  readonly a: readonly Vector[];
  /** act′(z), found from a; of layers 1, 2 and 3. */
  readonly slope: readonly Vector[];
  readonly lossFactor: number;
}

/** The weights W[1], W[2] and W[3] in convention A, and the passes of all examples. */
const pointOf = (
  { net, inputs, labels }: Problem,
  name: keyof typeof hiddenActivations,
) => {
  const layers = net.matrices("A");
  const kinds = [
    hiddenActivations[name],
    hiddenActivations[name],
    hiddenActivations.sigmoid,
  ];
  const passes = inputs.map((x, e): Pass => {
    const a: Vector[] = [x];
    const slope: Vector[] = [[]];
    layers.forEach(({ W, b }, before) => {
      const z = b.map(
        (bj, j) => bj + W.reduce((sum, row, i) => sum + row[j]! * a[before]![i]!, 0),
      );
      a.push(z.map(kinds[before]!.act));
      slope.push(a[before + 1]!.map(kinds[before]!.slopeOf));
    });
    return { a, slope, lossFactor: lossFactor(a[3]![0]!, labels[e]!) };
  });
  return { W: [[], ...layers.map(({ W }) => W)] as readonly Matrix[], passes };
};

const K = pointOf(problem, "tanh");
// The loss is −ln of what y selects, and the loss factor its reciprocal.
agree(average(K.passes.map(({ lossFactor }) => Math.log(Math.abs(lossFactor)))), J.data);

// %% [markdown]
// ## Layer 3
//
// Only now does it matter where θ sits. $z^{[3]} = \sum_i w^{[3]}_{i1} a^{[2]}_i + b^{[3]}_1$ is one number, and in this sum each weight
// stands beside one $a$:
//
// $$ \frac{\partial z^{[3]}}{\partial w^{[3]}_{i1}} = a^{[2]}_i, \qquad \frac{\partial z^{[3]}}{\partial b^{[3]}_1} = 1. $$
//
// That ends it. Of all factors of the last section,
//
// $$ \frac{\partial J}{\partial \theta^{[3]}} = \frac1m \sum_e
//    \underbrace{\Bigl( \frac{1 - y}{1 - \hat y} - \frac{y}{\hat y} \Bigr)}_{\text{loss}} \cdot
//    \underbrace{\sigma(z^{[3]}) \bigl( 1 - \sigma(z^{[3]}) \bigr)}_{\mathrm{act}^{[3]}} \cdot
//    \begin{cases} a^{[2]}_i & \theta = w^{[3]}_{i1} \\ 1 & \theta = b^{[3]}_1. \end{cases} $$
//
// In code, `product` counts its multiplications, for later; and a factor 1 is left out.

// %%
let multiplications = 0;
const product = (...factors: Vector): number => {
  multiplications += factors.length - 1;
  return factors.reduce((result, factor) => result * factor, 1);
};

/** One example's term for the weight from i to j, or the bias of j. */
type Term = (W: readonly Matrix[], pass: Pass, i: number | "bias", j: number) => number;
const last = (a: Vector, i: number | "bias"): Vector => (i === "bias" ? [] : [a[i]!]);

/** loss and σ′(z[3]): the factors that all formulas begin with. */
const start = ({ lossFactor, slope }: Pass): Vector => [lossFactor, slope[3]![0]!];

const layer3: Term = (_W, pass, i) => product(...start(pass), ...last(pass.a[2]!, i));

/** Every weight and bias of layer l: the mean of the terms, against what backward() left. */
const check = (net: MLP, { W, passes }: typeof K, l: number, term: Term): number => {
  const { gradW, gradb } = net.matrices("A")[l - 1]!;
  const meanOf = (i: number | "bias", j: number): number =>
    average(passes.map((pass) => term(W, pass, i, j)));
  gradW.forEach((row, i) => {
    row.forEach((gradient, j) => {
      agree(meanOf(i, j), gradient);
    });
  });
  gradb.forEach((gradient, j) => {
    agree(meanOf("bias", j), gradient);
  });
  return gradW.length * gradb.length + gradb.length;
};
console.log(`layer 3: ${check(net, K, 3, layer3)} of 3 parameters agree with backward()`);

// %% [markdown]
// ## Layer 2
//
// A θ of layer 2 sits deeper: $b^{[3]}$ and $W^{[3]}$ do not depend on it, $a^{[2]}$ does. With $k$ for a neuron of layer 2,
//
// $$ \frac{\partial z^{[3]}}{\partial \theta^{[2]}}
//    = \sum_k w^{[3]}_{k1} \, \frac{\partial a^{[2]}_k}{\partial \theta^{[2]}}
//    = \sum_k w^{[3]}_{k1} \, \mathrm{act}^{[2]\prime}(z^{[2]}_k) \, \frac{\partial z^{[2]}_k}{\partial \theta^{[2]}}. $$
//
// And $w^{[2]}_{ij}$ and $b^{[2]}_j$ occur in one $z^{[2]}_k$ only, the one with $k = j$. The vector of the last derivatives is all zeros but
// for one place, place $j$, where it has $a^{[1]}_i$ or 1. Of the sum one term is left:
//
// $$ \frac{\partial J}{\partial \theta^{[2]}} = \frac1m \sum_e
//    \Bigl( \frac{1 - y}{1 - \hat y} - \frac{y}{\hat y} \Bigr) \cdot \sigma(z^{[3]}) \bigl( 1 - \sigma(z^{[3]}) \bigr) \cdot
//    \underbrace{w^{[3]}_{j1} \, \mathrm{act}^{[2]\prime}(z^{[2]}_j)}_{\text{through neuron } j} \cdot
//    \begin{cases} a^{[1]}_i & \theta = w^{[2]}_{ij} \\ 1 & \theta = b^{[2]}_j. \end{cases} $$
//
// Here it is for the weight of the picture above, $w^{[2]}_{21}$, factor by factor.

// %%
/** The weight from neuron j of layer 2 to the output, and that neuron's own slope. */
const through = (W: readonly Matrix[], { slope }: Pass, j: number): Vector => [
  W[3]![j]![0]!,
  slope[2]![j]!,
];

const layer2: Term = (W, pass, i, j) =>
  product(...start(pass), ...through(W, pass, j), ...last(pass.a[1]!, i));

const [from, to] = [1, 0]; // 2 and 1, as programs count
const factors = [
  "| $e$ | loss | $\\sigma'(z^{[3]})$ | $w^{[3]}_{11}$ | " +
    "$\\mathrm{act}'(z^{[2]}_1)$ | $a^{[1]}_2$ | product |",
  "| --: | --: | --: | --: | --: | --: | --: |",
];
K.passes.forEach((pass, e) => {
  const row = [...start(pass), ...through(K.W, pass, to), pass.a[1]![from]!];
  const cells = [...row, layer2(K.W, pass, from, to)].map((x) => x.toFixed(4));
  factors.push(`| ${e + 1} | ${cells.join(" | ")} |`);
});
const meanOfProducts = average(K.passes.map((pass) => layer2(K.W, pass, from, to)));
factors.push(`| mean | | | | | | **${meanOfProducts.toFixed(4)}** |`);
show({ "text/markdown": factors.join("\n") });
agree(meanOfProducts, slope);
console.log(`layer 2: ${check(net, K, 2, layer2)} of 8 parameters agree with backward()`);

// %% [markdown]
// **Read the brackets with care.** The lecture notes keep the matrices: after σ′ come $W^{[3]\top}$, $\mathrm{act}^{[2]\prime}(z^{[2]})$,
// and a *column* of $\lambda_2$ numbers, all zeros but $a^{[1]}_i$ or 1 at place $j$. The product of act′ with that column is *element by
// element*; that of $W^{[3]\top}$ with the result is a matrix product, a row times a column, and gives one number:
//
// $$ W^{[3]\top} \bigl( \mathrm{act}^{[2]\prime}(z^{[2]}) \odot \mathrm{column} \bigr) = w^{[3]}_{j1} \, \mathrm{act}^{[2]\prime}(z^{[2]}_j) \cdot a^{[1]}_i
//    \quad \text{or} \quad \dots \cdot 1. $$
//
// That is right. But whoever replaces the column by its one entry, as the last page of the notes does, and brackets from the left, gets the
// number $W^{[3]\top} \mathrm{act}^{[2]\prime}$, in which no $j$ is left. The two biases here would get equal gradients, each of them the
// sum of the right ones:

// %%
/** The mean over the examples of loss · σ′ · W³ᵀ(act′ ⊙ column). */
const withColumn = (columnOf: (pass: Pass) => Vector): number =>
  average(
    K.passes.map((pass) => {
      const scaled = columnOf(pass).map((each, k) =>
        product(each, ...through(K.W, pass, k)),
      );
      return product(...start(pass), sumOf(scaled));
    }),
  );
const { gradb: biases2 } = net.matrices("A")[1]!;
agree(
  withColumn(({ a }) => [a[1]![from]!, 0]), // for the weight from 2 to 1
  slope,
);
agree(
  withColumn(() => [1, 0]),
  biases2[0]!,
);
agree(
  withColumn(() => [0, 1]),
  biases2[1]!,
);

const bracketedFromTheLeft = average(
  K.passes.map((pass) => {
    const all = pass.slope[2]!.map((_, k) => product(...through(K.W, pass, k)));
    return product(...start(pass), sumOf(all));
  }),
);
console.log(`from the left: ${bracketedFromTheLeft.toFixed(4)} for both`);
console.log(`backward():    ${biases2.map((each) => each.toFixed(4)).join(" and ")}`);
assert.ok(
  biases2.every((each) => Math.abs(each - bracketedFromTheLeft) > 1e-3),
  "bracketed from the left, the gradient of each bias is wrong",
);
agree(bracketedFromTheLeft, sumOf(biases2));

// %% [markdown]
// To be safe from that, put the slopes on the diagonal of a square matrix: $W^{[3]\top} \operatorname{diag}\bigl(\mathrm{act}^{[2]\prime}(z^{[2]})\bigr)$ is a proper
// matrix product, and scales each entry of the row by its own slope.
//
// ## Layer 1
//
// One layer deeper. As before, now with $p$ for a neuron of layer 2,
//
// $$ \frac{\partial z^{[3]}}{\partial \theta^{[1]}}
//    = \sum_p w^{[3]}_{p1} \, \mathrm{act}^{[2]\prime}(z^{[2]}_p) \, \frac{\partial z^{[2]}_p}{\partial \theta^{[1]}},
//    \qquad z^{[2]}_p = \sum_k w^{[2]}_{kp} \, \mathrm{act}^{[1]}(z^{[1]}_k) + b^{[2]}_p. $$
//
// A θ of layer 1 that belongs to neuron $j$ occurs in $z^{[1]}_j$ alone. So of the second sum one term is left, the one with $k = j$:
//
// $$ \frac{\partial z^{[2]}_p}{\partial \theta^{[1]}}
//    = w^{[2]}_{jp} \, \mathrm{act}^{[1]\prime}(z^{[1]}_j) \, \frac{\partial z^{[1]}_j}{\partial \theta^{[1]}},
//    \qquad \frac{\partial z^{[1]}_j}{\partial w^{[1]}_{ij}} = a^{[0]}_i, \qquad \frac{\partial z^{[1]}_j}{\partial b^{[1]}_j} = 1. $$
//
// But the first sum stays, for neuron $j$ passes its result to *every* neuron $p$ of layer 2:
//
// $$ \frac{\partial J}{\partial \theta^{[1]}} = \frac1m \sum_e
//    \Bigl( \frac{1 - y}{1 - \hat y} - \frac{y}{\hat y} \Bigr) \cdot \sigma(z^{[3]}) \bigl( 1 - \sigma(z^{[3]}) \bigr) \cdot
//    \Bigl[ \sum_{p=1}^{\lambda_2} w^{[3]}_{p1} \, \mathrm{act}^{[2]\prime}(z^{[2]}_p) \, w^{[2]}_{jp} \Bigr]
//    \mathrm{act}^{[1]\prime}(z^{[1]}_j) \cdot
//    \begin{cases} a^{[0]}_i & \theta = w^{[1]}_{ij} \\ 1 & \theta = b^{[1]}_j. \end{cases} $$
//
// In matrices, the bracket with the slope after it is entry $j$ of the row
//
// $$ \underbrace{W^{[3]\top}}_{1 \times \lambda_2}
//    \underbrace{\operatorname{diag}\bigl(\mathrm{act}^{[2]\prime}(z^{[2]})\bigr)}_{\lambda_2 \times \lambda_2}
//    \underbrace{W^{[2]\top}}_{\lambda_2 \times \lambda_1}
//    \underbrace{\operatorname{diag}\bigl(\mathrm{act}^{[1]\prime}(z^{[1]})\bigr)}_{\lambda_1 \times \lambda_1}. $$
//
// As a column, everything is transposed: $\mathrm{act}^{[1]\prime} \odot W^{[2]} (\mathrm{act}^{[2]\prime} \odot W^{[3]})$, now
// without transposes. In convention A they stand on the way forward.

// %%
const layer1: Term = (W, pass, i, j) => {
  const throughAll = sumOf(W[2]![j]!.map((w2, p) => product(...through(W, pass, p), w2)));
  return product(...start(pass), throughAll, pass.slope[1]![j]!, ...last(pass.a[0]!, i));
};
console.log(`layer 1: ${check(net, K, 1, layer1)} of 9 parameters agree with backward()`);

// %% [markdown]
// Each $p$ of the sum is a path from the weight to the loss. `gradientPaths` follows the paths in the graph of one example, and
// lists the slopes that it meets. It has never seen our formula, and finds its factors. (The slope 1 of each addition is left out.
// Where $y = 1$ the loss factor comes in two pieces, $-1$ and $1/\hat y$.)

// %%
const [firstInput] = inputs;
const [first] = K.passes;
const firstLoss = binaryCrossEntropy(net(firstInput!)[0], labels[0]!);
const { paths } = gradientPaths(firstLoss, net.parameter("layers.0.neurons.2.w0"));

const factorsBy = (pass: Pass, p: number): Vector => [
  ...[-1, -pass.lossFactor, pass.slope[3]![0]!],
  ...through(K.W, pass, p),
  ...[K.W[2]![2]![p]!, pass.slope[1]![2]!],
  pass.a[0]![0]!,
];
const total = (factors: Vector): number => Math.abs(factors.reduce((a, b) => a * b));
const byFormula = [0, 1] // the neurons of layer 2
  .map((p) => factorsBy(first!, p))
  .sort((a, b) => total(b) - total(a)); // gradientPaths begins with the largest
byFormula.forEach((wanted, rank) => {
  const { factors, product } = paths[rank]!;
  const found = factors.filter((factor) => factor !== 1).reverse();
  assert.equal(found.length, wanted.length);
  wanted.forEach((factor, k) => {
    agree(found[k]!, factor);
  });
  const shown = found.map((factor) => factor.toFixed(3)).join(" · ");
  console.log(`${shown} = ${product.toFixed(4)}`);
});
assert.equal(paths.length, 2); // λ₂

// %% [markdown]
// ## Any sizes, any activation
//
// One net may be luck. Here are five for each of three activations, with sizes drawn from 1 to 5. ReLU has slopes of exactly 0, and so some
// gradients are exactly 0, in the formula and in the engine.

// %%
const sizesAtRandom = new Random(41);
for (const name of ["tanh", "relu", "sigmoid"] as const) {
  const tried = Array.from({ length: 5 }, () => {
    const sizes = [...[1, 2, 3].map(() => 1 + sizesAtRandom.integer(5)), 1];
    const another = draw(sizesAtRandom, sizes, name, 6);
    costOf(another).backward();
    const point = pointOf(another, name);
    const checked = [layer1, layer2, layer3].reduce(
      (sum, term, l) => sum + check(another.net, point, l + 1, term),
      0,
    );
    const all = another.net.parameters();
    assert.equal(checked, all.length);
    const zeros = all.filter(({ grad }) => grad === 0).length;
    return { checked, zeros, sizes: sizes.join("–") };
  });
  const total = tried.reduce((sum, { checked }) => sum + checked, 0);
  const zeros = tried.reduce((sum, { zeros }) => sum + zeros, 0);
  console.log(`${name}: ${tried.map(({ sizes }) => sizes).join(", ")}`);
  console.log(`  all ${total} derivatives agree, ${zeros} of them are 0`);
  assert.equal(zeros > 0, name === "relu");
}

// %% [markdown]
// ## The same factors again and again
//
// Put the three formulas under each other. All begin alike, with loss · σ′. All of layers 2 and 1 then pass through $w^{[3]}$ and
// $\mathrm{act}^{[2]\prime}$. The formulas are branches of one tree, which the folded code draws. (Raised numbers are layers, here too.)

// %% {"tags":["hide-input"]}
const raised = ["³", "²", "¹", "⁰"];
const stems = ["loss · σ′(z³)", "… · w³ · act²′(z²)", "Σ … · w² · act¹′(z¹)"];
const branches = stems.flatMap((stem, depth) => [
  `s${depth} [label="${stem}", fillcolor="#c7e9f1"]`,
  `w${depth} [label="every w${raised[depth]}", fillcolor="#ffffff"]`,
  `b${depth} [label="every b${raised[depth]}", fillcolor="#ffffff"]`,
  ...(depth > 0 ? [`s${depth - 1} -> s${depth} [penwidth=3]`] : []),
  `s${depth} -> w${depth} [label="· a${raised[depth + 1]}"]`,
  `s${depth} -> b${depth} [label="· 1"]`,
]);
const font = 'color="#57606a", fontsize=12, fontname="Helvetica,Arial,sans-serif"';
const tree = `digraph shared {
  graph [rankdir=LR, nodesep=0.15, ranksep=0.45]
  node [shape=box, style="rounded,filled", ${font}]
  edge [arrowsize=0.6, ${font}]
  ${branches.join("\n  ")}
}`;
show(
  await toSvg(tree),
  "A stem of three boxes. The first leads to the parameters of layer 3, " +
    "the second to those of layer 2, the third to those of layer 1.",
);

// %% [markdown]
// Whoever uses the formulas one parameter at a time walks from the root to a leaf for every leaf, and multiplies the stem anew each
// time: redundant computation. Backpropagation walks along the stem once, and at each fork hands the same number to all branches. What
// it hands on is the δ of [the last lesson](08-backpropagation.ts), there with the count for a chain of single neurons. Here is the
// count for our formulas. By `product` as above, one example costs
//
// | | for each weight | for each bias |
// | --- | --- | --- |
// | layer 3 | $2$ | $1$ |
// | layer 2 | $4$ | $3$ |
// | layer 1 | $2 \lambda_2 + 4$ | $2 \lambda_2 + 3$ |
//
// and with shared factors one for each weight, plus the stem: 1 at its root, $2 \lambda_2$ for layer 2, $\lambda_1 \lambda_2 + \lambda_1$ for
// layer 1.

// %%
/** All terms of one example, each stem computed once: ∂/∂W[l] and ∂/∂b[l]. */
const shared = (W: readonly Matrix[], pass: Pass) => {
  const { a, slope } = pass;
  const outer = (before: Vector, d: Vector): Matrix =>
    before.map((ai) => d.map((dj) => product(ai, dj)));
  const d3 = [product(...start(pass))];
  const d2 = slope[2]!.map((_, p) => product(d3[0]!, ...through(W, pass, p)));
  const d1 = slope[1]!.map((each, j) => {
    const throughAll = sumOf(d2.map((d, p) => product(d, W[2]![j]![p]!)));
    return product(throughAll, each);
  });
  return [d1, d2, d3].map((d, l) => ({ W: outer(a[l]!, d), b: d }));
};

const oneByOne = ([n0, n1, n2]: Vector): number =>
  n2! * 2 + 1 + n1! * n2! * 4 + n2! * 3 + n0! * n1! * (2 * n2! + 4) + n1! * (2 * n2! + 3);
const byStem = ([n0, n1, n2]: Vector): number =>
  1 + 2 * n2! + (n1! * n2! + n1!) + (n2! + n1! * n2! + n0! * n1!);

multiplications = 0;
const gradients = shared(K.W, first!);
assert.equal(multiplications, byStem([2, 3, 2]));

multiplications = 0;
gradients.forEach(({ W, b }, l) => {
  const term = [layer1, layer2, layer3][l]!;
  W.forEach((row, i) => {
    row.forEach((each, j) => {
      agree(each, term(K.W, first!, i, j));
    });
  });
  b.forEach((each, j) => {
    agree(each, term(K.W, first!, "bias", j));
  });
});
assert.equal(multiplications, oneByOne([2, 3, 2]));

for (const sizes of [
  [2, 3, 2],
  [20, 30, 20],
  [784, 100, 50],
]) {
  const [many, few] = [oneByOne(sizes), byStem(sizes)];
  console.log(
    `${sizes.join("–")}–1: ${few} shared, ${many} one by one,`,
    `${(many / few).toFixed(1)} times as many`,
  );
}
const saved = oneByOne([784, 100, 50]) - byStem([784, 100, 50]);
assert.equal(Math.round(saved / 1e6), 8);

// %% [markdown]
// The last net might tell from 28 × 28 pixels whether a handwritten digit is a seven. On each example backpropagation saves it eight
// million multiplications. Not one formula has changed; they only share.
//
// ## The whole formula as a walk
//
// With one neuron in each layer the formula for $w^{[1]}$ is a plain product, and the way back meets its factors one after the other:
//
// $$ \frac{\partial J}{\partial w^{[1]}} = \Bigl( \frac{1 - y}{1 - \hat y} - \frac{y}{\hat y} \Bigr) \cdot \hat y (1 - \hat y)
//    \cdot w^{[3]} \, \mathrm{act}^{[2]\prime} \cdot w^{[2]} \, \mathrm{act}^{[1]\prime} \cdot x. $$
//
// Step through it, from top to bottom and back up. (The biases are left out: they would only be added.) On the way back each
// arrow shows *what came from above × the slope of this step*; watch the product grow, and at every weight take a branch off.

// %%
const x = value(0.5, "x");
const thinWeights = [value(0.8, "w1"), value(-1.2, "w2"), value(1.5, "w3")] as const;
/** The weighted sum of the neuron in this layer, and its result. */
const neuron = (input: Value, layer: 0 | 1 | 2, activation: (z: Value) => Value) => {
  const z = input.mul(thinWeights[layer]);
  return [z, activation(z)] as const;
};
const [z1, a1] = neuron(x, 0, tanh);
const [z2, a2] = neuron(a1, 1, tanh);
const [z3, yHat] = neuron(a2, 2, sigmoid);
const thinLoss = log(yHat).neg(); // y = 1
const named = { z1, a1, z2, a2, z3, ŷ: yHat, J: thinLoss };
for (const [name, node] of Object.entries(named)) node.label = name;
thinLoss.backward();

const p = yHat.data;
const longProduct =
  (-1 / p) * p * (1 - p) * 1.5 * (1 - a2.data ** 2) * -1.2 * (1 - a1.data ** 2) * 0.5;
console.log(`∂J/∂w of layer 1 = ${longProduct.toFixed(8)}`);
agree(thinWeights[0].grad, longProduct);
show(
  await toHtml(thinLoss, { title: "Three layers of one neuron each", direction: "TB" }),
  "Steps through the chain of three neurons: forward from x down to J, " +
    "then back over every edge.",
  { height: 780, picture: await toSvg(thinLoss) },
);

// %% [markdown]
// ## Your turn
//
// **1.** The first two factors of all formulas, loss · σ′, are a quotient times something small, and the quotient may be infinite. Multiply
// them out for $y = 1$ and for $y = 0$, and find *one* expression for both that never divides. (If you get stuck,
// [lesson 7](07-saturation-and-softmax.ts) has it.)

// %% {"tags":["exercise"]}
// const firstTwoFactors = (yHat: number, y: number): number => {
//   return asWritten(yHat, y) * yHat * (1 - yHat); // NaN at yHat = 0 and yHat = 1
// };

// %% {"tags":["solution"]}
const firstTwoFactors = (yHat: number, y: number): number => yHat - y;

// %% {"tags":["check"]}
const given = K.passes.map((pass, e) => {
  const [loss, slope] = start(pass);
  return [pass.a[3]![0]!, labels[e]!, loss! * slope!] as const;
});
const atTheEnds = [
  [1, 1, 0],
  [0, 0, 0],
  [1, 0, 1],
  [0, 1, -1],
] as const;
for (const [yHat, y, wanted] of [...given, ...atTheEnds]) {
  agree(firstTwoFactors(yHat, y), wanted, `firstTwoFactors(${yHat}, ${y})`);
}
console.log("Right, and finite everywhere.");

// %% [markdown]
// **2.** $K$ has more dimensions than the parameters: the inputs are coordinates of it as well. How much does $J$ change along *one input*,
// $x^{(e)}_i$? Go one step further back than layer 1. Which neurons does $x_i$ act on? And which examples? You may use `layer1`, whose term for
// `"bias"` ends at $z^{[1]}_j$.

// %% {"tags":["exercise"]}
// const alongInput = (pass: Pass, i: number): number => {
//   return layer1(K.W, pass, "bias", 0) * K.W[1]![i]![0]!; // one neuron only, and no 1/m
// };

// %% {"tags":["solution"]}
const alongInput = (pass: Pass, i: number): number =>
  K.W[1]![i]!.reduce((sum, w, j) => sum + layer1(K.W, pass, "bias", j) * w, 0) / m;

// %% {"tags":["check"]}
const leaves = inputs.map((each) => each.map((xi) => value(xi)));
binaryCrossEntropy(
  leaves.map((each) => net(each)[0]),
  labels,
).backward();
leaves.forEach((each, e) => {
  each.forEach(({ grad }, i) => {
    agree(alongInput(K.passes[e]!, i), grad, `alongInput(K.passes[${e}], ${i})`);
  });
});
console.log("The slopes along all inputs of all examples are right.");
