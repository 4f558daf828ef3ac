// %% [markdown]
// # Deep nets that cannot learn, and how to cure them
//
// After this lesson you can say why gradients vanish, explode or die on their way through a deep net, find the layer where it happens,
// and mend it: by another activation, an initialisation of the right size, smaller steps or clipped gradients.
//
// Run it with `npx tsx notebooks/15-vanishing-gradients.ts`.
//
// The folded code imports what is used. Its `agree` checks that two numbers are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import {
  compile,
  grad,
  leakyRelu,
  type Scalar,
  sigmoid,
  type Value,
  value,
} from "@chainrule/core";
import {
  type ActivationName,
  binaryCrossEntropyWithLogits,
  clipGradientNorm,
  cosineDecay,
  type FitOptions,
  fit,
  glorotBound,
  heBound,
  MLP,
  moons,
  Random,
  type Schedule,
  SGD,
} from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import {
  decisionBoundary,
  type FlowReport,
  flowReport,
  flowThresholds,
  functionPlot,
  gradientHistogram,
  gradientPaths,
  lossCurve,
  toSvg,
} from "@chainrule/viz";

/** Asserts that two numbers agree to twelve digits. */
const agree = (got: number, want: number, what = "the number") =>
  assert.ok(
    Math.abs(got - want) <= 1e-12 * Math.abs(want),
    `${what} must be ${want}, got ${got}`,
  );
const last = <T>(items: readonly T[]): T => items.at(-1)!;
const mean = (numbers: readonly number[]) =>
  numbers.reduce((total, each) => total + each, 0) / numbers.length;

// %% [markdown]
// ## A product of many factors
//
// In [lesson 8](08-backpropagation.ts) a demon added a little $\Delta$ to the weighted input of a neuron, and the error
// $\delta = \partial C / \partial z$ said how much the cost minds. The errors of one layer come from those of the next:
//
// $$ \delta^l = \bigl( (W^{l+1})^\top \delta^{l+1} \bigr) \odot \sigma'(z^l). $$
//
// So from the last layer to the first there is one factor $W^\top$ and one $\sigma'$ for each layer passed. Take the thinnest net, one
// neuron in each of $L$ layers, all with the same weight $w$. The sigmoid's slope is [never more than ¼](04-neuron.ts), so
//
// $$ \left| \frac{\partial a^L}{\partial a^0} \right| = \prod_{l=1}^L |w| \, \sigma'(z^l) \le \left( \frac{|w|}{4} \right)^{\!L}. $$
//
// A power of something below 1 vanishes, of something above 1 explodes. The bound is reached if all $z$ are 0, where the slope is
// ¼: with $b = -w/2$ and $a = \frac12$ that is so in every layer. With any other $a$ it is less.

// %%
const L = 20;
const slopeOfChain = (w: number, a0: number): number =>
  grad((a: Value) => {
    for (let l = 0; l < L; l++) a = sigmoid(a.mul(w).sub(w / 2));
    return a;
  })(a0);

const rows = [
  "| $w$ | $(w/4)^{20}$ | at $a^0 = 0.5$ | at $a^0 = 0.6$ |",
  "| --: | --: | --: | --: |",
];
for (const w of [1, 2, 4, 8]) {
  const [bound, best, other] = [(w / 4) ** L, slopeOfChain(w, 0.5), slopeOfChain(w, 0.6)];
  agree(best, bound);
  assert.ok(other < bound, "with any other a, the slope is less");
  rows.push(
    `| ${w} | ${[bound, best, other].map((each) => each.toExponential(1)).join(" | ")} |`,
  );
}
show({ "text/markdown": rows.join("\n") });

