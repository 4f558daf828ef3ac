// %% [markdown]
// # Many numbers at once: Jacobians, and the steepest way up
//
// After this lesson you can write down all derivatives of a function of several numbers with several results as one
// table, multiply such tables where functions are chained, and say which way a function climbs fastest.
//
// Run it with `npx tsx notebooks/03-jacobians.ts`.
//
// The folded code imports what is used and defines small helpers: `print` prints a matrix, `agree` checks that two of them are
// the same to twelve digits, `times` multiplies them, and `diag` makes a diagonal one.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import {
  add,
  cos,
  div,
  exp,
  grad,
  jacobian,
  jvp,
  log,
  mul,
  type Scalar,
  sub,
  sum,
  type Value,
} from "@chainrule/core";
import { show } from "@chainrule/notebooks";
import { functionPlot, lossSurface } from "@chainrule/viz";

type Vector = readonly number[];
type Matrix = readonly Vector[];
type Pair = [Value, Value];

/** Prints a matrix, a row on each line. */
const print = (name: string, rows: Matrix): void => {
  const cells = rows.map((row) =>
    row.map((entry) => String(Number(entry.toFixed(4)) + 0)),
  );
  const width = Math.max(...cells.flat().map((cell) => cell.length));
  cells.forEach((row, i) => {
    const start = i === 0 ? `${name} = ` : " ".repeat(name.length + 3);
    console.log(`${start}[ ${row.map((cell) => cell.padStart(width)).join("  ")} ]`);
  });
};

/** Fails unless two matrices agree to twelve digits, however small the entries. */
const agree = (actual: Matrix, expected: Matrix, what = "the matrix"): void => {
  const shape = (A: Matrix) => `${A.length} × ${A[0]?.length}`;
  assert.equal(
    shape(actual),
    shape(expected),
    `${what} must be ${shape(expected)}, got ${shape(actual)}`,
  );
  expected.forEach((row, i) => {
    row.forEach((entry, j) => {
      const got = actual[i]![j]!;
      assert.ok(
        Math.abs(got - entry) <= 1e-12 * Math.abs(entry),
        `${what}: row ${i + 1}, column ${j + 1} must be ${entry}, got ${got}`,
      );
    });
  });
};

/** The product of two matrices: each row of the first with each column of the second. */
const times = (A: Matrix, B: Matrix): number[][] => {
  assert.equal(
    A[0]!.length,
    B.length,
    "the rows of A must be as long as the columns of B",
  );
  return A.map((row) =>
    B[0]!.map((_, j) => row.reduce((total, entry, k) => total + entry * B[k]![j]!, 0)),
  );
};

const diag = (entries: Vector): number[][] =>
  entries.map((entry, i) => entries.map((_, j) => (i === j ? entry : 0)));

// %% [markdown]
// ## Several numbers in, one out: the gradient
//
// Take $F(x, y) = x^2 + \cos y$. Hold $y$ still and nudge $x$ alone: the slope is the **partial derivative**
// $\partial F/\partial x = 2x$, with a round ∂ to say that others were held still. Likewise
// $\partial F/\partial y = -\sin y$. Write them below each other, and you have the **gradient**
//
// $$ \nabla F = \begin{bmatrix} 2x \\ -\sin y \end{bmatrix}. $$

// %%
const F = ([x, y]: Pair) => x.square().add(cos(y));
const gradient = grad(F)([3, 2]);
console.log(gradient.map((entry) => entry.toFixed(4)).join(", "));
agree([gradient], [[2 * 3, -Math.sin(2)]]);

// %% [markdown]
// ## Several in, several out: the Jacobian
//
// When there are several results, each has its own gradient. Lay them down as rows: **rows are outputs, columns are
// inputs**. This table is the **Jacobian**. For example
//
// $$ F(x, y) = \begin{bmatrix} 2x + y^3 \\ e^y - 13x \end{bmatrix}, \qquad
// J = \begin{bmatrix} \partial F_1/\partial x & \partial F_1/\partial y \\ \partial F_2/\partial x & \partial F_2/\partial y
// \end{bmatrix} = \begin{bmatrix} 2 & 3y^2 \\ -13 & e^y \end{bmatrix}. $$

