// %% [markdown]
// # Batches: from one entry to matrices, as columns or as rows
//
// After this lesson you can derive the gradients of a net with a hidden layer entry by entry, gather them into matrices whose
// shapes must fit, and run the whole for a batch of examples, with the examples as columns or as rows.
//
// Run it with `npx tsx notebooks/10-batches.ts`.
//
// The folded code imports what is used and defines helpers for matrices: `times` and `plus`, `entrywise` for ⊙, `transposed`, `column`,
// `relu` and its slopes, `gate`. Its `agree` checks that two matrices are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import { grad, jacobian, type Value, value, zeroGrad } from "@chainrule/core";
import { crossEntropyWithLogits, MLP, Random, squaredError } from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { functionPlot, networkToDot, toSvg } from "@chainrule/viz";

type Vector = readonly number[];
type Matrix = readonly Vector[];

const shape = (A: Matrix): string => `${A.length} × ${A[0]!.length}`;
const times = (A: Matrix, B: Matrix): Matrix => {
  if (A[0]!.length !== B.length)
    throw new RangeError(`no product of ${shape(A)} and ${shape(B)}`);
  return A.map((row) =>
    B[0]!.map((_, j) => row.reduce((sum, each, k) => sum + each * B[k]![j]!, 0)),
  );
};
const zip = (A: Matrix, B: Matrix, f: (a: number, b: number) => number): Matrix => {
  assert.equal(shape(A), shape(B), `${shape(A)} and ${shape(B)} do not match`);
  return A.map((row, i) => row.map((each, j) => f(each, B[i]![j]!)));
};
const plus = (A: Matrix, B: Matrix): Matrix => zip(A, B, (a, b) => a + b);
const entrywise = (A: Matrix, B: Matrix): Matrix => zip(A, B, (a, b) => a * b);
const transposed = (A: Matrix): Matrix => A[0]!.map((_, j) => A.map((row) => row[j]!));
const column = (v: Vector): Matrix => v.map((each) => [each]);
const relu = (A: Matrix): Matrix => A.map((row) => row.map((z) => Math.max(0, z)));
/** ReLU′: 1 where z > 0, and 0 elsewhere, at 0 too. */
const gate = (A: Matrix): Matrix => A.map((row) => row.map((z) => (z > 0 ? 1 : 0)));

/** Asserts that two matrices agree, entry by entry, to twelve digits. */
const agree = (got: Matrix, want: Matrix, what = "the matrix"): void => {
  const [had, wanted] = [shape(got), shape(want)];
  assert.equal(had, wanted, `${what} must be ${wanted}, got ${had}`);
  want.forEach((row, i) => {
    row.forEach((b, j) => {
      const a = got[i]![j]!;
      const place = `${what}, row ${i + 1}, column ${j + 1}`;
      assert.ok(
        Math.abs(a - b) <= 1e-12 * Math.abs(b),
        `${place} must be ${b}, got ${a}`,
      );
    });
  });
};

// %% [markdown]
// ## Several paths, and a Jacobian
//
// $J$ depends on several $g_j$, and each of them on several $\theta_i$. Each $g_j$ is a path from $\theta_i$ to $J$, and
// [the paths add up](02-graphs.ts):
//
// $$ \frac{\partial J}{\partial \theta_i} = \sum_j \frac{\partial J}{\partial g_j} \frac{\partial g_j}{\partial \theta_i}. $$
//
// Look at the indices. $\partial g_j / \partial \theta_i$ is entry $(j, i)$ of [the Jacobian](03-jacobians.ts) $G$ of $g$, and the sum runs over $j$,
// its *first* index, down a column. So for all $i$ at once it is $\frac{\partial J}{\partial \theta} = G^\top \frac{\partial J}{\partial g}$, with
// the gradients as columns. This is where the transposed weights of every way back come from: if $g = W a + b$, then $G = W$, so that
//
// $$ \frac{\partial J}{\partial a} = W^\top \frac{\partial J}{\partial g}. $$

// %%
const g = ([s, t]: Value[]) => [s!.mul(t!), s!.sin(), t!.exp()];
const ofG = ([g1, g2, g3]: Value[]) => g1!.mul(g2!).add(g3!);
const theta = [0.7, -0.4];
const G = jacobian(g)(theta);
const atG = g(theta.map((each) => value(each))).map(({ data }) => data);
const whole = grad((at: Value[]) => ofG(g(at)))(theta);
console.log(
  `G is ${shape(G)}; ∂J/∂θ = ${whole.map((each) => each.toFixed(6)).join(", ")}`,
);
agree(times(transposed(G), column(grad(ofG)(atG))), column(whole));