// %% [markdown]
// Look at $w = 8$. The bound is a million, and yet a tenth beside the middle the slope has vanished: large weights push $z$ to where the
// sigmoid is flat. Sigmoids in a row vanish with small weights *and* with large ones.
//
// With many neurons in a layer it is the same in lengths. Each entry of $W^\top \delta$ is a column of $W$ times $\delta$. Such a product
// of two vectors is the product of their lengths, times the cosine of the angle between them ([lesson 3](03-jacobians.ts) used that);
// so it is at most the product of the lengths, which is the inequality of Cauchy and Schwarz. Hence, with $\|W\|$ for the root of the sum of all squares of $W$,
//
// $$ \|\delta^l\| \le \tfrac14 \, \|W^{l+1}\| \, \|\delta^{l+1}\|. $$
//
// That is a bound; what is left is usually less. With random weights of the variance $1/n$, which we shall meet below, $W^\top$ keeps the
// length of $\delta$ on average, and about a quarter is left at every layer.
//
// We shall see it in nets that are to tell two crescents of 20 points each from one another (`moons`).

// %%
const data = moons({ examples: 40 });
const crescent = (label: number) =>
  data.inputs
    .filter((_, i) => data.targets[i] === label)
    .map(([x1, x2]): [number, number] => [x1!, x2!]);
show(
  functionPlot(
    { "label 0": crescent(0), "label 1": crescent(1) },
    { xLabel: "x₁", yLabel: "x₂", title: "Two crescents", height: 300 },
  ),
  "Two crescents of points, one open below and one open above; each reaches into the other.",
);

// %%
const loss = ([z]: readonly [Value, ...Value[]], target: Scalar) =>
  binaryCrossEntropyWithLogits(z, target);
/** So many layers, of so many neurons but for the last, which has one. */
const deep = (layers: number, neurons: number, activation: ActivationName, seed = 1) =>
  new MLP(2, [...new Array<number>(layers - 1).fill(neurons), 1], { activation, seed });

const sick = deep(L, 8, "sigmoid");
const { outputs, layers } = sick.forward(data.inputs[0]!);
const oneLoss = loss(outputs, data.targets[0]!);
oneLoss.label = "C";
oneLoss.backward();
const norm = (numbers: readonly number[]) => Math.hypot(...numbers);
const ratios = layers.slice(0, -1).map(({ delta }, l) => {
  const ratio = norm(delta) / norm(layers[l + 1]!.delta);
  assert.ok(
    ratio <= 0.25 * norm(sick.matrices("B")[l + 1]!.W.flat()),
    "‖δˡ‖ is at most ¼ ‖Wˡ⁺¹‖ ‖δˡ⁺¹‖",
  );
  return ratio;
});
console.log(
  `‖δˡ‖ / ‖δˡ⁺¹‖: ${ratios
    .slice(0, 8)
    .map((ratio) => ratio.toFixed(2))
    .join(", ")}, …`,
);
assert.ok(
  ratios.every((ratio) => ratio < 0.4),
  "at every layer, less than 0.4 of δ is left",
);

// %% [markdown]
// ## The patient: twenty layers of sigmoids
//
// The task is easy. The histogram shows the gradients of all weights, layer by layer, for one of the
// points. From the last layer to the first they lose about twelve decades.

// %%
show(
  gradientHistogram(sick, { title: "Twenty layers of sigmoids", height: 620 }),
  "Twenty histograms on one log scale. The gradients of the last layer are near 0.1; " +
    "those of each layer before lie further left, the first near 10⁻¹³.",
);

// %% [markdown]
// `gradientPaths` follows the gradient of one weight of the first layer [along its paths](14-forward-and-reverse.ts). There are $8^{18}$ of
// them, and even the largest is tiny. And they do not all pull the same way: most of what there is cancels.

// %%
const ways = gradientPaths(oneLoss, "layers.0.neurons.0.w0", { top: 1 });
const [widest] = ways.paths;
assert.ok(widest, "there is a largest path");
assert.equal(ways.count, 8n ** 18n);
console.log(
  `${ways.count} paths; their sizes add up to ${ways.absoluteSum.toExponential(0)}`,
);
console.log(`the largest of them is ${widest.product.toExponential(0)}`);
console.log(
  `its smallest factor: ${widest.factors[widest.smallest]?.toFixed(2)}, a slope of a sigmoid`,
);
console.log(`the gradient, plus and minus: ${ways.gradient.toExponential(0)}`);

