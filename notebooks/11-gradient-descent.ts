// %% [markdown]
// # Down the slope: gradient descent, batches, and XOR
//
// After this lesson you can choose a learning rate and say what a wrong one looks like, cut data into batches, and train a small net
// whose nine derivatives you have found by hand.
//
// Run it with `npx tsx notebooks/11-gradient-descent.ts`.
//
// The folded code imports what is used. Its `agree` checks that two numbers are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import {
  compile,
  grad,
  mean,
  type Scalar,
  type Value,
  value,
  zeroGrad,
} from "@chainrule/core";
import {
  accuracy,
  batches,
  type Dataset,
  Layer,
  MLP,
  Neuron,
  Random,
  squaredError,
  xor,
} from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import {
  decisionBoundary,
  functionPlot,
  lossCurve,
  lossSurface,
  snapshotOf,
  toSvg,
  trainingHtml,
} from "@chainrule/viz";

/** Asserts that two numbers agree to twelve digits, however small they are. */
const agree = (got: number, want: number, what = "the number") =>
  assert.ok(
    Math.abs(got - want) <= 1e-12 * Math.abs(want),
    `${what} must be ${want}, got ${got}`,
  );

// %% [markdown]
// ## The steepest way down
//
// Take a cost of two weights, a bowl that rises nine times as steeply in $b$ as in $a$:
//
// $$ C(a, b) = \tfrac12 (a^2 + 9 b^2), \qquad \nabla C = \begin{pmatrix} a \\ 9b \end{pmatrix}. $$
//
// In a direction $u$ of length 1 it changes at the rate $\nabla C \cdot u = |\nabla C| \cos \varphi$, with $\varphi$ for the angle
// between $u$ and the gradient. So the gradient points the way of *steepest ascent*, as [lesson 3](03-jacobians.ts) has shown, and its
// negative is the fastest way down.

// %%
const cost = ([a, b]: [Value, Value]) => a.square().add(b.square().mul(9)).mul(0.5);
const gradient = grad(cost);
const [ga, gb] = gradient([3, -1]);
console.log(`at (3, −1) the gradient is (${ga}, ${gb})`);
assert.deepEqual([ga, gb], [3, -9]);

// %% [markdown]
// ## The learning rate
//
// *Gradient descent* repeats one step, with a *learning rate* $\eta$ that says how far to go:
//
// $$ \theta \leftarrow \theta - \eta \, \nabla C(\theta). $$
//
// For this bowl we can say exactly what happens. One step turns $a$ into $a - \eta a = (1 - \eta) a$ and $b$ into $(1 - 9 \eta) b$. So
// after $n$ steps
//
// $$ a_n = (1 - \eta)^n a_0, \qquad b_n = (1 - 9 \eta)^n b_0. $$
//
// Both shrink if both factors are between $-1$ and 1. The steep direction sets the limit: $9 \eta < 2$, so $\eta < \frac29 \approx 0.222$.
// The flat direction sets the pace. Below are three learning rates, twenty steps each.

// %%
const descend = (eta: number, steps: number) => {
  const path: [number, number][] = [[3, -1]];
  for (let step = 0; step < steps; step++) {
    const [a, b] = path[step] as [number, number];
    const [da, db] = gradient([a, b]);
    path.push([a - eta * da, b - eta * db]);
  }
  return path;
};
const bowl = (a: number, b: number) => 0.5 * (a * a + 9 * b * b);
const costs: Record<string, number[]> = {};