// %% [markdown]
// ## System 1: one number out
//
// $d$ inputs, one hidden layer of $h$ ReLU neurons, and one number $o$, in [convention B](05-layers.ts): $w_{ij}$ leads to $i$, from $j$. The small
// numbers above count layers.
//
// $$ \underset{h \times 1}{z} = \underset{h \times d}{W^1} \, \underset{d \times 1}{x} + \underset{h \times 1}{b^1}, \qquad
//    \underset{h \times 1}{a} = \mathrm{ReLU}(z), \qquad
//    \underset{1 \times 1}{o} = \underset{1 \times h}{W^2} \, \underset{h \times 1}{a} + \underset{1 \times 1}{b^2}, \qquad
//    J = \tfrac12 (y - o)^2. $$
//
// In this lesson $d$ is the number of inputs, $h$ that of hidden neurons, $c$ that of classes and $n$ that of examples. (The lecture
// notes write $m$ for our $h$, and other lessons write it for our $n$. There will be trouble with that letter.) Here with $d = 2$,
// $h = 3$, and numbers so round that you can check all of it on paper.

// %%
const x = [1, 2];
const y = 0.5;
const net = new MLP(2, [3, 1], { activation: "relu" }).setMatrices("B", [
  {
    W: [
      [0.5, -0.25],
      [-1, 0.25],
      [0.75, 0.5],
    ],
    b: [0.5, 0, -0.25],
  },
  { W: [[2, -1, 0.5]], b: [0.25] },
]);
const { outputs, layers } = net.forward(x.map((xj, j) => value(xj, `x${j + 1}`)));
outputs[0].label = "o";
const J = squaredError(outputs[0], y, { half: true });
J.label = "J";
J.backward();
show(
  await toSvg(outputs[0], { collapse: "neurons" }),
  "The graph of system 1 up to o, each neuron one box: two inputs, three hidden neurons, " +
    "of which the second is grey, and the output.",
);

// %% [markdown]
// ### Entry by entry, from the end to the beginning
//
// **From $J$ to $o$.** The 2 of the square cancels the ½, and the inner derivative is $-1$: $\;\frac{\partial J}{\partial o} = -(y - o) = o - y$.
//
// **The last layer.** $o = \sum_i w^2_i a_i + b^2$. Each of $w^2_i$, $a_i$ and $b^2$ acts on $J$ through $o$ alone, with the slopes $a_i$, $w^2_i$ and 1:
//
// $$ \frac{\partial J}{\partial w^2_i} = (o - y)\, a_i, \qquad
//    \frac{\partial J}{\partial b^2} = o - y, \qquad
//    \frac{\partial J}{\partial a_i} = (o - y)\, w^2_i. $$
//
// **The gate.** $a_i$ depends on $z_i$ alone, with slope 1 where $z_i > 0$ and 0 elsewhere. Write $[z_i > 0]$ for that:
//
// $$ \frac{\partial J}{\partial z_i} = \frac{\partial J}{\partial a_i} \, [z_i > 0]. $$
//
// **The first layer.** $z_i = \sum_k w^1_{ik} x_k + b^1_i$. So $w^1_{ij}$ acts through $z_i$ alone, with slope $x_j$, and $b^1_i$ with slope 1:
//
// $$ \frac{\partial J}{\partial w^1_{ij}} = \frac{\partial J}{\partial z_i} \, x_j, \qquad
//    \frac{\partial J}{\partial b^1_i} = \frac{\partial J}{\partial z_i}. $$
//
// ### Gathered
//
// There are three patterns in these lines. An entry $u_i v_j$ belongs to the matrix $u v^\top$, a column times a row. A sum over the first index,
// $\sum_k w_{ki} u_k$, is entry $i$ of $W^\top u$. And $u_i v_i$, each with its own, is $u \odot v$. With that, the seven derivatives become seven
// lines. A gradient has the shape of what it is the gradient of; if the shapes do not fit, the formula is wrong.

// %%
const [first, second] = net.matrices("B");
const z = plus(times(first!.W, column(x)), column(first!.b));
const a = relu(z);
const o = plus(times(second!.W, a), column(second!.b));
const dJdo = plus(o, [[-y]]);

const [aT, W2T, xT] = [a, second!.W, column(x)].map(transposed);
const dJdW2 = times(dJdo, aT!);
const dJda = times(W2T!, dJdo);
const dJdz = entrywise(dJda, gate(z));
const dJdW1 = times(dJdz, xT!);