// %% [markdown]
// For a whole data set there is `flowReport`. It has a row for each layer. How to read it: the bar, on a log scale, reaches from the
// gradient that 5 % of the layer's weights stay below to the one that 95 % stay below; the dark part holds the middle half, 25 % to
// 75 %. Then come the same as powers of ten, and the size of δ beside that of the last layer. *update / weight* is the size of the next
// step beside that of the weights, if you tell the learning rate; *dead* and *saturated* count neurons. A layer's name is red where
// something is wrong, here where δ has fallen below a thousandth, and the last lines say what.

// %%
const examine = (net: MLP, learningRate?: number) =>
  flowReport(net, data, { loss, ...(learningRate !== undefined && { learningRate }) });
/** What was found, and in which layers. */
const findingsIn = ({ findings }: FlowReport) =>
  findings
    .map(
      ({ kind, layers }) =>
        `${kind} in layer${layers[1] ? "s" : ""} ${layers.join(", ")}`,
    )
    .join("; ") || "nothing found";

const report = examine(sick);
console.log(findingsIn(report));
assert.deepEqual(
  report.findings.map(({ kind, worst }) => [kind, worst]),
  [["vanishing", 1]],
);
assert.ok(report.layers[0]!.relative! < 1e-10, "next to nothing of δ reaches layer 1");
show(
  await toSvg(report.dot),
  "The flow report: a row for each layer, with a bar for its gradients. " +
    "The bars run in a diagonal, from 10⁻¹⁴ at the top to 0.1 at the bottom.",
);

// %% [markdown]
// Now let it learn, by `fit`, the training loop of [lesson 11](11-gradient-descent.ts) ready-made: 200 epochs of gradient descent, with
// a learning rate that goes down from 0.1 to 0.001, to end calmly. (`cosineDecay` lets it fall as a cosine does from 0 to π: slowly at first, fast in the middle, slowly in the end.)

// %%
type Treatment = Partial<FitOptions> & { readonly learningRate?: number | Schedule };
const train = (net: MLP, { learningRate = 0.1, ...others }: Treatment = {}) =>
  fit(net, data, { loss, optimiser: new SGD({ learningRate }), epochs: 200, ...others });

const calm = { learningRate: cosineDecay(0.1, 0.001, 200) };
const sicklyLosses = (await train(sick, calm)).losses;
const answers = data.inputs.map((x) => sick(x)[0].data);
console.log(`loss ${last(sicklyLosses).toFixed(3)}, ln 2 = ${Math.LN2.toFixed(3)}`);
assert.ok(Math.abs(last(sicklyLosses) - Math.LN2) < 1e-3, "the loss stays at ln 2");
assert.ok(
  Math.max(...answers) - Math.min(...answers) < 1e-9,
  "all answers agree to nine decimals",
);

// %% [markdown]
// The loss stays at $\ln 2$, which is what one gets for answering "50 %" to everything. But why do the *last* layers not learn? Their
// gradients were large enough. Because nothing reaches them: the factors that shrink the gradient on its way back shrink the differences
// between inputs on their way forward. It is [the same product](14-forward-and-reverse.ts), multiplied from the other end. The answers
// to all 40 points agree to nine decimals, so the last layers have nothing to tell them apart by.
//
// ## First cure: an activation that lets pass
//
// The slope of tanh is 1 in the middle, not ¼. Same depth, same width, same training:

// %%
const cured = deep(L, 8, "tanh");
const curedReport = examine(cured);
console.log(findingsIn(curedReport));
assert.ok(curedReport.isHealthy, "with tanh the net is healthy");
show(
  await toSvg(curedReport.dot),
  "The flow report of the tanh net: the bars of all layers lie below each other, " +
    "between 10⁻⁵ and 0.1. Nothing found.",
);