// %%
const G = ([x, y]: Pair) => [x.mul(2).add(y.pow(3)), exp(y).sub(x.mul(13))];
const JG = jacobian(G)([1, 2]);
print("J", JG);
agree(JG, [
  [2, 3 * 2 ** 2],
  [-13, Math.exp(2)],
]);

// %% [markdown]
// There may be more outputs than inputs; then it is taller than wide. For
//
// $$ f(x_1, x_2) = \begin{bmatrix} 2x_1 + x_2 \\ \pi x_2 \\ -x_1/x_2 \end{bmatrix}, \qquad
// \frac{\partial f}{\partial x} = \begin{bmatrix} 2 & 1 \\ 0 & \pi \\ -1/x_2 & x_1/x_2^2 \end{bmatrix}. $$
//
// A 0 says: this output does not care about that input.

// %%
const tall = ([x1, x2]: Pair) => [x1.mul(2).add(x2), x2.mul(Math.PI), x1.neg().div(x2)];
const Jtall = jacobian(tall)([3, 2]);
print("J", Jtall);
agree(Jtall, [
  [2, 1],
  [0, Math.PI],
  [-1 / 2, 3 / 2 ** 2],
]);

// %% [markdown]
// What is it good for? For small nudges the function moves as the table says: $f(x + h) \approx f(x) + J h$, where $J h$
// is "each row with $h$". `jvp` computes $f$ and $Jh$. Make $h$ ten times smaller, and the error becomes a hundred times
// smaller: what is left is curvature.

// %%
const at: Vector = [3, 2];
const misses = [0.1, 0.01, 0.001].map((size) => {
  const h: [number, number] = [size, -size];
  const [before, Jh] = jvp(tall)([3, 2], h);
  const after = -(at[0]! + h[0]) / (at[1]! + h[1]);
  return Math.abs(after - (before[2]! + Jh[2]!));
});
console.log(misses.map((miss) => miss.toExponential(1)).join(", "));
assert.ok(
  misses[0]! / misses[1]! > 90 && misses[1]! / misses[2]! > 90,
  "a tenth of the nudge, about a hundredth of the error",
);

// %% [markdown]
// A function with one output has a Jacobian with one row: the gradient lying down, $\partial f/\partial x = (\nabla f)^\top$.
// The small ⊤, *transposed*, turns rows into columns. The same numbers; but to multiply matrices one must know which way
// they lie.

// %%
const asRow = jacobian((v: Pair) => [F(v)])([3, 2]);
agree(asRow, [gradient]);

// %% [markdown]
// ## The chain rule, with tables
//
// For one number, $\sin x^2$ is $f = \sin g$ with $g = x^2$, and slopes multiply: $\cos(g) \cdot 2x = 2x \cos x^2$. For
// many numbers **Jacobians multiply**, in the same order. Take
//
// $$ f(x, y) = \begin{bmatrix} \sin(x^2 + y) \\ \ln y^3 \end{bmatrix}, \quad g = \begin{bmatrix} x^2 + y \\ y^3
// \end{bmatrix}, \quad f = \begin{bmatrix} \sin g_1 \\ \ln g_2 \end{bmatrix}: $$
//
// $$ \frac{\partial f}{\partial (x, y)} = \frac{\partial f}{\partial g} \frac{\partial g}{\partial (x, y)} = \begin{bmatrix} \cos g_1
// & 0 \\ 0 & 1/g_2 \end{bmatrix} \begin{bmatrix} 2x & 1 \\ 0 & 3y^2 \end{bmatrix} = \begin{bmatrix} 2x \cos(x^2 + y) &
// \cos(x^2 + y) \\ 0 & 3/y \end{bmatrix}. $$
//
// Why does multiplying matrices come in? With $x_1, x_2$ for the inputs, an entry of the product is $\sum_k \frac{\partial f_i}{\partial g_k}
// \frac{\partial g_k}{\partial x_j}$: a sum over all paths from input $j$ to output $i$, each a product of slopes. It is the
// rule of [the last lesson](02-graphs.ts), for all outputs and inputs at once.