assert.deepEqual([z, o], [[[0.5], [-0.5], [1.5]], [[2]]]); // on paper
agree(second!.gradW, dJdW2);
agree(column(second!.gradb), dJdo);
agree(first!.gradW, dJdW1);
agree(column(first!.gradb), dJdz);
agree([[outputs[0].grad]], dJdo);
agree(column(layers[0]!.a.map(({ grad }) => grad)), dJda);
agree(column(layers[0]!.delta), dJdz);

// %% [markdown]
// Here they are as a table, with their shapes; the folded code prints it. A semicolon ends a row of a matrix.

// %% {"tags":["hide-input"]}
const text = (A: Matrix): string => A.map((row) => row.join(", ")).join("; ");
const line = (formula: string, A: Matrix, shapes = shape(A)): string =>
  `| $${formula}$ | ${shapes} | ${shape(A)} | ${text(A)} |`;
const lines = [
  "| formula | shapes | result | numbers |",
  "| --- | --- | --- | --- |",
  line("\\partial J/\\partial o = o - y", dJdo),
  line(
    "\\partial J/\\partial W^2 = (o - y)\\, a^\\top",
    dJdW2,
    `${shape(dJdo)} · ${shape(aT!)}`,
  ),
  line("\\partial J/\\partial b^2 = o - y", dJdo),
  line(
    "\\partial J/\\partial a = W^{2\\top} (o - y)",
    dJda,
    `${shape(W2T!)} · ${shape(dJdo)}`,
  ),
  line(
    "\\partial J/\\partial z = \\partial J/\\partial a \\odot [z > 0]",
    dJdz,
    `${shape(dJda)} ⊙ ${shape(gate(z))}`,
  ),
  line(
    "\\partial J/\\partial W^1 = \\partial J/\\partial z \\; x^\\top",
    dJdW1,
    `${shape(dJdz)} · ${shape(xT!)}`,
  ),
  line("\\partial J/\\partial b^1 = \\partial J/\\partial z", dJdz),
];
show({ "text/markdown": lines.join("\n") });

// %% [markdown]
// Look at the second neuron. $\partial J / \partial a_2 = -1.5$, so $J$ would care. But $z_2 < 0$, the gate is shut,
// and nothing behind it gets any gradient: not its bias, not its weights. It did not take part, so it is not to blame. In the picture all of
// its lines are grey, the one that leads on to the output too, for that weight is multiplied by $a_2 = 0$. (In the graph above that
// line is blue: there a line has the colour of what comes back along it, $-1.5$; here, that of the gradient of its weight.)

// %%
show(
  await toSvg(networkToDot(net, { inputLabels: ["x₁", "x₂"], outputLabels: ["o"] })),
  "Two inputs, three hidden neurons, one output. " +
    "The second hidden neuron and all lines from and to it are grey: gradient 0.",
);

// %% [markdown]
// ## System 2: several classes
//
// Now $c$ numbers come out, $s = W^2 a + b^2$, one for each class, and $J = -\ln p_y$ with $p = \mathrm{softmax}(s)$. Written with selectors,
//
// $$ J = -\sum_{k=1}^c [k = y] \ln \frac{e^{s_k}}{\sum_j e^{s_j}} = -s_y + \ln \sum_j e^{s_j}. $$
//
// The second form is easy to differentiate: $\frac{\partial}{\partial s_k} \ln \sum_j e^{s_j} = \frac{e^{s_k}}{\sum_j e^{s_j}} = p_k$. So
//
// $$ \frac{\partial J}{\partial s_k} = p_k - [k = y], \qquad \frac{\partial J}{\partial s} = p - e(y). $$
//
// The rest is system 1, with one difference. $a_i$ now acts on *all* of $s_1, \dots, s_c$. There are $c$ paths, and they add up:
//
// $$ \frac{\partial J}{\partial a_i} = \sum_{k=1}^c \frac{\partial J}{\partial s_k} \, w^2_{ki}, \qquad
//    \underset{h \times 1}{\frac{\partial J}{\partial a}} = \underset{h \times c}{W^{2\top}} \, \underset{c \times 1}{\frac{\partial J}{\partial s}}. $$
//
// And $\frac{\partial J}{\partial w^2_{ij}} = \frac{\partial J}{\partial s_i} a_j$ is the pattern $u v^\top$ again. With $\delta^2 = \partial J / \partial s$ and
// $\delta^1 = \partial J / \partial z$ the whole algorithm is
//
// 1. forward: $z$, $a$, $s$;
// 2. $\delta^2 = p - e(y)$, or whatever else the loss gives: $o - y$ for system 1;
// 3. $\delta^1 = (W^{2\top} \delta^2) \odot \mathrm{ReLU}'(z)$;
// 4. the gradients of $W^2, b^2, W^1, b^1$: $\; \delta^2 a^\top, \; \delta^2, \; \delta^1 x^\top, \; \delta^1$.