// %%
const curedLosses = (await train(cured, calm)).losses;
console.log(`tanh: loss ${last(curedLosses).toFixed(2)} after 200 epochs`);
assert.ok(last(curedLosses) < 0.2, "with tanh the net learns");
show(
  lossCurve(
    { sigmoid: sicklyLosses, tanh: curedLosses },
    { scale: "linear", title: "Twenty layers learn two crescents" },
  ),
  "The sigmoid net stays at 0.69 all the time; " +
    "the tanh net goes down from there, with some jumps at first, to 0.15.",
);
const said = compile((x: Value[]) => cured(x)[0]); // faster, for thousands of points
show(
  decisionBoundary(said, data, {
    threshold: 0,
    samples: 80,
    xLabel: "x₁",
    yLabel: "x₂",
    title: "What the tanh net says",
    height: 340,
  }),
  "The plane in two regions; the border winds between the two crescents.",
);

// %% [markdown]
// ## An initialisation of the right size
//
// The first weights that a net is given are its *initialisation*. A slope near 1 is only half of the cure. The other factor is $W$,
// and tanh with tiny weights would vanish as well. How large is right? Take one neuron, $z_j = \sum_k w_{jk} a_k$ with $n$ inputs.
// Draw its weights at random, each independently of the others, with mean 0 and *variance* $v$: that is the mean of $w^2$. Now imagine
// that you drew the weights again and again, and write $\mathrm E[\dots]$ for the mean over all these draws, the *expected value*. What
// is it for $z_j^2$? Squared, the sum has terms of two kinds. In a mixed one, $w_{jk} w_{ji} a_k a_i$ with $i \ne k$, the two weights
// know nothing of each other, so that it is as often positive as negative, and has the mean 0. The $n$ squares $w_{jk}^2 a_k^2$ are left,
//
// $$ \mathrm E[z_j^2] = n \, v \, \mathrm E[a^2]. $$
//
// - **Forward**, if $a \approx z$, as with tanh near 0, signals keep their size if $n v = 1$, where $n$ counts the *inputs* of the layer.
// - **Backward**, the sum runs over $w_{jk} \delta_j$, down a column; gradients keep their size if $n v = 1$, where $n$ counts the
//   *neurons*. One cannot have both unless the two are equal. Glorot and Bengio (2010) took $v = 2 / (n_{in} + n_{out})$.
// - **relu** wipes out the negative half of all $z$, and half of $\mathrm E[z^2]$ with it, for $z$ is as likely to be negative
//   as positive (turn the signs of all its weights round, which is as likely a draw). To make up for that, take $v = 2 / n_{in}$
//   (Kaiming He and others, 2015: so "He's weights").
//
// For numbers spread evenly over $[-b, b]$ the variance is $\frac{1}{2b} \int_{-b}^{b} x^2 dx = \frac{b^2}{3}$. So $b = \sqrt{3v}$:

// %%
agree(glorotBound(30, 20), Math.sqrt(3 * (2 / (30 + 20))));
agree(heBound(30), Math.sqrt(3 * (2 / 30)));
const drawn = new MLP(100, [100], { output: "relu", seed: 2 }).matrices("B")[0]!.W.flat();
const variance = mean(drawn.map((w) => w * w));
console.log(
  `10,000 weights of a relu layer: variance ${variance.toFixed(4)}, wanted ${2 / 100}`,
);
assert.ok(
  Math.abs(variance / (2 / 100) - 1) < 0.05,
  "the variance is as wanted, give or take 5 %",
);

// %% [markdown]
// Now measure the mean of $z^2$ in each of twenty layers of 48 neurons, with He's weights, and with the same weights halved and doubled.
// Without biases, $\max(0, cz) = c \max(0, z)$ for $c > 0$; so with $c$ times the weights $z^l$ is $c^l$ times as large, exactly.

// %%
const random = new Random(2);
const examples = Array.from({ length: 5 }, () =>
  Array.from({ length: 48 }, () => random.normal(0, 1)),
);
/** The mean of z² in each layer, over all neurons and examples. */
const squaresOf = (net: MLP): number[] => {
  const forwards = examples.map((x) => net.forward(x).layers);
  return net.layers.map((_, l) =>
    mean(forwards.flatMap((each) => each[l]!.z.map(({ data }) => data ** 2))),
  );
};
const wide = (activation: ActivationName) =>
  new MLP(48, new Array<number>(L).fill(48), { activation, output: activation, seed: 1 });