// %%
const sinOfSquare = grad((x: Value) => x.square().sin())(1.5);
agree([[sinOfSquare]], [[2 * 1.5 * Math.cos(1.5 ** 2)]]);

const inner = ([x, y]: Pair): Pair => [x.square().add(y), y.pow(3)];
const outer = ([g1, g2]: Pair): Pair => [g1.sin(), log(g2)];
const [x, y] = [1, 2];
const g: [number, number] = [x ** 2 + y, y ** 3];

const Jinner = jacobian(inner)([x, y]);
const Jouter = jacobian(outer)(g); // at g, not at (x, y)
const product = times(Jouter, Jinner);
const direct = jacobian((v: Pair) => outer(inner(v)))([x, y]);
print("∂f/∂g · ∂g/∂(x, y)", product);
print("direct            ", direct);
agree(product, direct);
agree(direct, [
  [2 * x * Math.cos(x ** 2 + y), Math.cos(x ** 2 + y)],
  [0, 3 / y],
]);

// %% [markdown]
// ## The order matters
//
// Numbers may be multiplied in any order; matrices may not. The outer function comes first. Turned around, the result is
// simply another matrix:

// %%
const turned = times(Jinner, Jouter);
print("∂g/∂(x, y) · ∂f/∂g", turned);
assert.ok(
  Math.abs(turned[0]![1]! - direct[0]![1]!) > 0.1,
  "turned around, it is another matrix",
);

// %% [markdown]
// Often it does not even fit. Let $g$ make three numbers of two, and $f$ one of three:
//
// $$ f = x_1 - 2x_2 + \tfrac{1}{4}x_3, \qquad g = \begin{bmatrix} x_1 + 2x_2 \\ x_2 \\ -x_1 + 3 \end{bmatrix}. $$
//
// There are two ways to the Jacobian of $f \circ g$, which means "first $g$, then $f$".
//
// 1. Substitute: $(x_1 + 2x_2) - 2x_2 + \frac{1}{4}(-x_1 + 3) = \frac{3}{4}x_1 + \frac{3}{4}$. So it is
//    $[\frac{3}{4}, 0]$.
// 2. Multiply: $\begin{bmatrix} 1 & -2 & \frac14 \end{bmatrix} \begin{bmatrix} 1 & 2 \\ 0 & 1 \\ -1 & 0 \end{bmatrix} =
//    [1 - \frac{1}{4}, 2 - 2] = [\frac{3}{4}, 0]$.
//
// 1 × 3 times 3 × 2 gives 1 × 2. The other way, 3 × 2 times 1 × 3, is no product at all.

// %%
const three = ([x1, x2]: Pair): [Value, Value, Value] => [
  x1.add(x2.mul(2)),
  x2,
  x1.neg().add(3),
];
const one = ([a, b, c]: [Value, Value, Value]) => [a.sub(b.mul(2)).add(c.div(4))];
const Jthree = jacobian(three)([7, 5]);
const Jone = jacobian(one)([7 + 2 * 5, 5, -7 + 3]);
print("f∘g", times(Jone, Jthree));
agree(times(Jone, Jthree), [[3 / 4, 0]]);
agree(jacobian((v: Pair) => one(three(v)))([7, 5]), [[3 / 4, 0]]);
assert.throws(() => times(Jthree, Jone), /rows of A/);

// %% [markdown]
// ## One function, two points of view
//
// $f(x, y; a, b) = 2ax + b/y$ has four letters. Which are the variables? That depends on what you want to change. To see
// how the *data* matter, hold $a, b$ still: $[2a, -b/y^2]$. To *learn*, one changes the parameters $a, b$ and holds the data
// still: $[2x, 1/y]$. The function is the same.

// %%
type Numbers = readonly [Scalar, Scalar];
const model = ([x, y]: Numbers, [a, b]: Numbers) =>
  add(mul(mul(2, a), x), div(b, y)) as Value;
const byData = grad((data: Pair) => model(data, [5, 8]))([3, 2]);
const byParameters = grad((parameters: Pair) => model([3, 2], parameters))([5, 8]);
console.log(
  `seen from (x, y): ${byData.join(", ")}; from (a, b): ${byParameters.join(", ")}`,
);
agree([byData], [[2 * 5, -8 / 2 ** 2]]);
agree([byParameters], [[2 * 3, 1 / 2]]);