// %%
/** The parameters of a net with one hidden layer, or their gradients. */
interface TwoLayers {
  readonly W1: Matrix;
  readonly b1: Matrix;
  readonly W2: Matrix;
  readonly b2: Matrix;
}

const forward = ({ W1, b1, W2, b2 }: TwoLayers, x: Matrix) => {
  const z = plus(times(W1, x), b1);
  const a = relu(z);
  return { x, z, a, s: plus(times(W2, a), b2) };
};

const backward = (
  { W2 }: TwoLayers,
  { x, z, a }: ReturnType<typeof forward>,
  delta2: Matrix,
): TwoLayers => {
  const delta1 = entrywise(times(transposed(W2), delta2), gate(z));
  return {
    W1: times(delta1, transposed(x)),
    b1: delta1,
    W2: times(delta2, transposed(a)),
    b2: delta2,
  };
};

// %% [markdown]
// To try it we need the numbers of a net as matrices, and its gradients likewise.

// %%
/** What a net holds, and what backward() left: biases as columns, in C as rows. */
const inConvention = (net: MLP, name: "B" | "C") => {
  const [one, two] = net.matrices(name);
  const standing = (b: Vector): Matrix => (name === "C" ? [b] : column(b));
  return {
    weights: { W1: one!.W, b1: standing(one!.b), W2: two!.W, b2: standing(two!.b) },
    gradients: {
      W1: one!.gradW,
      b1: standing(one!.gradb),
      W2: two!.gradW,
      b2: standing(two!.gradb),
    },
  };
};
const agreeAll = (got: TwoLayers, want: TwoLayers, what = ""): void => {
  for (const name of ["W1", "b1", "W2", "b2"] as const)
    agree(got[name], want[name], `${what}∂J/∂${name}`);
};

// %% [markdown]
// Three inputs, four hidden neurons, three classes:

// %%
/** A ReLU net with biases at random too. */
const draw = (random: Random, [d, h, c]: readonly [number, number, number]): MLP => {
  const net = new MLP(d, [h, c], { activation: "relu", random });
  for (const { bias } of net.layers.flatMap(({ neurons }) => neurons)) {
    bias.data = random.uniform(-0.5, 0.5);
  }
  return net;
};
const softmaxOf = (s: Vector): Vector => {
  const powers = s.map((each) => Math.exp(each - Math.max(...s)));
  const total = powers.reduce((sum, each) => sum + each, 0);
  return powers.map((power) => power / total);
};

const classifier = draw(new Random(3), [3, 4, 3]);
const input = [0.5, -1, 2];
const label = 2;
const before = crossEntropyWithLogits(classifier(input), label);
before.backward();

const { weights, gradients } = inConvention(classifier, "B");
const pass = forward(weights, column(input));
const p = softmaxOf(pass.s.map(([each]) => each!));
const right = backward(
  weights,
  pass,
  column(p.map((pk, k) => pk - (k === label ? 1 : 0))),
);
agreeAll(right, gradients);
console.log(
  `p = ${p.map((each) => each.toFixed(4)).join(", ")}, the class is ${label}, counted from 0`,
);
console.log(`all ${classifier.parameters().length} derivatives agree with backward()`);

// %% [markdown]
// **A slip to know about.** Where the lecture notes first state $\partial J / \partial s_k$, the two cases are swapped: $p_k$ for $k = y$ and
// $p_k - 1$ for all others. [Lesson 7](07-saturation-and-softmax.ts) refutes it by its sum. Here is what it would do to a whole net. Both gradients go
// through the same algorithm, and we walk from the same point, against the one and against the other. (A smaller slip stands a line above: the notes
// write $J = -\log(\dots) = -\log p_k$. There is no $k$ there yet; it has to be $p_y$.)

// %%
const swapped = backward(
  weights,
  pass,
  column(p.map((pk, k) => (k === label ? pk : pk - 1))),
);
assert.throws(() => agreeAll(swapped, gradients), { name: "AssertionError" });
p.forEach((pk, k) => {
  assert.equal(Math.abs(-Math.log(pk) - before.data) < 1e-9, k === label);
});