const multiply = (net: MLP, gain: number): MLP => {
  for (const parameter of net.parameters()) parameter.data *= gain;
  return net;
};
const he = squaresOf(wide("relu"));
const doubled = squaresOf(multiply(wide("relu"), 2));
const halved = squaresOf(multiply(wide("relu"), 1 / 2));
const glorot = squaresOf(wide("tanh"));

// %%
he.forEach((square, l) => {
  assert.ok(square > 0.1 && square < 10, "with He's weights z² keeps its size");
  agree(doubled[l]!, square * 2 ** (2 * (l + 1)));
  agree(halved[l]!, square / 2 ** (2 * (l + 1)));
});
show(
  lossCurve(
    {
      "relu, He · 2": doubled,
      "relu, He": he,
      "tanh, Glorot": glorot,
      "relu, He · ½": halved,
    },
    {
      scale: "log",
      xLabel: "layer",
      yLabel: "mean of z²",
      height: 480,
      title: "The size of the signal, layer by layer",
    },
  ),
  "On a log scale, He's weights run level, the doubled ones rise to 10¹² " +
    "and the halved ones fall to 10⁻¹² in straight lines; tanh sinks slowly.",
);

// %% [markdown]
// (tanh sinks a little because it is flatter than a straight line. The argument is about means: in a narrow net luck makes the size
// wander, from layer to layer, and the more the narrower it is.)
//
// ## Exploding
//
// Multiply the initial weights of a relu net all by 3. On the way forward $z^l$ and $a^l$ get a factor $3^l$. On the way back $\delta$ gets a factor
// of 3 at each layer: relative to the last one, $\delta^l$ is $3^{L - l}$ times what it was. The gradient of a weight is
// $\delta^l a^{l-1}$, so all of them get the same factor, $3^{L - l} \cdot 3^{l - 1} = 3^{L - 1}$: with ten layers, 19,683.

// %%
const scaled = (gain: number) => multiply(deep(10, 8, "relu", 0), gain);
/** ∇W and ∇b = δ of each layer, of the output at the first point. */
const slopesAt = (gain: number) => {
  const net = scaled(gain);
  net(data.inputs[0]!)[0].backward();
  return net.matrices("B");
};
const triple = slopesAt(3);
slopesAt(1).forEach(({ gradW, gradb }, l) => {
  gradW.flat().forEach((slope, i) => {
    agree(triple[l]!.gradW.flat()[i]!, slope * 3 ** 9);
  });
  gradb.forEach((delta, j) => {
    agree(triple[l]!.gradb[j]!, delta * 3 ** (9 - l));
  });
});

// %%
const exploding = examine(scaled(3));
console.log(findingsIn(exploding));
assert.deepEqual([...new Set(exploding.findings.map(({ kind }) => kind))], ["exploding"]);
show(
  await toSvg(exploding.dot),
  "The flow report of ten relu layers with gain 3: the bars lie below each other, " +
    "around 100. δ grows from layer to layer on its way back, " +
    "up to 2,000 times that of the last.",
);

// %% [markdown]
// What comes of it, and what helps? Three cures, for gain 3 and for a milder case, gain 2:
//
// - a **smaller learning rate**, 0.001 for 0.1: steps that fit such steep slopes, and are very small once the slopes are gone;
// - **clipping**: if the gradient $g$ of all parameters together is longer than $c$, take $\frac{c}{\|g\|} g$. The direction stays, the
//   step is limited;
// - an **initialisation** of the right size, which removes the cause itself.

// %%
/** Trains a net of gain 1, 2 or 3, treated in some way. */
const treat = async (gain: number, treatment: Treatment = {}) => {
  const net = scaled(gain);
  const { losses } = await train(net, treatment);
  return { net, losses, final: last(losses) };
};
const small = { learningRate: 0.001 };
const clipped = { clip: { norm: 1 } };
const [bare2, small2, clipped2] = [
  await treat(2),
  await treat(2, small),
  await treat(2, clipped),
];
const [bare3, small3, clipped3] = [
  await treat(3),
  await treat(3, small),
  await treat(3, clipped),
];
const right = await treat(1);