for (const [eta, how] of [
  [0.01, "too small: it crawls"],
  [0.15, "right: nearly there"],
  [0.23, "too large: each step overshoots the valley, by more and more"],
] as const) {
  const path = descend(eta, 20);
  const [a, b] = path.at(-1) as [number, number];
  agree(a, 3 * (1 - eta) ** 20);
  agree(b, -1 * (1 - 9 * eta) ** 20);
  costs[`η = ${eta}`] = path.slice(1).map(([a, b]) => bowl(a, b));
  console.log(`η = ${eta}: C = ${bowl(a, b).toFixed(4)} after 20 steps, ${how}`);
  show(
    lossSurface(bowl, {
      from: [-3.5, -3],
      to: [3.5, 3],
      path,
      height: 340,
      title: `η = ${eta}, ${how}`,
    }),
    `Contours of the bowl, and twenty steps from (3, −1) with η = ${eta}.`,
  );
}
show(
  lossCurve(costs, {
    scale: "log",
    xLabel: "step",
    yLabel: "C",
    title: "The same as curves",
  }),
  "Three curves on a log scale: one falls slowly, one falls fast, one turns upward.",
);
const last = (name: string) => costs[name]!.at(-1)!;
const start = bowl(3, -1);
assert.ok(last("η = 0.01") > 0.3 * start, "with η = 0.01 more than 30 % of C is left");
assert.ok(last("η = 0.15") < 0.01 * start, "with η = 0.15 less than 1 % of C is left");
assert.ok(last("η = 0.23") > start, "with η = 0.23 C has risen");

// %% [markdown]
// Watch the right one from inside: the graph of $C$ at every step of $\eta = 0.15$. Move the slider, or a finger on the curve.
// The gradient of $b$ changes its sign at every step, for each step overshoots the middle of the valley a little, and it has
// faded after ten steps. That of $a$ fades slowly, and in the end it is all that is left: the flat direction sets the pace.

// %%
const [alongA, alongB] = [value(3, "a"), value(-1, "b")];
const costHere = (): Value => {
  const C = cost([alongA, alongB]);
  C.label = "C";
  zeroGrad([alongA, alongB]);
  C.backward();
  return C;
};
const atStart = await toSvg(costHere());
const frames = Array.from({ length: 31 }, () => {
  const frame = snapshotOf(costHere());
  for (const weight of [alongA, alongB]) weight.data -= 0.15 * weight.grad;
  return frame;
});
agree(alongA.data, 3 * (1 - 0.15) ** 31);
show(
  await trainingHtml(frames, { title: "Down the bowl, η = 0.15", direction: "TB" }),
  "A slider goes through 30 steps: the graph of C with its numbers, coloured by the gradients, " +
    "and the curve of C.",
  { height: 640, picture: atStart },
);

// %% [markdown]
// ### When to stop
//
// The lecture notes stop after a fixed number of steps:
//
// > $t := 0$; max_iterations $:= 1000$; initialise $\theta_0$; **while** $t{+}{+} <$ max_iterations **do**
// > $\theta_{t+1} := \theta_t - \eta \nabla \theta_t$ **end**.
//
// (Their $\nabla \theta_t$ is short for $\nabla C(\theta_t)$: it is $C$ that has a gradient.)
//
// **A slip to know about.** $t{+}{+}$ compares, and then adds 1, *before* the step. So the first step reads $\theta_1$, and only $\theta_0$
// was initialised. Right is to add 1 at the end of the step, or not to number the θ at all.

// %%
const maxIterations = 1000;
const eta = 0.15;

const printed: [number, number][] = [[3, -1]]; // θ₀
let t = 0;
assert.throws(() => {
  while (t++ < maxIterations) {
    const [a, b] = printed[t]!;
    const [da, db] = gradient([a, b]);
    printed[t + 1] = [a - eta * da, b - eta * db];
  }
}, TypeError);
console.log(`as printed: step ${t} reads θ of ${t}, which is ${printed[t]}`);

const iterates = descend(eta, maxIterations);
assert.equal(iterates.length, 1 + maxIterations);
const [a100, b100] = iterates[100]!;
console.log(`after 100 steps: a is ${a100.toExponential(2)}, b ${b100.toExponential(2)}`);
agree(a100, 3 * (1 - eta) ** 100);
agree(b100, -1 * (1 - 9 * eta) ** 100);

const arrived = iterates.findIndex(([a, b]) => Math.hypot(...gradient([a, b])) < 1e-8);
console.log(
  `the gradient is shorter than 10⁻⁸ after ${arrived} of ${maxIterations} steps`,
);
assert.ok(arrived > 0 && arrived < 200, "200 steps are enough");