const lossAfter = (step: number, direction: TwoLayers): number => {
  const moved = (of: "W1" | "b1" | "W2" | "b2"): Matrix =>
    zip(weights[of], direction[of], (weight, slope) => weight - step * slope);
  const there = { W1: moved("W1"), b1: moved("b1"), W2: moved("W2"), b2: moved("b2") };
  const { s } = forward(there, column(input));
  return -Math.log(softmaxOf(s.map(([each]) => each!))[label]!);
};
assert.ok(lossAfter(0.01, right) < before.data, "against p − e(y) the loss falls");
assert.ok(
  lossAfter(0.01, swapped) > before.data,
  "against the swapped form the loss rises",
);
show(
  functionPlot(
    {
      "p − e(y)": (step) => lossAfter(step, right),
      swapped: (step) => lossAfter(step, swapped),
    },
    { from: 0, to: 0.2, xLabel: "step against the gradient", yLabel: "J" },
  ),
  "Two curves from the same point: against p − e(y) the loss falls, " +
    "against the swapped form it rises.",
);

// %% [markdown]
// ## A batch, as columns
//
// Now $n$ examples at once. Put them side by
// side as the columns of $X$. Each column of $Z$, $A$ and $S$ belongs to one example, and a row of ones [carries the bias to every
// column](05-layers.ts):
//
// $$ \underset{h \times n}{Z} = \underset{h \times d}{W^1} \, \underset{d \times n}{X} + \underset{h \times 1}{b^1} \, \underset{1 \times n}{\vec 1^\top}, \qquad
//    \underset{h \times n}{A} = \mathrm{ReLU}(Z), \qquad
//    \underset{c \times n}{S} = \underset{c \times h}{W^2} \, \underset{h \times n}{A} + \underset{c \times 1}{b^2} \, \underset{1 \times n}{\vec 1^\top}. $$
//
// $J = -\frac1n \sum_e \ln p^{(e)}_{y^{(e)}}$ is the mean, so each column of $\Delta^2 = \partial J / \partial S$ is $\frac1n (p - e(y))$ of its example. From here on
// the $\frac1n$ is inside. And how does $w^2_{ij}$ act on $J$? Through entry $i$ of *every* column of $S$. There are $n$ paths, and they add up:
//
// $$ \frac{\partial J}{\partial w^2_{ij}} = \sum_{e=1}^n \Delta^2_{ie} A_{je} = \bigl( \Delta^2 A^\top \bigr)_{ij}, \qquad
//    \frac{\partial J}{\partial b^2_i} = \sum_{e=1}^n \Delta^2_{ie} \cdot 1 = \bigl( \Delta^2 \vec 1 \bigr)_i. $$
//
// The sum over examples is hidden in the matrix product. For the bias nothing hides it, so we multiply by a column of ones. The gate works entry by
// entry: each neuron has one for each example. Compared with the algorithm for one example, two things are new: the ones on the way
// forward, and the ones on the way back.

// %%
const onesOf = (n: number): Matrix => column(new Array<number>(n).fill(1));

const forwardColumns = ({ W1, b1, W2, b2 }: TwoLayers, X: Matrix) => {
  const row = transposed(onesOf(X[0]!.length));
  const Z = plus(times(W1, X), times(b1, row));
  const A = relu(Z);
  return { X, Z, A, S: plus(times(W2, A), times(b2, row)) };
};

const backwardColumns = (
  { W2 }: TwoLayers,
  { X, Z, A }: ReturnType<typeof forwardColumns>,
  delta2: Matrix,
): TwoLayers => {
  const ones = onesOf(X[0]!.length);
  const delta1 = entrywise(times(transposed(W2), delta2), gate(Z));
  return {
    W1: times(delta1, transposed(X)),
    b1: times(delta1, ones),
    W2: times(delta2, transposed(A)),
    b2: times(delta2, ones),
  };
};

// %% [markdown]
// Five examples for the classifier from above, each of three inputs:

// %%
/** (P − E)/n, with one column for each example; those of E are e(y). */
const errorsOf = (S: Matrix, labels: Vector): Matrix =>
  transposed(
    transposed(S).map((s, e) =>
      softmaxOf(s).map((pk, k) => (pk - (k === labels[e] ? 1 : 0)) / labels.length),
    ),
  );

const random = new Random(12);
const examples = Array.from({ length: 5 }, () =>
  [1, 2, 3].map(() => random.uniform(-1, 1)),
);
const labels = examples.map(() => random.integer(3));
const X = transposed(examples);

zeroGrad(classifier.parameters());
const batchLoss = crossEntropyWithLogits(
  examples.map((each) => classifier(each)),
  labels,
);
batchLoss.backward();
const wanted = inConvention(classifier, "B").gradients;