// %%
const outcome = ["| treatment | loss from gain 2 | from gain 3 |", "| --- | --: | --: |"];
for (const [treatment, from2, from3] of [
  ["none", bare2, bare3],
  ["learning rate 0.001", small2, small3],
  ["clipped to norm 1", clipped2, clipped3],
  ["divided by 2, by 3: He's weights", right, right],
] as const) {
  outcome.push(
    `| ${treatment} | ${from2.final.toFixed(2)} | ${from3.final.toFixed(2)} |`,
  );
}
show({ "text/markdown": outcome.join("\n") });

// %%
show(
  lossCurve(
    {
      untreated: bare2.losses,
      "learning rate 0.001": small2.losses,
      clipped: clipped2.losses,
      "He's weights": right.losses,
    },
    { scale: "log", title: "Ten relu layers, initial weights doubled" },
  ),
  "Untreated, the loss jumps to thousands and then lies at 0.69. " +
    "With a small learning rate it falls slowly, clipped faster, " +
    "and with He's weights it begins low and ends lowest.",
);
for (const bare of [bare2, bare3])
  assert.ok(Math.abs(bare.final - Math.LN2) < 1e-3, "untreated, the loss ends at ln 2");
assert.ok(
  right.final < clipped2.final && clipped2.final < small2.final && small2.final < 0.6,
  "He's weights end lowest, then clipping, then small steps",
);

// %% [markdown]
// From gain 3 little helps but the right weights. And look at how the untreated nets end: at $\ln 2$ once more, and motionless. Why?

// %%
const end = examine(bare2.net);
console.log(`gain 2, untreated: ${findingsIn(end)}`);
assert.deepEqual(
  end.findings.map(({ kind }) => kind),
  ["dead", "vanishing"],
);

// %% [markdown]
// ## Dead
//
// A relu neuron whose $z$ is negative for *every* example has slope 0 for every example. No gradient reaches its weights, and none passes
// through it. If all neurons of a layer are so, nothing before them ever changes again, and nothing will wake them. A few enormous steps
// have thrown whole layers there. Let us do it by hand: relu, two hidden layers, and in the second all biases are −10.
// They are trained with *momentum*: each step adds nine tenths of the step before it, so that steps in a constant direction add up.

// %%
const withBias = (activation: ActivationName) => {
  const net = new MLP(2, [8, 8, 1], { activation, seed: 0 });
  for (const { bias } of net.layers[1]!.neurons) bias.data = -10;
  return net;
};
const momentum = () => ({
  epochs: 400,
  optimiser: new SGD({ learningRate: 0.3, momentum: 0.9 }),
});
const dead = withBias("relu");
const deadReport = examine(dead);
console.log(findingsIn(deadReport));
assert.deepEqual(
  deadReport.layers.map((layer) => layer.dead),
  [0, 1, 0],
);
show(
  await toSvg(deadReport.dot),
  "The flow report: layers 1 and 2 are red and all their gradients are 0; " +
    "in layer 2 all neurons are dead.",
);

// %% [markdown]
// (The one bar that is left is a rounding error: the last layer gets nothing but zeros, says "50 %", and has its bias right for that.)
//
// After 400 epochs not one weight of the two layers has moved, not by the last bit. With **leaky relu**, $\max(0.01 z, z)$, a hundredth of
// the gradient comes through on the negative side. That is little, but it is not nothing, and it brings the neurons back:

// %%
const hidden = dead.layers.slice(0, 2).flatMap((layer) => layer.parameters());
const asBorn = hidden.map((parameter) => parameter.data);
const deadLosses = (await train(dead, momentum())).losses;
assert.deepEqual(
  hidden.map((parameter) => parameter.data),
  asBorn,
);