// %% [markdown]
// A count is a safeguard: it ends what would never end. What one wants to know is whether the gradient is nearly 0, or the
// cost no longer falls. Here the last 800 steps or more were wasted.
//
// ## A cost is a mean over examples
//
// Real costs are means over data, $C = \frac1m \sum_i C_i$. The derivative of a mean is the mean of the derivatives. Take one
// neuron with relu, $a = \max(0, w^\top x + b)$, and $C = \frac{1}{2m} \sum_i (y_i - a_i)^2$. With $e_i = a_i - y_i$, the chain rule gives
//
// $$ \frac{\partial C}{\partial w} = \frac1m \sum_{i \text{ active}} e_i \, x_i, \qquad
//    \frac{\partial C}{\partial b} = \frac1m \sum_{i \text{ active}} e_i, $$
//
// where *active* means $w^\top x_i + b > 0$; elsewhere relu is flat, and the example adds nothing.
//
// **Slips to know about.** The lecture notes say that "for each training example, $X^\top$ is the same", and only $e_i$ differs. No:
// each error multiplies *its own* $x_i$. Then they pull the two cases of relu out of the sum, "0 if $w^\top x + b \le 0$, else
// $\sum_i e_i x_i^\top$", as if all examples were active or none; the condition belongs to each $i$, and inside. Let us see all three.
//
// (Two smaller ones. With $V = y - a$ they print $\frac{\partial V}{\partial w} = \dots = -\frac{\partial a}{\partial w} = \frac{\partial a}{\partial w}$;
// the last sign of equality is wrong, and the minus is back in their next line. And they call each entry of the gradient "an approximate
// derivative". It is exact, for these data; it is only an estimate for *other* data.)

// %%
const random = new Random(1);
const inputs = Array.from({ length: 6 }, () => [
  random.uniform(-1, 1),
  random.uniform(-1, 1),
  random.uniform(-1, 1),
]);
const targets = inputs.map(() => random.uniform(-1, 1));
const neuron = Neuron.of([0.8, -0.6, 0.5], 0.4, { activation: "relu" });
const answers = inputs.map((x) => neuron(x));
squaredError(answers, targets, { half: true }).backward();

const errors = answers.map(({ data }, i) => (data > 0 ? data - targets[i]! : 0));
const m = inputs.length;
const own = [0, 1, 2].map(
  (k) => inputs.reduce((sum, x, i) => sum + errors[i]! * x[k]!, 0) / m,
);
const meanError = errors.reduce((sum, e) => sum + e, 0) / m;
// With each of the six as "the" x.
const same = inputs.map((first) => first.map((xk) => meanError * xk));
// With the cases outside of the sum: here some are active, so all are counted.
const outside = [0, 1, 2].map(
  (k) =>
    inputs.reduce((sum, x, i) => sum + (answers[i]!.data - targets[i]!) * x[k]!, 0) / m,
);
const text = (v: readonly number[]) => v.map((each) => each.toFixed(4)).join(", ");
console.log(`${errors.filter((e) => e !== 0).length} of ${m} examples are active`);
console.log(`engine:                 ${text(neuron.weights.map(({ grad }) => grad))}`);
console.log(`each e with its own x:  ${text(own)}`);
console.log(`all with the first x:   ${text(same[0]!)}`);
console.log(`cases outside the sum:  ${text(outside)}`);
neuron.weights.forEach((w, k) => {
  agree(w.grad, own[k]!);
});
agree(neuron.bias.grad, meanError);
assert.ok(
  same.every((v) => Math.abs(v[0]! - own[0]!) > 1e-3),
  "with one x for all, the gradient is wrong",
);
assert.ok(
  own.every((slope, k) => Math.abs(slope - outside[k]!) > 0.05),
  "with the cases outside the sum, the gradient is wrong",
);

// %% [markdown]
// ## Not all examples at once
//
// One step of *full-batch* descent looks at every example. But a part of them, drawn at random, gives nearly the same gradient for
// less work. With one example a step that is *stochastic* gradient descent; with some tens, *mini-batches*. One round through
// all the data is an *epoch*.
//
// How many batches of 120 are there in 1,000,000 examples?
//
// $$ 1{,}000{,}000 = 8{,}333 \cdot 120 + 40. $$
//
// **A slip to know about.** The notes say "8,333 batches (with the last one being partially full)". It is 8,333 *full* ones, and one more
// of 40: 8,334 in all. With 8,333 forty examples would be left out. A thousand examples end the same way:

// %%
const full = Math.floor(1_000_000 / 120);
const left = 1_000_000 - 120 * full;
console.log(
  `${full} full batches and one of ${left}: ${Math.ceil(1_000_000 / 120)} batches`,
);
assert.deepEqual([full, left, Math.ceil(1_000_000 / 120)], [8333, 40, 8334]);

const thousand: Dataset = {
  inputs: Array.from({ length: 1000 }, (_, i) => [i]),
  targets: new Array<number>(1000).fill(0),
};
const sizes = Array.from(
  batches(thousand, { batchSize: 120 }),
  (batch) => batch.targets.length,
);
console.log(`1,000 in batches of 120: ${sizes.join(", ")}`);
assert.deepEqual(sizes, [...new Array<number>(8).fill(120), 40]);

// %% [markdown]
// Three ways to fit a line $y = wx + b$ to 120 points, with the same learning rate and 15 epochs: all 120 at once (15 steps), batches of
// 20 (90 steps), one at a time (1,800 steps). More steps for the same number of examples looked at; but the smaller the batch, the
// more its gradient is a matter of luck, and in the end the weights tremble.

// %%
const noisy = new Random(7);
const points: [number, number][] = Array.from({ length: 120 }, () => {
  const x = noisy.uniform(-1, 1);
  return [x, 2 * x + 0.5 + noisy.normal(0, 0.3)];
});
const linear: Dataset = {
  inputs: points.map(([x]) => [x]),
  targets: points.map(([, y]) => y),
};

const train = (batchSize: number) => {
  const line = Neuron.of([0], 0, { activation: "linear" });
  const lossOf = ({ inputs, targets }: Dataset) =>
    squaredError(
      inputs.map((x) => line(x)),
      targets,
      { half: true },
    );
  const order = new Random(3);
  const losses = Array.from({ length: 15 }, () => {
    for (const batch of batches(linear, { batchSize, random: order })) {
      zeroGrad(line.parameters());
      lossOf(batch).backward();
      for (const parameter of line.parameters()) parameter.data -= 0.1 * parameter.grad;
    }
    return lossOf(linear).data;
  });
  return { line, losses };
};
const [whole, some, single] = [train(120), train(20), train(1)];
for (const [name, { line, losses }] of Object.entries({
  "all 120": whole,
  "20 at a time": some,
  "one at a time": single,
})) {
  const [w, b] = line.parameters().map(({ data }) => data.toFixed(3));
  console.log(`${name.padEnd(14)} y = ${w}x + ${b}, loss ${losses.at(-1)?.toFixed(4)}`);
}
assert.ok(
  some.losses.at(-1)! < whole.losses.at(-1)!,
  "batches of 20 get further in 15 epochs",
);
const unrest = (losses: readonly number[]) =>
  Math.max(...losses.slice(5)) - Math.min(...losses.slice(5));
assert.ok(unrest(single.losses) > 0.002, "one at a time, the loss goes on trembling");
show(
  lossCurve(
    {
      "all 120": whole.losses,
      "20 at a time": some.losses,
      "one at a time": single.losses,
    },
    { scale: "log", title: "The loss on all points, after each epoch" },
  ),
  "Full batch falls slowly and smoothly; batches of 20 fall fast and settle; " +
    "one at a time is down after one epoch, and trembles.",
);

// %% [markdown]
// The gradients of the batches, weighted by their sizes, add up to the gradient of the whole. So a batch is never wrong on
// average, only uncertain. Here with batches of 50, 50 and 20:

// %%
const probe = Neuron.of([0.3], -0.2, { activation: "linear" });
const gradientOn = ({ inputs, targets }: Dataset) => {
  zeroGrad(probe.parameters());
  squaredError(
    inputs.map((x) => probe(x)),
    targets,
    { half: true },
  ).backward();
  return probe.parameters().map(({ grad }) => grad);
};
const weighted = [0, 0];
for (const batch of batches(linear, { batchSize: 50 })) {
  gradientOn(batch).forEach((g, k) => {
    weighted[k]! += (g * batch.targets.length) / 120;
  });
}
gradientOn(linear).forEach((g, k) => {
  agree(weighted[k]!, g);
});
console.log(`whole: ${text(gradientOn(linear))}   batches together: ${text(weighted)}`);