const passes = forwardColumns(weights, X);
const delta2 = errorsOf(passes.S, labels);
agreeAll(backwardColumns(weights, passes, delta2), wanted);
console.log(`X is ${shape(X)}, Z is ${shape(passes.Z)}, S is ${shape(passes.S)}`);
console.log("the gates, a row for each neuron, a column for each example:");
for (const row of gate(passes.Z)) console.log(`  ${row.join(" ")}`);

// %% [markdown]
// **A slip to know about.** The notes' box with the batched algorithm says $\partial J / \partial b^2 = \delta^2$ and $\partial J / \partial b^1 = \delta^1$. For a
// single example that is right. For a batch the shapes forbid it, as [lesson 5](05-layers.ts) saw for one layer, and no single column of δ will
// do. (Just above their box the notes have $\frac{\partial J}{\partial b} = \frac{\partial J}{\partial S} \vec 1$, and are right.)
//
// And a smaller one. The notes give $\partial J / \partial S_{ij}$ with $i$ for the example and $j$ for the class. But their $S$ is $c \times n$, so its first index
// is the class.

// %%
assert.notEqual(shape(delta2), shape(wanted.b2));
for (const each of transposed(delta2)) {
  assert.throws(() => agree(column(each), wanted.b2), { name: "AssertionError" });
}
console.log(`δ² is ${shape(delta2)}, and b² is ${shape(weights.b2)}`);
const numbers = (A: Matrix): string => A.map(([each]) => each!.toFixed(4)).join(", ");
console.log(`∂J/∂b² by backward(): ${numbers(wanted.b2)}`);
console.log(`δ² · 1:               ${numbers(times(delta2, onesOf(5)))}`);
console.log(`δ², first column:     ${numbers(delta2)}`);

// %% [markdown]
// ## In practice: a batch, as rows
//
// In tables and in most programs an example is a *row*. That is convention C, $Z = X W^1 + \vec 1\, b^1$, with biases that lie down. Nothing has to be
// derived anew. Every matrix of C is the transpose of its namesake in B, the weights too, and $(PQ)^\top = Q^\top P^\top$. So transpose both
// sides of each line. The shapes of the factors stand beside it.
//
// | | B: examples are columns | shapes | C: examples are rows | shapes |
// | --- | --- | --- | --- | --- |
// | $Z$ | $W^1 X + b^1 \vec 1^\top$ | ${(h \times d)(d \times n)}$ | $X W^1 + \vec 1\, b^1$ | ${(n \times d)(d \times h)}$ |
// | $S$ | $W^2 A + b^2 \vec 1^\top$ | ${(c \times h)(h \times n)}$ | $A W^2 + \vec 1\, b^2$ | ${(n \times h)(h \times c)}$ |
// | $\partial J / \partial W^2$ | $\Delta^2 A^\top$ | ${(c \times n)(n \times h)}$ | $A^\top \Delta^2$ | ${(h \times n)(n \times c)}$ |
// | $\partial J / \partial b^2$ | $\Delta^2\, \vec 1$ | ${(c \times n)(n \times 1)}$ | $\vec 1^\top \Delta^2$ | ${(1 \times n)(n \times c)}$ |
// | $\partial J / \partial A$ | $W^{2\top} \Delta^2$ | ${(h \times c)(c \times n)}$ | $\Delta^2 W^{2\top}$ | ${(n \times c)(c \times h)}$ |
// | $\Delta^1$ | $\tfrac{\partial J}{\partial A} \odot \mathrm{ReLU}'(Z)$ | ${(h \times n) \odot (h \times n)}$ | $\tfrac{\partial J}{\partial A} \odot \mathrm{ReLU}'(Z)$ | ${(n \times h) \odot (n \times h)}$ |
// | $\partial J / \partial W^1$ | $\Delta^1 X^\top$ | ${(h \times n)(n \times d)}$ | $X^\top \Delta^1$ | ${(d \times n)(n \times h)}$ |
// | $\partial J / \partial b^1$ | $\Delta^1\, \vec 1$ | ${(h \times n)(n \times 1)}$ | $\vec 1^\top \Delta^1$ | ${(1 \times n)(n \times h)}$ |
//
// In C too, a transpose goes with the input, $X^\top$ and $A^\top$, and one with the weights on the way back. They have only changed sides.

// %%
const forwardRows = ({ W1, b1, W2, b2 }: TwoLayers, X: Matrix) => {
  const ones = onesOf(X.length);
  const Z = plus(times(X, W1), times(ones, b1));
  const A = relu(Z);
  return { X, Z, A, S: plus(times(A, W2), times(ones, b2)) };
};