const leaky = withBias("leakyRelu");
const leakyReport = examine(leaky);
console.log(`leaky relu: ${findingsIn(leakyReport)}`);
assert.ok(leakyReport.isHealthy, "with leaky relu the net is healthy");
const leakyLosses = (await train(leaky, momentum())).losses;
console.log(
  `loss: relu ${last(deadLosses).toFixed(3)}, leaky ${last(leakyLosses).toFixed(3)}`,
);
assert.ok(
  Math.abs(last(deadLosses) - Math.LN2) < 1e-3 && last(leakyLosses) < 0.01,
  "relu stays at ln 2, leaky relu learns",
);
show(
  lossCurve(
    { relu: deadLosses, "leaky relu": leakyLosses },
    { scale: "log", title: "A layer with biases of −10" },
  ),
  "With relu the loss stays at 0.69 for ever; " +
    "with leaky relu it stays there for a while, then falls below 0.01.",
);

// %% [markdown]
// ### How neurons die
//
// Hardly anybody starts with biases of −10. At birth death is rare: a fresh relu neuron with bias 0 is silent at any one example with
// probability ½, but it is dead only if it is silent at all of them. If examples pointed in directions that have nothing to do with each
// other, 40 would all be missed with probability $2^{-40}$, one in a million millions. What kills is too large a step. `flowReport` can warn of it beforehand: told the learning rate,
// it compares the next step with the weights it would change. A step larger than the weights themselves turns everything over.

// %%
for (const learningRate of [1, 8]) {
  const net = new MLP(2, [16, 16, 1], { activation: "relu", seed: 0 });
  const { layers: before, findings } = examine(net, learningRate);
  const { losses } = await train(net, { learningRate, epochs: 100 });
  const warning = findings.map(({ kind }) => kind).join() || "nothing found";
  const steps = before.map(({ update }) => update!.toFixed(2)).join(", ");
  const share = Math.round(100 * examine(net).layers[1]!.dead);
  console.log(`η = ${learningRate}: step / weights ${steps} (${warning})`);
  console.log(
    `  after 100 epochs: loss ${last(losses).toFixed(2)}, ${share} % of layer 2 dead`,
  );
  assert.deepEqual(
    [warning, last(losses) < 0.1, share > 75],
    learningRate === 1 ? ["nothing found", true, false] : ["exploding", false, true],
  );
}

// %% [markdown]
// ## What a healthy net looks like
//
// The bars lie one below the other, δ is of one size throughout, a step is a small part of the weights, and few neurons are dead. That
// holds at birth, and it should hold after training too.

// %%
const healthy = new MLP(2, [16, 16, 1], { activation: "relu", seed: 0 });
const atBirth = examine(healthy, 0.5);
const healthyLosses = (await train(healthy, { learningRate: 0.5 })).losses;
const afterwards = examine(healthy, 0.5);
assert.ok(
  atBirth.isHealthy && afterwards.isHealthy,
  "the net is healthy at birth, and after training",
);
console.log(
  `loss ${last(healthyLosses).toFixed(2)} after 200 epochs; ${findingsIn(afterwards)}`,
);
show(
  await toSvg(afterwards.dot),
  "The flow report of a trained net of three layers: " +
    "the bars lie below each other, and no name is red.",
);

// %% [markdown]
// ## The check-up
//
// | finding | what one sees | causes | cures |
// | --- | --- | --- | --- |
// | vanishing | δ falls below 1/1000 of the last layer's | sigmoids in a row, weights too small | tanh or relu, Glorot's or He's weights, fewer layers |
// | exploding | δ above 30 times the last layer's, or a step larger than the weights | weights or steps too large | Glorot's or He's weights, clipping, a smaller learning rate |
// | dead | slope 0 at every example | steps too large, bad biases | a smaller learning rate, leaky relu |
// | saturated | activations within 1 % of their bounds | weights or inputs too large | smaller weights, inputs of a common scale |
//
// The last, a sigmoid or tanh that is stuck at its ends, was the subject of [lesson 7](07-saturation-and-softmax.ts). The bounds are
// settings of the report, not laws of nature:

// %%
const { vanishing, exploding: above, dead: share, saturated } = flowThresholds;
console.log(`δ from ${vanishing} to ${above} times the last`);
console.log(
  `dead up to ${100 * share} % of a layer, saturated up to ${100 * saturated} %`,
);
assert.deepEqual([vanishing, above, flowThresholds.margin], [1 / 1000, 30, 0.01]);