// %% [markdown]
// ## The steps that nets are made of
//
// Networks use a handful of operations on vectors. Here are their Jacobians, once and for all.
//
// **Element by element.** The first of $v$ with the first of $w$, the second with the second, and so on. Output $i$ knows
// nothing of input $j \ne i$, so everything off the diagonal is 0. For the product $v \odot w$, named after Hadamard
// (the notes write $v \otimes w$),
//
// $$ \frac{\partial (v \odot w)}{\partial v} = \mathrm{diag}(w), \qquad \frac{\partial (v \odot w)}{\partial w} =
// \mathrm{diag}(v), $$
//
// and for the sum both are $\mathrm{diag}(1, \dots, 1)$, the identity $I$.

// %%
const v = [1, 2, 3];
const w = [4, 5, 6];
const hadamard = (a: readonly Scalar[], b: readonly Scalar[]) =>
  a.map((ai, i) => mul(ai, b[i]!));
const byV = jacobian((a: Value[]) => hadamard(a, w))(v);
const byW = jacobian((b: Value[]) => hadamard(v, b))(w);
print("∂(v⊙w)/∂v", byV);
agree(byV, diag(w));
agree(byW, diag(v));
agree(jacobian((a: Value[]) => a.map((ai, i) => ai.add(w[i]!)))(v), diag([1, 1, 1]));

// %% [markdown]
// Nobody stores all these zeros. To multiply by $\mathrm{diag}(w)$ is to multiply by $w$ element by element, and that is
// what programs do.
//
// (In the lecture notes the second entry of one diagonal is printed as the derivative of $v_2 \circ w_1$ by $v_2$, which
// would be $w_1 = 4$ here. The matrix above has $w_2 = 5$: the indices must be the same. They also say that the Jacobian is
// diagonal for *all* element-wise operations on $f(v)$ and $g(w)$. That needs $f$ and $g$ to act entry by entry, too. If
// $f$ turns the order of $v$ around, the entries of $f(v) \odot w$ are $v_3w_1$, $v_2w_2$ and $v_1w_3$.)

// %%
assert.equal(byV[1]![1], w[1]);
assert.notEqual(byV[1]![1], w[0]);

const turnedAround = jacobian((a: Value[]) => hadamard(a.toReversed(), w))(v);
print("f turns v around", turnedAround);
agree(turnedAround, [
  [0, 0, 4],
  [0, 5, 0],
  [6, 0, 0],
]);

// %% [markdown]
// **One number for all.** In $2 \cdot v$ the 2 is used for every entry, as if it were the vector $(2, 2, 2)$. This is
// *scalar expansion*. For $v \cdot x$ with a single number $x$ the Jacobian by $v$ is $\mathrm{diag}(x, \dots, x)$. The one
// by $x$ is a column: $v$ for the product, 1s for the sum $v + x$, and −1s for the difference $v - x$. (The lecture notes call
// the column a gradient. By their own rule, outputs as rows, it is a Jacobian with one column.)

// %%
const expansions: [name: string, f: (x: Value) => Value[], column: number[]][] = [
  ["v·x", (x) => v.map((vi) => mul(vi, x)), v],
  ["v+x", (x) => v.map((vi) => add(vi, x)), [1, 1, 1]],
  ["v−x", (x) => v.map((vi) => sub(vi, x)), [-1, -1, -1]],
];
for (const [name, f, column] of expansions) {
  console.log(`∂(${name})/∂x = ${jacobian(f)(7).join(", ")}`);
  assert.deepEqual(jacobian(f)(7), column);
}
agree(jacobian((a: Value[]) => a.map((ai) => ai.mul(7)))(v), diag([7, 7, 7]));

// %% [markdown]
// **The sum.** $S = v_1 + \dots + v_n$ makes one number of many. If an entry grows by $h$, so does the sum: the Jacobian is
// the row $(1, \dots, 1)$, written $\vec 1^\top$. And for the sum of $z v_1, \dots, z v_n$ it is the row
// $(z, \dots, z)$.