const backwardRows = (
  { W2 }: TwoLayers,
  { X, Z, A }: ReturnType<typeof forwardRows>,
  delta2: Matrix,
): TwoLayers => {
  const row = transposed(onesOf(X.length));
  const delta1 = entrywise(times(delta2, transposed(W2)), gate(Z));
  return {
    W1: times(transposed(X), delta1),
    b1: times(row, delta1),
    W2: times(transposed(A), delta2),
    b2: times(row, delta2),
  };
};

// %% [markdown]
// Both against `backward()` and against each other: ten nets of random sizes, classes by cross-entropy as in system 2, and single numbers by half the
// mean squared error as in system 1, for which $\Delta^2$ is $\frac1n (o - y)$.

// %%
/** The gradients of J three ways; how many there are, and how many of them are 0. */
const compare = (net: MLP, X: Matrix, J: Value, errors: (S: Matrix) => Matrix) => {
  J.backward();
  const [B, C] = [inConvention(net, "B"), inConvention(net, "C")];
  const columns = forwardColumns(B.weights, transposed(X));
  const rows = forwardRows(C.weights, X);
  const byColumns = backwardColumns(B.weights, columns, errors(columns.S));
  const byRows = backwardRows(C.weights, rows, transposed(errors(transposed(rows.S))));
  agreeAll(byColumns, B.gradients);
  agreeAll(byRows, C.gradients);
  for (const name of ["W1", "b1", "W2", "b2"] as const) {
    agree(byRows[name], transposed(byColumns[name]));
  }
  const all = net.parameters().map(({ grad }) => grad);
  return { all: all.length, zeros: all.filter((each) => each === 0).length };
};

const draws = new Random(2);
const size = () => 2 + draws.integer(4);
const drawInputs = (n: number, d: number): Matrix =>
  Array.from({ length: n }, () => Array.from({ length: d }, () => draws.uniform(-1, 1)));
const counts = Array.from({ length: 5 }, () => {
  const [d, h, c, n] = [size(), size(), size(), size()];
  const X = drawInputs(n!, d!);

  const classes = X.map(() => draws.integer(c!));
  const several = draw(draws, [d!, h!, c!]);
  const entropy = crossEntropyWithLogits(
    X.map((x) => several(x)),
    classes,
  );

  const targets = X.map(() => draws.uniform(-1, 1));
  const single = draw(draws, [d!, h!, 1]);
  const half = squaredError(
    X.map((x) => single(x)[0]),
    targets,
    { half: true },
  );
  return [
    compare(several, X, entropy, (S) => errorsOf(S, classes)),
    compare(single, X, half, ([o]) => [o!.map((each, e) => (each - targets[e]!) / n!)]),
  ];
}).flat();
const sumOf = (what: "all" | "zeros") =>
  counts.reduce((sum, each) => sum + each[what], 0);
console.log(
  `${sumOf("all")} derivatives agree three ways, ${sumOf("zeros")} of them are 0`,
);
assert.ok(sumOf("zeros") > 0, "some of the derivatives are 0");

// %% [markdown]
// ## One letter for two things
//
// In the scan that we have, the notes use $m$ for the number of hidden neurons, and in the part "in practice" for the number of examples too:
// $X$ is $m \times d$, $W^1$ is $d \times m$, and so $Z$ is "$m \times m$". It is $n \times h$. The same happens to the ones: $\vec 1_m$ is a
// column in $Z = X W^1 + \vec 1_m b^1$, and has to be a row in $\partial J / \partial b^1 = \vec 1_m \cdot \partial J / \partial Z$.
//
// Is that pedantry? Shapes are your best guard against slips, and a letter that means two things disarms it. Take a net with as many hidden neurons
// as examples, so that $\Delta^1$ is square, and sum it the wrong way round, over neurons and not over examples:

// %%
const sumTheWrongWay = (delta1: Matrix): Matrix =>
  transposed(times(transposed(onesOf(labels.length)), delta1)); // 1ᵀΔ¹ in B, as if it were C