// %% [markdown]
// ## XOR, by hand
//
// *Exclusive or* is 1 if exactly one of two bits is 1. No single neuron can tell: no straight line has $(0, 0)$ and $(1, 1)$ on one side
// and the other two corners on the other. Two hidden relu neurons suffice:
//
// $$ \begin{gathered}
//    z_1 = w_1 x_1 + w_2 x_2 + b_1, \qquad z_2 = w_3 x_1 + w_4 x_2 + b_2, \\
//    \hat y = w_5 \max(0, z_1) + w_6 \max(0, z_2) + b_3, \qquad f = \tfrac12 (\hat y - y)^2.
//    \end{gathered} $$
//
// Nine parameters, so nine derivatives. All begin with $\frac{\partial f}{\partial \hat y} = \hat y - y = e$. Let $h_i = \max(0, z_i)$,
// and let $s_i$ be relu's slope, 1 if $z_i > 0$ and 0 if not (0 at $z_i = 0$, too). Then by the chain rule
//
// | | | |
// | --- | --- | --- |
// | $\frac{\partial f}{\partial w_1} = e \, w_5 s_1 x_1$ | $\frac{\partial f}{\partial w_2} = e \, w_5 s_1 x_2$ | $\frac{\partial f}{\partial b_1} = e \, w_5 s_1$ |
// | $\frac{\partial f}{\partial w_3} = e \, w_6 s_2 x_1$ | $\frac{\partial f}{\partial w_4} = e \, w_6 s_2 x_2$ | $\frac{\partial f}{\partial b_2} = e \, w_6 s_2$ |
// | $\frac{\partial f}{\partial w_5} = e \, h_1$ | $\frac{\partial f}{\partial w_6} = e \, h_2$ | $\frac{\partial f}{\partial b_3} = e$ |
//
// The notes also gather them by layers. A gradient has the shape of its matrix, so one line steps with all of it, and likewise with
// $b^{(1)}$, $W^{(2)}$ and $b^{(2)}$:
//
// $$ \nabla_{W^{(1)}} f = \begin{pmatrix} \partial f / \partial w_1 & \partial f / \partial w_2 \\ \partial f / \partial w_3 & \partial f / \partial w_4 \end{pmatrix},
//    \qquad W^{(1)} \leftarrow W^{(1)} - \varepsilon \, \nabla_{W^{(1)}} f. $$
//
// (Their $W^{(2)}$ is a column, and they first write $W^{(2)} \sigma(\dots)$. Two columns have no product;
// $W^{(2)\top}$ is right, and stands in their next line.)

// %%
const names = ["w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3"];
type NineOf<T> = readonly [T, T, T, T, T, T, T, T, T];
type Nine = NineOf<number>;

/** The net, of parameters that bear the names above. */
const xorNet = (numbers: Nine) => {
  const parameters = numbers.map((each, i) => value(each, names[i]!));
  const [w1, w2, w3, w4, w5, w6, b1, b2, b3] =
    parameters as readonly Value[] as NineOf<Value>;
  const hidden = Layer.of([
    Neuron.of([w1, w2], b1, { activation: "relu" }),
    Neuron.of([w3, w4], b2, { activation: "relu" }),
  ]);
  return {
    net: MLP.of([hidden, Layer.of([Neuron.of([w5, w6], b3, { activation: "linear" })])]),
    parameters,
  };
};

/** ∂f/∂p for one example, by the formulas above. */
const byHand = (
  [w1, w2, w3, w4, w5, w6, b1, b2, b3]: Nine,
  x1: number,
  x2: number,
  y: number,
): Nine => {
  const [z1, z2] = [w1 * x1 + w2 * x2 + b1, w3 * x1 + w4 * x2 + b2];
  const [h1, h2] = [Math.max(0, z1), Math.max(0, z2)];
  const [s1, s2] = [z1 > 0 ? 1 : 0, z2 > 0 ? 1 : 0];
  const e = w5 * h1 + w6 * h2 + b3 - y;
  const [d1, d2] = [e * w5 * s1, e * w6 * s2];
  return [d1 * x1, d1 * x2, d2 * x1, d2 * x2, e * h1, e * h2, d1, d2, e];
};