// %%
assert.deepEqual(grad((a: Value[]) => sum(a))(v), [1, 1, 1]);
assert.deepEqual(grad((a: Value[]) => sum(a.map((ai) => ai.mul(5))))(v), [5, 5, 5]);
console.log("sum: 1, 1, 1; sum of 5v: 5, 5, 5");

// %% [markdown]
// **A matrix of parameters.** $Wx$ has two outputs, and $W$ has four numbers. To get a table, write these four in one
// line, row after row: this is $\mathrm{vec}[W] = (w_1, w_2, w_3, w_4)$. Since output 1 is $w_1x_1 + w_2x_2$ and output 2 is
// $w_3x_1 + w_4x_2$,
//
// $$ \frac{\partial (Wx)}{\partial\, \mathrm{vec}[W]} = \begin{bmatrix} x_1 & x_2 & 0 & 0 \\ 0 & 0 & x_1 & x_2 \end{bmatrix}. $$

// %%
type Four = [Value, Value, Value, Value];
const Wx = ([w1, w2, w3, w4]: Four, [x1, x2]: Vector) => [
  w1.mul(x1!).add(w2.mul(x2!)),
  w3.mul(x1!).add(w4.mul(x2!)),
];
const byVec = jacobian(Wx)([5, 2, 3, 6], [10, 20]);
print("∂(Wx)/∂vec[W]", byVec);
agree(byVec, [
  [10, 20, 0, 0],
  [0, 0, 10, 20],
]);

// %% [markdown]
// ## The gradient points up
//
// Stand on a hillside, and make a step of length $h$. In which direction do you climb most? The step is $h \cdot u$, where
// the arrow $u$ has length 1. By the chain rule the ground rises, for small $h$,
// by about
//
// $$ h\, \nabla f \cdot u = h\, |\nabla f| \cos \theta, $$
//
// where θ is the angle between your step and the gradient. The cosine is at most 1, and it is 1 for $\theta = 0$. So
// **the gradient is the direction of steepest ascent**, and its length says how steep. The opposite direction,
// $\theta = 180°$, is the fastest way down. At $\theta = 90°$ you stay level.
//
// Let us go round in a circle, degree by degree, in the bowl $f(a, b) = a^2 + 3b^2$, from the point $(1, 0.5)$.

// %%
const bowl = (a: number, b: number) => a ** 2 + 3 * b ** 2;
const slope = grad(([a, b]: Pair) => a.square().add(b.square().mul(3)));
const [da, db] = slope([1, 0.5]);
assert.deepEqual([da, db], [2 * 1, 6 * 0.5]);

const h = 1e-4;
const rise = (degrees: number) => {
  const angle = (degrees * Math.PI) / 180;
  return (bowl(1 + h * Math.cos(angle), 0.5 + h * Math.sin(angle)) - bowl(1, 0.5)) / h;
};
const steepness = Math.hypot(da, db);
const uphill = (Math.atan2(db, da) * 180) / Math.PI;

const circle = Array.from({ length: 360 }, (_, i) => i - 180);
const best = circle.reduce((a, b) => (rise(b) > rise(a) ? b : a));
const worst = circle.reduce((a, b) => (rise(b) < rise(a) ? b : a));
console.log(
  `steepest up at ${best}°, steepest down at ${worst}°;`,
  `the gradient is at ${uphill.toFixed(1)}°`,
);
console.log(
  `rise there ${rise(best).toFixed(3)}, length of the gradient ${steepness.toFixed(3)}`,
);
assert.equal(best, Math.round(uphill));
assert.equal(best - worst, 180);
for (const degrees of circle) {
  const predicted = steepness * Math.cos(((degrees - uphill) * Math.PI) / 180);
  assert.ok(
    Math.abs(rise(degrees) - predicted) < 1e-3,
    "the rise is a cosine: steepness times cos of the angle",
  );
}
show(
  functionPlot(
    { "rise per length": rise },
    {
      from: -180,
      to: 180,
      title: "How steep is it in each direction?",
      xLabel: "direction in degrees, 0 along a",
      yLabel: "rise",
    },
  ),
  "The rise is a cosine: highest at 56 degrees, where the gradient points, " +
    "lowest opposite, 0 in between.",
);