for (const h of [4, 5]) {
  const net = draw(new Random(9), [3, h, 3]);
  crossEntropyWithLogits(
    examples.map((each) => net(each)),
    labels,
  ).backward();
  const { weights, gradients } = inConvention(net, "B");
  const { S, Z } = forwardColumns(weights, X);
  const delta1 = entrywise(times(transposed(weights.W2), errorsOf(S, labels)), gate(Z));
  const shapes = `${h} hidden neurons, ${labels.length} examples`;
  agree(times(delta1, onesOf(labels.length)), gradients.b1);
  if (h !== labels.length) {
    assert.throws(() => sumTheWrongWay(delta1), {
      message: "no product of 1 × 5 and 4 × 5",
    });
    console.log(`${shapes}: refused, no product of 1 × 5 and 4 × 5`);
  } else {
    console.log(`${shapes}: ${numbers(sumTheWrongWay(delta1))}`);
    console.log(`the right ones:              ${numbers(gradients.b1)}`);
    assert.throws(() => agree(sumTheWrongWay(delta1), gradients.b1));
  }
}

// %% [markdown]
// With 4 and 5 the slip is refused. With 5 and 5 it runs, and gives five numbers that look like any others. So try your
// programs with sizes that all differ.
//
// ## Your turn
//
// **1.** Some examples count more than others: $J = \sum_e \omega_e J_e$ with weights $\omega_e$ that add up to 1, in place of $\frac1n$ for each. Which of the four steps of
// the algorithm changes? Write $\Delta^2$ for that, with examples as columns.

// %% {"tags":["exercise"]}
// const weightedErrors = (S: Matrix, labels: Vector, omega: Vector): Matrix => {
//   assert.equal(omega.length, labels.length);
//   return errorsOf(S, labels); // all examples count alike
// };

// %% {"tags":["solution"]}
const weightedErrors = (S: Matrix, labels: Vector, omega: Vector): Matrix =>
  errorsOf(S, labels).map((row) =>
    row.map((each, e) => each * labels.length * omega[e]!),
  );

// %% {"tags":["check"]}
const omega = [0.4, 0.1, 0.1, 0.3, 0.1];
zeroGrad(classifier.parameters());
examples
  .map((each, e) => crossEntropyWithLogits(classifier(each), labels[e]!).mul(omega[e]!))
  .reduce((total, each) => total.add(each))
  .backward();
agreeAll(
  backwardColumns(weights, passes, weightedErrors(passes.S, labels, omega)),
  inConvention(classifier, "B").gradients,
  `by weightedErrors for ω = (${omega.join(", ")}): `,
);
console.log("Step 2 alone, and it is right.");

// %% [markdown]
// **2.** Write the way back for *any* number of layers, with examples as rows. All hidden layers are ReLU. You get the weights $W^1, W^2, \dots$, the activations
// $A^0 = X, A^1, A^2, \dots$ of the hidden layers, and Δ of the last layer; you return $\partial J / \partial W$ and $\partial J / \partial b$ of each layer. ($A > 0$ where $Z > 0$, so
// `gate` takes either.)

// %% {"tags":["exercise"]}
// const backwardDeep = (W: readonly Matrix[], A: readonly Matrix[], delta: Matrix) => {
//   return W.map((_, l) => ({
//     W: times(transposed(A[l]!), delta), // right for the last layer; what of the others?
//     b: times(transposed(onesOf(delta.length)), delta),
//   }));
// };

// %% {"tags":["solution"]}
const backwardDeep = (W: readonly Matrix[], A: readonly Matrix[], delta: Matrix) => {
  const gradients: { W: Matrix; b: Matrix }[] = [];
  let at = delta;
  for (let l = W.length - 1; l >= 0; l--) {
    gradients.unshift({
      W: times(transposed(A[l]!), at),
      b: times(transposed(onesOf(at.length)), at),
    });
    if (l > 0) at = entrywise(times(at, transposed(W[l]!)), gate(A[l]!));
  }
  return gradients;
};

// %% {"tags":["check"]}
const deep = new MLP(3, [6, 5, 4, 3], { activation: "relu", seed: 8 });
const forwards = examples.map((each) => deep.forward(each));
crossEntropyWithLogits(
  forwards.map(({ outputs }) => outputs),
  labels,
).backward();
const outputsOf = (l: number): Matrix =>
  forwards.map(({ layers }) => layers[l]!.a.map(({ data }) => data));
const deepLayers = deep.matrices("C");
backwardDeep(
  deepLayers.map(({ W }) => W),
  [examples, outputsOf(0), outputsOf(1), outputsOf(2)],
  transposed(errorsOf(transposed(outputsOf(3)), labels)),
).forEach(({ W, b }, l) => {
  agree(W, deepLayers[l]!.gradW, `backwardDeep: ∂J/∂W of layer ${l + 1}`);
  agree(b, [deepLayers[l]!.gradb], `backwardDeep: ∂J/∂b of layer ${l + 1}`);
});
console.log(`All ${deep.parameters().length} derivatives are right.`);
