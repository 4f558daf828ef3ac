// %% [markdown]
// # Layers and matrices
//
// After this lesson you can compute a whole layer of neurons by one matrix product, read any book's notation for it,
// count the parameters of a network, and feed it many examples at once.
//
// Run it with `npx tsx notebooks/05-layers.ts`.
//
// The folded code imports what is used and defines helpers for matrices: `times` and `plus`, `transposed`, `column`, which stands
// a vector up, and `shape` and `text`, which describe and print. `near` checks that two numbers are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import { sum, value } from "@chainrule/core";
import { conventions, Layer, MLP, Neuron } from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { networkToDot, toSvg } from "@chainrule/viz";

type Vector = readonly number[];
type Matrix = readonly Vector[];

/** The product of two matrices: each row of the first with each column of the second. */
const times = (A: Matrix, B: Matrix): number[][] => {
  const [length, height] = [A[0]!.length, B.length];
  if (length !== height)
    throw new RangeError(`rows of ${length} do not fit columns of ${height}`);
  return A.map((row) =>
    B[0]!.map((_, j) => row.reduce((total, entry, k) => total + entry * B[k]![j]!, 0)),
  );
};
const plus = (A: Matrix, B: Matrix): number[][] =>
  A.map((row, i) => row.map((entry, j) => entry + B[i]![j]!));
const transposed = (A: Matrix): number[][] =>
  A[0]!.map((_, j) => A.map((row) => row[j]!));
const column = (v: Vector): number[][] => v.map((entry) => [entry]);
const shape = (A: Matrix): string => `${A.length} × ${A[0]!.length}`;

/** Fails unless two numbers agree to twelve digits, however small they are. */
const near = (actual: number, expected: number, what = "the number"): void => {
  assert.ok(
    Math.abs(actual - expected) <= 1e-12 * Math.abs(expected),
    `${what} must be ${expected}, got ${actual}`,
  );
};

/** A matrix as people write it, on one line. */
const text = (A: Matrix): string =>
  `[${A.map((row) => `[${row.join(", ")}]`).join(", ")}]`;

// %% [markdown]
// ## A layer is a matrix
//
// Put some neurons side by side, and give all of them the same inputs. Each has its own weights. Write the weights of the
// first neuron into the first row of a matrix $W$, those of the second into the second row. Then all the sums of products
// at once are the matrix product $Wx$:
//
// $$ W x = \begin{bmatrix} 5 & 2 \\ 3 & 6 \end{bmatrix} \begin{bmatrix} 10 \\ 20 \end{bmatrix} = \begin{bmatrix} 5 \cdot 10 +
// 2 \cdot 20 \\ 3 \cdot 10 + 6 \cdot 20 \end{bmatrix} = \begin{bmatrix} 90 \\ 150 \end{bmatrix}. $$
//
// Add the bias, say 6, to get $z = [96, 156]$. Then comes the activation, element by element. ReLU leaves positive numbers
// as they are: $a = [96, 156]$.

// %%
const W = [
  [5, 2],
  [3, 6],
];
const x = [10, 20];

const layer = Layer.of(W.map((weights) => Neuron.of(weights, 6, { activation: "relu" })));
const { z, a } = layer.forward(x);
console.log(`Wx = ${text(times(W, column(x)))}`);
console.log(
  `z = ${z.map((zi) => zi.data).join(", ")}; a = ${a.map((ai) => ai.data).join(", ")}`,
);
assert.deepEqual(times(W, column(x)), [[90], [150]]);
assert.deepEqual(
  z.map((zi) => zi.data),
  [96, 156],
);
assert.deepEqual(
  a.map((ai) => ai.data),
  [96, 156],
);

// %% [markdown]
// In $[90, 150] + 6$ the lecture notes add *one* number to a vector: the scalar expansion of
// [lesson 3](03-jacobians.ts). Usually each neuron has a bias of its own, $b_1, b_2, \dots$, and that is what a `Layer` has. If
// both neurons really share one number, that number gets the gradients of both, added up, for it acts along two paths.

// %%
sum(a).backward();
const own = layer.neurons.map(({ bias }) => bias.grad);

const b = value(6, "b");
const sharing = Layer.of(
  W.map((weights) => Neuron.of(weights, b, { activation: "relu" })),
);
sum(sharing(x)).backward();
console.log(`own biases: gradients ${own.join(" and ")}; one for both: ${b.grad}`);
assert.deepEqual(own, [1, 1]);
assert.equal(b.grad, 1 + 1);