const first: Nine = [1.1, 0.9, 0.8, 1.2, 0.7, -1.1, 0.1, -0.6, 0.05];
const { net, parameters } = xorNet(first);
const lines = [
  `| $x$ | $y$ | ${names.map((name) => `∂f/∂${name}`).join(" | ")} |`,
  `| --- | --- |${" --: |".repeat(9)}`,
];
xor().inputs.forEach(([x1 = 0, x2 = 0], i) => {
  const y = xor().targets[i]!;
  zeroGrad(parameters);
  squaredError(net([x1, x2])[0], y, { half: true }).backward();
  byHand(first, x1, x2, y).forEach((want, k) => {
    agree(parameters[k]!.grad, want);
  });
  const [g1, g2, g3, g4] = parameters.map(({ grad }) => grad);
  assert.deepEqual(net.matrices("B")[0]!.gradW, [
    [g1, g2],
    [g3, g4],
  ]);
  const cells = parameters.map(({ grad }) => (grad === 0 ? "0" : grad.toFixed(3)));
  lines.push(`| ${x1}, ${x2} | ${y} | ${cells.join(" | ")} |`);
});
console.log("all 36 derivatives agree with the engine:");
show({ "text/markdown": lines.join("\n") });

// %% [markdown]
// Look at the row of 0, 0: the second neuron is not active there, $z_2 = -0.6$, so $w_6$ and $b_2$ get 0; and with $x = 0$ none of
// $w_1$ to $w_4$ can change anything.
//
// ### Training
//
// In each epoch: shuffle, cut into batches of two, and for each batch do $p \leftarrow p - \varepsilon \, \partial f / \partial p$
// with $\varepsilon = 0.1$ and $f$ the mean of the batch. (The notes add up the derivatives over the batch. With two examples in each,
// our step is theirs at $\varepsilon = 0.05$.) There will be hundreds of steps, so `compile` makes the loss a WebAssembly function,
// and gradients come as before.

// %%
const rows = xor().inputs.map((x, i) => ({ x, y: xor().targets[i]! }));
type Row = { readonly x: readonly Scalar[]; readonly y: Scalar };
const trainXor = (numbers: Nine, epochs: number) => {
  const { net, parameters } = xorNet(numbers);
  const loss = compile((batch: readonly Row[]) =>
    mean(batch, ({ x, y }) => squaredError(net(x)[0], y, { half: true })),
  );
  const order = new Random(2);
  const losses = Array.from({ length: epochs }, () => {
    const shuffled = order.shuffle(rows);
    for (const batch of [shuffled.slice(0, 2), shuffled.slice(2)]) {
      zeroGrad(parameters);
      loss.backward(batch);
      for (const p of parameters) p.data -= 0.1 * p.grad;
    }
    return loss(rows) as number;
  });
  return { net, parameters, losses };
};

const trained = trainXor(first, 400);
const final = trained.losses.at(-1)!;
console.log(
  `below 0.000001 after ${trained.losses.findIndex((each) => each < 1e-6) + 1} epochs`,
);
console.log(
  trained.parameters.map(({ label, data }) => `${label} = ${data.toFixed(3)}`).join(", "),
);
assert.ok(final < 1e-6, "400 epochs bring the loss below 0.000001");
assert.equal(accuracy(trained.net, xor(), { threshold: 0.5 }), 1);
rows.forEach(({ x, y }) => {
  const answer = trained.net(x)[0].data;
  console.log(`${x.join(", ")} → ${Math.abs(answer).toFixed(3)}`);
  assert.ok(Math.abs(answer - y) < 0.01, "the answer is right to within 0.01");
});
show(
  lossCurve(trained.losses, {
    scale: "log",
    title: "XOR: the loss of all four examples",
  }),
  "The loss on a log scale: it falls along a straight line from about 0.1 to below a millionth.",
);