// %% [markdown]
// Now climb: measure the gradient, go a little along it, measure again. The way crosses the lines of equal height at right
// angles: along a line nothing rises, so the steepest way has no part in that direction.

// %%
const path: [number, number][] = [[1, 0.15]];
while (path.length < 60) {
  const [a, b] = path.at(-1)!;
  const [ga, gb] = slope([a, b]);
  const length = Math.hypot(ga, gb);
  path.push([a + (0.04 * ga) / length, b + (0.04 * gb) / length]);
}
const heights = path.map(([a, b]) => bowl(a, b));
assert.ok(
  heights.every((height, i) => i === 0 || height > heights[i - 1]!),
  "every step leads up",
);
console.log(`from height ${heights[0]!.toFixed(2)} to ${heights.at(-1)!.toFixed(2)}`);

show(
  lossSurface(bowl, {
    from: [-3, -2.2],
    to: [3, 2.2],
    path,
    scale: "linear",
    title: "Steepest ascent on a² + 3b²",
    name: "height",
    height: 490, // a and b to one scale: right angles look right
  }),
  "Ellipses of equal height; the path starts to the right of the middle and bends up, " +
    "across every ellipse at a right angle.",
);

// %% [markdown]
// Learning goes the other way. When $f$ says how wrong a network is, and $w$ stands for all of its weights together, then
// each step goes *against* the gradient:
//
// $$ w \leftarrow w - \eta\, \nabla f(w). $$
//
// The *learning rate* η says how far: a step is η times as long as the gradient. This is *gradient descent*;
// [lesson 11](11-gradient-descent.ts) is about it, and lessons before that take such steps now and then.
//
// ## Your turn: a Jacobian by hand
//
// Write the Jacobian of $f(w_1, w_2) = [\,w_1/w_2,\; -w_2,\; \ln w_1\,]$: three rows, two columns.

// %% {"tags":["exercise"]}
// const jacobianByHand = (w1: number, w2: number): Matrix => [
//   [0, 0], // the slopes of w1/w2
//   [0, 0], // the slopes of −w2
//   [0, 0], // the slopes of ln w1
// ];

// %% {"tags":["solution"]}
const jacobianByHand = (w1: number, w2: number): Matrix => [
  [1 / w2, -w1 / w2 ** 2],
  [0, -1],
  [1 / w1, 0],
];

// %% {"tags":["check"]}
const exercise = ([w1, w2]: Pair) => [w1.div(w2), w2.neg(), log(w1)];
for (const [w1, w2] of [
  [1, 2],
  [3, -0.5],
] as const) {
  const wanted = jacobian(exercise)([w1, w2]);
  agree(jacobianByHand(w1, w2), wanted, `jacobianByHand(${w1}, ${w2})`);
}
console.log("Your Jacobian is right.");

// %% [markdown]
// ## Your turn: element by element
//
// Now the quotient: $v \oslash w = (v_1/w_1, v_2/w_2, \dots)$. Both Jacobians are diagonal. What is on the diagonals?

// %% {"tags":["exercise"]}
// const quotientByV = (v: Vector, w: Vector): number[][] => diag(w.map(() => 0));
// const quotientByW = (v: Vector, w: Vector): number[][] => diag(w.map(() => 0));

// %% {"tags":["solution"]}
const quotientByV = (_v: Vector, w: Vector): number[][] => diag(w.map((wi) => 1 / wi));
const quotientByW = (v: Vector, w: Vector): number[][] =>
  diag(w.map((wi, i) => -v[i]! / wi ** 2));

// %% {"tags":["check"]}
const quotient = (a: readonly Scalar[], b: readonly Scalar[]) =>
  a.map((ai, i) => div(ai, b[i]!));
const given = `for v = (${v.join(", ")}), w = (${w.join(", ")})`;
agree(
  quotientByV(v, w),
  jacobian((a: Value[]) => quotient(a, w))(v),
  `quotientByV ${given}`,
);
agree(
  quotientByW(v, w),
  jacobian((b: Value[]) => quotient(v, b))(w),
  `quotientByW ${given}`,
);
console.log("Both diagonals are right.");