// %% [markdown]
// ## Which index comes first?
//
// In $W$ above, $w_{jk}$ is the weight **to** neuron $j$ **from** input $k$. To-from looks backwards; it is chosen so that
// the product can be written $Wx$. Other authors write $w_{ij}$ from $i$ to $j$; then the same weights lie *transposed*,
// with a column for each neuron. There are three conventions, and you will meet all of them:

// %%
show({
  "text/markdown": [
    "| | formula | shape of W | indices of a weight |",
    "|---|---|---|---|",
    ...Object.entries(conventions).map(
      ([name, row]) =>
        `| ${name} | ${row.formula} | ${row.shape} | ${row.indices.join(", ")} |`,
    ),
  ].join("\n"),
});

// %% [markdown]
// In A and B an example is a column. In C it is a row, which is how data lie in a table, and how most programs do it.
//
// Here is a layer with 2 inputs and 3 neurons in all of them. Nothing about the layer changes, only the way it is written
// down.

// %%
const wide = Layer.of([
  Neuron.of([1, 2], 0.5),
  Neuron.of([3, 4], -1),
  Neuron.of([5, 6], 0),
]);
const [A, B, C] = [wide.matrices("A"), wide.matrices("B"), wide.matrices("C")];
console.log(`A: W is ${shape(A.W)}, ${text(A.W)}`);
console.log(`B: W is ${shape(B.W)}, ${text(B.W)}`);
console.log(`C: W is ${shape(C.W)}, ${text(C.W)}`);

const input = [10, -1];
const byA = plus(times(transposed(A.W), column(input)), column(A.b)); // Wᵀa + b
const byB = plus(times(B.W, column(input)), column(B.b)); // Wa + b
const byC = plus(times([input], C.W), [C.b]); // aW + b, as rows
console.log(`z = ${text(byA)} (A) = ${text(byB)} (B), and lying ${text(byC)} (C)`);

const truth = wide.forward(input).z.map((zi) => zi.data);
assert.deepEqual(byA, column(truth));
assert.deepEqual(byB, column(truth));
assert.deepEqual(byC, [truth]);
assert.deepEqual(A.W, transposed(B.W));
assert.deepEqual(A.W, C.W);

// %% [markdown]
// A set of lecture notes says that $W$ has the shape $n_\mathrm{in} \times n_\mathrm{out}$, as in A and C, and then writes $z = Wa + b$, as
// in B. For a layer with as many inputs as neurons nobody would notice: the shapes fit, and the numbers are wrong. With
// 2 inputs and 3 neurons it cannot even be computed. Right are the pairs of the table.

// %%
assert.throws(() => times(A.W, column(input)), RangeError);
try {
  wide.setMatrices("B", A);
} catch (error) {
  console.log((error as Error).message);
}
const [right, wrong] = [times(W, column(x)), times(transposed(W), column(x))];
console.log(`square: Wx = ${text(right)}, but Wᵀx = ${text(wrong)}`);
assert.deepEqual(wrong, [[5 * 10 + 3 * 20], [2 * 10 + 6 * 20]]);
assert.notDeepEqual(wrong, right);

// %% [markdown]
// ## Layer after layer
//
// The outputs of one layer are the inputs of the next, so a network is a chain of functions:
//
// $$ a^0 = x, \qquad a^1 = g(W^1 a^0 + b^1), \qquad a^2 = g(W^2 a^1 + b^2), \qquad \dots $$
//
// (Here $g$ is the activation. The small numbers above say which layer; they are no powers. The last layer may have an
// activation of its own, or none: that of an `MLP` is linear unless told.) All layers but the last are called **hidden**. A network
// in which every neuron gets all outputs of the layer before is called dense, fully connected, or a *multilayer perceptron*.

// %%
const net = new MLP(2, [3, 1], { activation: "tanh", seed: 4 });
console.log(String(net));

const [first, second] = net.matrices("B");
const point = [0.5, -1];
const a1 = plus(times(first!.W, column(point)), column(first!.b)).map(([zi]) => [
  Math.tanh(zi!),
]);
const a2 = plus(times(second!.W, a1), column(second!.b));
const output = net(point)[0];
near(output.data, a2[0]![0]!, "the net's output, by matrices");

output.backward();
show(
  await toSvg(networkToDot(net, { title: "2 inputs, 3 hidden neurons, 1 output" })),
  "Two inputs, a panel with three hidden neurons and one with one output; " +
    "every weight is a line.",
);