// %% [markdown]
// What has it learnt? Each hidden neuron is a fold in a sheet of paper, along the line where its $z$ is 0. Two folds are enough to have
// $\hat y$ above ½ at two corners, and below at the others.

// %%
show(
  decisionBoundary(trained.net, xor(), {
    threshold: 0.5,
    classLabels: ["0: equal", "1: different"],
    xLabel: "x₁",
    yLabel: "x₂",
    title: "Where ŷ is above ½",
  }),
  "The four corners of a square. A band between two parallel lines holds (0, 1) and (1, 0); " +
    "the corners (0, 0) and (1, 1) lie outside.",
);

// %% [markdown]
// ### Luck
//
// From another start it can fail: if a relu neuron is inactive for all four examples, its slope is 0 for all, it gets no gradient, and
// never comes back. It is *dead*. And there are valleys with no way out. Here are forty random starts, 1500 epochs each.

// %%
const starts = new Random(5);
const ends = Array.from({ length: 40 }, () => {
  const numbers = Array.from({ length: 9 }, () =>
    starts.uniform(-1, 1),
  ) as unknown as Nine;
  return trainXor(numbers, 1500).losses.at(-1)!;
});
const solved = ends.filter((loss) => loss < 1e-3).length;
console.log(`${solved} of ${ends.length} starts solve XOR`);
assert.ok(solved > 0 && solved < ends.length, "some starts solve XOR, but not all");

// %% [markdown]
// More hidden neurons make it nearly sure: with more tickets, one wins. That is one reason why nets are made larger than they need to be.
//
// ## Your turn
//
// **1.** For the cost $C(w) = \frac12 \lambda w^2$, what does one step of gradient descent make of $w$? And which learning rate gets to the
// bottom in *one* step?

// %% {"tags":["exercise"]}
// const afterOneStep = (w: number, lambda: number, eta: number): number => w - eta * lambda; // not quite
// const bestRate = (lambda: number): number => lambda; // nor this

// %% {"tags":["solution"]}
const afterOneStep = (w: number, lambda: number, eta: number): number =>
  w - eta * lambda * w;
const bestRate = (lambda: number): number => 1 / lambda;

// %% {"tags":["check"]}
for (const lambda of [0.5, 1, 9]) {
  const slope = grad((w: Value) => w.square().mul(lambda / 2))(3);
  const wanted = 3 - 0.15 * slope;
  agree(afterOneStep(3, lambda, 0.15), wanted, `afterOneStep(3, ${lambda}, 0.15)`);
  const bottom = afterOneStep(3, lambda, bestRate(lambda));
  assert.ok(
    Math.abs(bottom) < 1e-12,
    `with λ = ${lambda} and η = bestRate(${lambda}) = ${bestRate(lambda)} one step from 3 must end at 0, got ${bottom}`,
  );
}
show(
  functionPlot(
    {
      "½ · 9 · w²": (w) => 4.5 * w * w,
      "one step": [
        [1, 4.5],
        [0, 0],
      ],
    },
    { from: -1.2, to: 1.2, xLabel: "w", yLabel: "C" },
  ),
  "A parabola with two points: the start at w = 1 and, " +
    "after one step of the best rate, the bottom.",
);

// %% [markdown]
// **2.** Find nine numbers that solve XOR exactly, without any training. (Let the first neuron count the ones, and the second one
// tell whether there are two.)

// %% {"tags":["exercise"]}
// //                   w1 w2 w3 w4 w5 w6 b1 b2 b3
// const exact: Nine = [1, 1, 1, 1, 1, 1, 0, 0, 0];

// %% {"tags":["solution"]}
//                   w1 w2 w3 w4 w5 w6 b1 b2 b3
const exact: Nine = [1, 1, 1, 1, 1, -2, 0, -1, 0];

// %% {"tags":["check"]}
const perfect = xorNet(exact).net;
for (const { x, y } of rows) {
  const got = perfect(x)[0].data;
  assert.ok(got === y, `at x = (${x.join(", ")}) the net must say ${y}, got ${got}`);
}
console.log("XOR, exactly.");