// %% [markdown]
// ## Your turn
//
// **1.** He's $v = 2/n$ makes up for the half of $\mathrm E[z^2]$ that relu wipes out. Leaky relu with the slope $\alpha$ on the negative
// side does not wipe out that half, it leaves a part of it. Which variance is right, and which bound $b = \sqrt{3v}$?

// %% {"tags":["exercise"]}
// const leakyBound = (alpha: number, inputs: number): number => {
//   const v = 2 / inputs + 0 * alpha; // He's, for relu
//   return Math.sqrt(3 * v);
// };

// %% {"tags":["solution"]}
const leakyBound = (alpha: number, inputs: number): number => {
  const v = 2 / ((1 + alpha ** 2) * inputs);
  return Math.sqrt(3 * v);
};

// %% {"tags":["check"]}
agree(leakyBound(0, 50), heBound(50), "leakyBound(0, 50), plain relu,");
agree(
  leakyBound(1, 50),
  Math.sqrt(3 / 50),
  "leakyBound(1, 50), linear, so that n v = 1,",
);
const fresh = new Random(4);
let signal = Array.from({ length: 80 }, () => fresh.normal(0, 1));
for (let l = 0; l < 40; l++) {
  const b = leakyBound(0.5, 80);
  const a = signal.map((z) => leakyRelu(z, 0.5));
  signal = signal.map(() => a.reduce((z, ak) => z + ak * fresh.uniform(-b, b), 0));
}
const size = mean(signal.map((z) => z * z));
assert.ok(
  size > 0.1 && size < 10,
  `with leakyBound(0.5, 80) the mean of z² after 40 layers must be from 0.1 to 10, got ${size}`,
);
console.log("After 40 layers of leaky relu the signal is as large as before.");

// %% [markdown]
// **2.** `clip` above shortens the gradient of *all* parameters together. Clip it **by layer** instead: the gradient of each layer, by
// itself, gets no longer than `most`, and one that is short enough is left alone. And say why the direction of the whole may
// change now, though it did not before.

// %% {"tags":["exercise"]}
// const clipByLayer = (layers: readonly (readonly number[])[], most: number): number[][] => {
//   const length = norm(layers.flat()); // of all layers together
//   return layers.map((layer) => layer.map((g) => g * Math.min(1, most / length)));
// };

// %% {"tags":["solution"]}
// Each layer has a factor of its own. Long ones shrink, short ones do not, so the whole
// turns towards the short ones. Only equal factors leave its direction as it was.
const clipByLayer = (layers: readonly (readonly number[])[], most: number): number[][] =>
  layers.map((layer) => {
    const length = norm(layer);
    return layer.map((g) => (length > most ? (g * most) / length : g));
  });

// %% {"tags":["check"]}
const cosine = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, each, i) => sum + each * b[i]!, 0) / (norm(a) * norm(b));
for (const [layers, turns] of [
  [[[3, -4], [0.5]], true],
  [[[0.3, 0.4], [0.5]], false],
  [[[30, -40], [0, 50], [0.5]], true],
] as const) {
  const clippedLayers = clipByLayer(layers, 1);
  layers.forEach((layer, l) => {
    const parameters = layer.map((g) => {
      const parameter = value(0);
      parameter.grad = g;
      return parameter;
    });
    clipGradientNorm(parameters, 1); // of this layer alone
    parameters.forEach(({ grad }, i) => {
      const call = `clipByLayer(${JSON.stringify(layers)}, 1)`;
      agree(clippedLayers[l]![i]!, grad, `${call}[${l}][${i}]`);
    });
  });
  const between = cosine(layers.flat(), clippedLayers.flat());
  console.log(`cosine of the angle by which the whole turns: ${between.toFixed(4)}`);
  assert.equal(
    between < 1 - 1e-12,
    turns,
    `clipping ${JSON.stringify(layers)} must ${turns ? "" : "not "}turn the whole, got ${between}`,
  );
}