// %% [markdown]
// ## How many parameters?
//
// A layer with $n_\mathrm{in}$ inputs and $n_\mathrm{out}$ neurons has $n_\mathrm{in} \cdot n_\mathrm{out}$ weights and $n_\mathrm{out}$ biases. With sizes
// $n_0$ (the inputs), $n_1, \dots, n_L$ a network has this many weights, and this many biases:
//
// $$ \sum_{i=1}^{L} n_{i-1}\, n_i, \qquad \sum_{i=1}^{L} n_i. $$

// %%
const weightCount = (sizes: Vector): number =>
  sizes.slice(1).reduce((total, size, i) => total + sizes[i]! * size, 0);
const biasCount = (sizes: Vector): number =>
  sizes.slice(1).reduce((total, size) => total + size, 0);

const uneven = new MLP(4, [8, 5, 3]);
console.log(`${uneven.parameterCounts().join(" + ")} = ${uneven.parameters().length}`);
assert.deepEqual(uneven.parameterCounts(), [4 * 8 + 8, 8 * 5 + 5, 5 * 3 + 3]);
assert.equal(
  uneven.parameters().length,
  weightCount([4, 8, 5, 3]) + biasCount([4, 8, 5, 3]),
);

// %% [markdown]
// The lecture notes print another formula, for $n$ inputs, $k$ outputs and $L$ layers: weights
// $(L - 1) \cdot (n^{i-1} n^i) + n k$, biases $(L - 1) \cdot n^i + k$. It multiplies by $L - 1$ where it should add up, as if
// all hidden layers were of one size. And $n k$ would join inputs and outputs directly. Let us read it as kindly as we can,
// with all hidden layers of one size $h$. Then the biases are right, and the weights are too many by $(h - n)(h - k)$:

// %%
const printed = (n: number, h: number, hidden: number, k: number) =>
  hidden * h * h + n * k;
for (const [n, h, hidden, k] of [
  [4, 4, 2, 3],
  [4, 8, 2, 3],
  [4, 8, 3, 8],
] as const) {
  const sizes = [n, ...Array.from({ length: hidden }, () => h), k];
  const real = new MLP(n, sizes.slice(1)).layers
    .flatMap(({ neurons }) => neurons)
    .reduce((total, { weights }) => total + weights.length, 0);
  assert.equal(real, weightCount(sizes));
  assert.equal(printed(n, h, hidden, k) - real, (h - n) * (h - k));
  assert.equal(hidden * h + k, biasCount(sizes));
  console.log(
    `${sizes.join(" → ")}: printed ${printed(n, h, hidden, k)} weights, really ${real}`,
  );
}
// %% [markdown]
// So it is right only where the hidden layers are as wide as the inputs, or as the outputs. The sums above are always right.
//
// ## Many examples at once
//
// A **batch** is several examples together. In B each is a column: $X$ has the shape inputs × examples. One product gives
// the $z$ of all of them. The bias has to be added to each column. The trick is to multiply it with a row of ones, one for
// each example, for $b\, \vec 1^\top$ is a matrix with $b$ in every column:
//
// $$ Z = W X + b\, \vec 1^\top \quad (B), \qquad\qquad Z = X W + \vec 1\, b \quad (C). $$
//
// In C each example is a row, $X$ is examples × inputs, and $b$ lies as a row.

// %%
const examples = [
  [1, -1],
  [0, 0],
  [1, -0.5],
  [-1, 1],
];
const ones = examples.map(() => 1);

const ZB = plus(times(B.W, transposed(examples)), times(column(B.b), [ones]));
const ZC = plus(times(examples, C.W), times(column(ones), [C.b]));
console.log(`B: Z is ${shape(ZB)}, ${text(ZB)}`);
console.log(`C: Z is ${shape(ZC)}, ${text(ZC)}`);
assert.deepEqual(ZC, transposed(ZB));
assert.deepEqual(
  ZC,
  examples.map((example) => wide.forward(example).z.map((zi) => zi.data)),
);

// %% [markdown]
// ## Back through the bias
//
// The bias is one number for all examples, so its gradient is a sum over examples. Call $\Delta = \partial J/\partial Z$ the
// gradient of $Z$, of the same shape as $Z$. Then in B
//
// $$ \frac{\partial J}{\partial b} = \Delta\, \vec 1, \qquad \frac{\partial J}{\partial W} = \Delta X^\top, $$
//
// and in C $\vec 1^\top \Delta$ and $X^\top \Delta$. A product with ones is just a sum. The box with the algorithm for batches in the
// lecture notes prints $\partial J/\partial b = \delta$ without it. The shapes tell that this cannot be: $b$ has 3 numbers, and Δ has
// 3 × 4. (Just before, they have it right.)
//
// Let $J$ be the sum of all the $a = \tanh z$. Then Δ holds $1 - a^2$.

// %%
for (const parameter of wide.parameters()) assert.equal(parameter.grad, 0);
sum(examples.flatMap((example) => wide(example))).backward();

const delta = ZB.map((row) => row.map((zi) => 1 - Math.tanh(zi) ** 2));
const { gradW, gradb } = wide.matrices("B");
const bySum = times(delta, column(ones));
const byProduct = times(delta, examples);
bySum.forEach(([entry], j) => {
  near(entry!, gradb[j]!);
});
byProduct.flat().forEach((entry, i) => {
  near(entry, gradW.flat()[i]!);
});
assert.deepEqual(wide.matrices("C").gradW, transposed(gradW));
console.log(
  `Δ is ${shape(delta)}, ∂J/∂b has ${gradb.length}:`,
  gradb.map((entry) => entry.toFixed(6)).join(", "),
);
console.log(
  `Δ for the first example alone: ${delta.map(([entry]) => entry!.toFixed(6)).join(", ")}`,
);
assert.ok(
  Math.abs(delta[0]![0]! - gradb[0]!) > 0.1,
  "one example alone does not give the sum over all four",
);

// %% [markdown]
// ## Your turn: from one convention to another
//
// A paper gives you, for a layer with 3 inputs and 2 neurons, weights $w_{ij}$ from $i$ to $j$, and biases: convention A.
// You have one matrix product and no addition. So append a 1 to each example, and put the biases into the matrix, where
// they meet that 1. Write the function that makes, of $W$ and $b$ in A, the matrix $M$ with
//
// $$ M \begin{bmatrix} x \\ 1 \end{bmatrix} = z. $$

// %% {"tags":["exercise"]}
// const withBias = ({ W, b }: { readonly W: Matrix; readonly b: Vector }): number[][] =>
//   [...W.map((row) => [...row]), [...b]]; // W is 3 × 2 and b has 2 numbers; what shape has M?

// %% {"tags":["solution"]}
const withBias = ({ W, b }: { readonly W: Matrix; readonly b: Vector }): number[][] =>
  b.map((bj, j) => [...W.map((row) => row[j]!), bj]);

// %% {"tags":["check"]}
const paper = {
  W: [
    [1, -1],
    [2, 0],
    [0.5, 4],
  ],
  b: [0.25, -3],
};
const M = withBias(paper);
assert.ok(
  shape(M) === "2 × 4",
  `withBias(paper), a row for each neuron, must be 2 × 4, got ${shape(M)}`,
);
const ofPaper = new Layer(3, 2).setMatrices("A", paper);
for (const example of [
  [0, 0, 0],
  [1, -2, 4],
]) {
  const wanted = text(column(ofPaper.forward(example).z.map((zi) => zi.data)));
  const got = text(times(M, column([...example, 1])));
  assert.ok(
    got === wanted,
    `x = (${example.join(", ")}): M times (x, 1) must be ${wanted}, got ${got}`,
  );
}
console.log("One product does it all.");

// %% [markdown]
// ## Your turn: a network in rows
//
// Write the forward pass of a whole network for a batch, in C: tanh after every layer but the last, as `MLP` does. `times`
// and `plus` are above; the bias must reach every row.

// %% {"tags":["exercise"]}
// const forwardRows = (
//   X: Matrix,
//   layers: readonly { readonly W: Matrix; readonly b: Vector }[],
// ): Matrix => {
//   let a = X;
//   for (const { W } of layers) a = times(a, W); // the bias and the tanh are missing
//   return a;
// };

// %% {"tags":["solution"]}
const forwardRows = (
  X: Matrix,
  layers: readonly { readonly W: Matrix; readonly b: Vector }[],
): Matrix => {
  let a = X;
  layers.forEach(({ W, b }, l) => {
    const z = times(a, W).map((row) => row.map((entry, j) => entry + b[j]!));
    a = l === layers.length - 1 ? z : z.map((row) => row.map(Math.tanh));
  });
  return a;
};

// %% {"tags":["check"]}
const deep = new MLP(2, [4, 3, 2], { seed: 1 }).set({
  "layers.1.neurons.0.b": 0.5,
  "layers.2.neurons.1.b": -2,
});
const rows = forwardRows(examples, deep.matrices("C"));
examples.forEach((example, i) => {
  deep(example).forEach(({ data }, j) => {
    near(
      rows[i]![j]!,
      data,
      `forwardRows at x = (${example.join(", ")}): output ${j + 1}`,
    );
  });
});
console.log("All examples, all outputs are right.");
