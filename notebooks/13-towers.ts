// %% [markdown]
// # Towers: how one hidden layer follows any curve
//
// After this lesson you can set the weights of a net by hand so that it follows a given curve as closely as you like,
// say how many neurons that takes, do the same for functions of two inputs, and tell what the famous theorem behind it
// promises and what it does not.
//
// Run it with `npx tsx notebooks/13-towers.ts`.
//
// The folded code imports what is used. Its `agree` checks that two numbers are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import { compile, map, mul, type Scalar, type Value, value } from "@chainrule/core";
import {
  fit,
  Layer,
  LBFGS,
  MLP,
  Neuron,
  SGD,
  sampleFunction,
  squaredError,
} from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { decisionBoundary, functionPlot, lossSurface } from "@chainrule/viz";

/**
 * Asserts that two numbers agree to twelve digits. What is left of a difference has lost digits,
 * so there `size` says how large the numbers are of which it was formed.
 */
const agree = (
  got: number,
  want: number,
  size = Math.abs(want),
  what = "the number",
): void =>
  assert.ok(Math.abs(got - want) <= 1e-12 * size, `${what} must be ${want}, got ${got}`);
const sigmoid = { activation: "sigmoid" } as const;
const linear = { activation: "linear" } as const;

// %% [markdown]
// ## A step that you can place
//
// In this lesson the activation of the hidden layers is the logistic function $\sigma$, and the output is linear: it adds up.
// What the net computes is called $g$, and what it is to follow, $f$.
//
// One hidden neuron with one input is a ramp from 0 to 1. From [lesson 4](04-neuron.ts) we know that $w$ says how steep
// it is, and that it passes ½ at $x = -b/w$. Turn that round: for a step at $s$, of steepness $w$, take $b = -ws$. Then
//
// $$ a = \sigma(wx + b) = \sigma\bigl(w (x - s)\bigr). $$
//
// How wide is the ramp? $\sigma(z)$ is 0.99 at $z = \ln 99$ and 0.01 at $z = -\ln 99$. So from one to the other $x$
// moves by $2 \ln 99 / w \approx 9.2 / w$.

// %%
const logistic = (z: number) => 1 / (1 + Math.exp(-z));

for (const w of [10, 100, 1000]) {
  const s = 0.3;
  const step = Neuron.of([w], -w * s, sigmoid);
  const width = (2 * Math.log(99)) / w;
  agree(step([s]).data, 0.5);
  agree(step([s + width / 2]).data, 0.99);
  agree(step([s - width / 2]).data, 0.01);
  console.log(`w = ${w}: from 0.01 to 0.99 in ${width.toFixed(4)}`);
}

// %% [markdown]
// ## A tower
//
// Step up at $l$, and take away a step up at $r$:
//
// $$ T(x) = \sigma\bigl(w (x - l)\bigr) - \sigma\bigl(w (x - r)\bigr). $$
//
// Left of $l$ both are near 0, right of $r$ both are near 1, and their difference is near 0. Only between it is near 1.
// That is a *tower*. As a net: two hidden neurons, and an output with the weights $+v$ and $-v$, for a tower of height
// $v$.
//
// How high is it in the middle? There $x - l = r - x = \frac{r - l}{2}$. As $\sigma(u) - \sigma(-u) = \tanh \frac u2$,
// its height is $v \tanh \frac{w (r - l)}{4}$. So the steepness must be large *compared with the width*, or there is no
// tower, only a bump.
//
// (Neurons with tanh serve as well. Since $\sigma(z) = \frac12 + \frac12 \tanh \frac z2$, two of them at half the
// steepness make the same tower, with weights $\frac v2$ and $-\frac v2$.)

// %%
/** Steps up at left and down at right, each as steep as w. */
const tower = (w: number, left: number, right: number) => (x: number) =>
  logistic(w * (x - left)) - logistic(w * (x - right));

const towerNet = (w: number, left: number, right: number, height: number) => {
  const [up, down] = [left, right].map((edge) => Neuron.of([w], -w * edge, sigmoid));
  return MLP.of([
    Layer.of([up!, down!]),
    Layer.of([Neuron.of([height, -height], 0, linear)]),
  ]);
};

for (const w of [5, 20, 200]) {
  const net = towerNet(w, 0.2, 0.6, 3);
  for (const x of [-1, 0, 0.2, 0.37, 0.6, 0.9, 5]) {
    const want = 3 * tower(w, 0.2, 0.6)(x);
    const byTanh = Math.tanh((w / 2) * (x - 0.2)) - Math.tanh((w / 2) * (x - 0.6));
    agree(net([x])[0].data, want, 3);
    agree((3 / 2) * byTanh, want, 3);
  }
  const top = net([0.4])[0].data;
  agree(top, 3 * Math.tanh((w * 0.4) / 4));
  console.log(`w = ${w}: ${top.toFixed(4)} high in the middle, of 3`);
}
show(
  functionPlot(
    {
      "w = 5": tower(5, 0.2, 0.6),
      "w = 20": tower(20, 0.2, 0.6),
      "w = 200": tower(200, 0.2, 0.6),
    },
    {
      from: 0,
      to: 1,
      title: "σ(w(x − 0.2)) − σ(w(x − 0.6))",
      yLabel: "T(x)",
      height: 300,
    },
  ),
  "Three towers from 0.2 to 0.6: a low bump, a rounded hill, and nearly a rectangle.",
);

// %% [markdown]
// ## A row of towers
//
// Take any curve, say $f(x) = \sin 2 \pi x + \frac12 \cos 5 \pi x$ for $x$ from 0 to 1. Cut the interval into $n$
// pieces. Over each put a tower, as high as $f$ is in the centre $c_i$ of the piece. Their sum $g$ is a staircase that
// follows $f$:
//
// $$ g(x) = \sum_{i=1}^n f(c_i)\, T_i(x). $$
//
// Where two towers meet, one steps down just where the other steps up, and no gap is left. At 0 and 1 there is no
// neighbour, so the outer towers go on beyond, to −1 and 2.
//
// All of it is *one net with one hidden layer*: $2n$ sigmoid neurons, and an output whose weights are the heights, each
// once with plus and once with minus. The net shall agree with the formula at all of 2,001 points.

// %%
type Tower = { readonly left: number; readonly right: number; readonly height: number };

/** n towers side by side from `from` to `to`, each as high as f in its middle. */
const towersOf = (f: (x: number) => number, n: number, from = 0, to = 1): Tower[] => {
  const width = (to - from) / n;
  const edge = (i: number) =>
    i === 0 ? 2 * from - to : i === n ? 2 * to - from : from + i * width;
  return Array.from({ length: n }, (_, i) => ({
    left: edge(i),
    right: edge(i + 1),
    height: f(from + (i + 0.5) * width),
  }));
};

/** The towers as a net of one hidden layer, with two neurons for each. */
const netOf = (towers: readonly Tower[], w: Scalar): MLP => {
  const hidden = towers.flatMap(({ left, right }) => [
    Neuron.of([w], mul(w, -left), sigmoid),
    Neuron.of([w], mul(w, -right), sigmoid),
  ]);
  const heights = towers.flatMap(({ height }) => [height, -height]);
  return MLP.of([Layer.of(hidden), Layer.of([Neuron.of(heights, 0, linear)])]);
};

const f = (x: number) => Math.sin(2 * Math.PI * x) + 0.5 * Math.cos(5 * Math.PI * x);
const grid = Array.from({ length: 2001 }, (_, i) => i / 2000);

/** A net of one input as a function of the grid. (Compiled, as there are many points.) */
const onGrid = (net: MLP) => {
  const compiled = compile((xs: Value[]) => map(xs, (x) => net([x])[0]));
  return () => compiled(grid) as readonly number[];
};

// %%
const staircase = towersOf(f, 8);
const eight = netOf(staircase, 1024);
console.log(String(eight));
onGrid(eight)().forEach((got, k) => {
  const parts = staircase.map(
    ({ left, right, height }) => height * tower(1024, left, right)(grid[k]!),
  );
  const want = parts.reduce((sum, part) => sum + part);
  agree(got, want, 1);
});
const thirtyTwo = netOf(towersOf(f, 32), 4096);
show(
  functionPlot(
    { f, "8 towers": (x) => eight([x])[0], "32 towers": (x) => thirtyTwo([x])[0] },
    { from: 0, to: 1, title: "Towers follow f", samples: 800 },
  ),
  "A wavy curve, a coarse staircase that follows it, and a finer one close to it.",
);

// %% [markdown]
// ## How near?
//
// Let $M$ be the largest slope of $f$, here at most $2\pi + \frac{5\pi}{2} = 4.5\pi$. With perfect steps it is simple.
// A point $x$ is at most $\frac{1}{2n}$ away from the middle of its piece, and on so short a way $f$ changes by
// $\frac{M}{2n}$ at most. So
//
// $$ |g(x) - f(x)| \le \frac{M}{2n} \qquad \text{(perfect steps).} $$
//
// And with sigmoids? All $T_i(x)$ are positive, and together they make 1 but for a sliver that the outer edges leave
// over. So $g(x)$ is a *weighted mean* of heights, with weights $T_i(x)$. The heights over $x$'s own piece and the two
// next to it differ from $f(x)$ by at most $\frac{3M}{2n}$. All other pieces lie beyond an edge that is at least
// $\frac1n$ away from $x$. Their weights and the sliver, left and right, add up to no more than
// $2 \sigma(-w/n) \le 2 e^{-w/n}$, and there the height may be wrong by all of the range ${R = \max f - \min f}$, here at most 3. (The
// sliver counts as height 0, which is in the range of our $f$.) Altogether, for any $w$,
//
// $$ |g(x) - f(x)| \le \frac{3M}{2n} + 2 R\, e^{-w/n}. $$
//
// More towers make the first term as small as you like. Then more steepness does it for the second. That is the
// *universal approximation theorem* for one input: whatever $\varepsilon$ you are asked for, there is a net that is
// nearer to $f$ than $\varepsilon$ on all of the interval. (A continuous $f$ may have no largest slope, like $\sqrt x$
// at 0. But on $[0, 1]$ what it can change within a distance $\frac1n$ goes to 0 as $n$ grows, and that is enough.) Let
// us take the theorem at its word.

// %%
const [M, R] = [4.5 * Math.PI, 3];
const furthest = (values: readonly number[]) =>
  Math.max(...values.map((y, k) => Math.abs(y - f(grid[k]!))));

/** max |g − f| of n towers, for steepnesses w = kn. */
const errorsOf = (n: number, ks: readonly number[]): number[] => {
  const w = value(1, "w");
  const g = onGrid(netOf(towersOf(f, n), w));
  return ks.map((k) => {
    w.data = k * n;
    return furthest(g());
  });
};

for (const epsilon of [1, 0.5, 0.2]) {
  const n = Math.ceil((3 * M) / epsilon); // the first term is at most ε/2
  const k = Math.log((4 * R) / epsilon); // and so is the second, with w = kn
  const error = errorsOf(n, [k])[0]!;
  const [w, got] = [(k * n).toFixed(0), error.toFixed(3)];
  console.log(`ε = ${epsilon}: ${n} towers, w = ${w}: max |g − f| = ${got}`);
  assert.ok(error <= epsilon, "g is nowhere further from f than ε");
}

// %% [markdown]
// The promise is kept, with much to spare, as the bound is for the worst of cases. So let us measure. In the table
// towers become more from row to row, and steeper from column to column. Steepness is counted in $n$, as $w = kn$, since
// what matters is $w$ times the width $\frac1n$. Each entry is the largest error at 2,001 points.

// %%
const counts = [2, 4, 8, 16, 32, 64];
const steepnesses = [1, 2, 4, 8, 16, 32, 128];
const errors = counts.map((n) => errorsOf(n, steepnesses));
const rows = counts.map((n, i) => {
  const cells = errors[i]!.map((error) => error.toFixed(3));
  return `| ${n} | ${cells.join(" | ")} | ${(M / 2 / n).toFixed(3)} |`;
});
show({
  "text/markdown": [
    "| towers | $w = n$ | $2n$ | $4n$ | $8n$ | $16n$ | $32n$ | $128n$ | $M / 2n$ |",
    `|--:|${"--:|".repeat(steepnesses.length + 1)}`,
    ...rows,
  ].join("\n"),
});
counts.forEach((n, i) => {
  assert.ok(
    errors[i]!.at(-1)! <= M / (2 * n),
    "the steepest towers are off by M / 2n at most",
  );
  steepnesses.forEach((k, j) => {
    assert.ok(
      errors[i]![j]! <= (3 * M) / (2 * n) + 2 * R * Math.exp(-k),
      "the error is within the bound for sigmoids",
    );
  });
});

// %% [markdown]
// Two towers are too few even to see the waves. From eight on, steep towers make about half the error when there are
// twice as many. On logarithmic axes that is a straight line, just below the bound. (That four gentle towers can beat
// eight is luck: two of their centres, $\frac38$ and $\frac58$, lie close to the highest and the lowest point of $f$.)

// %%
const onLogAxes = (column: number) =>
  counts.map((n, i): [number, number] => [Math.log2(n), Math.log10(errors[i]![column]!)]);
show(
  functionPlot(
    {
      "steep, w = 128n": onLogAxes(6),
      "gentle, w = 4n": onLogAxes(2),
      "M / 2n": (log2n) => Math.log10(M / 2 / 2 ** log2n),
    },
    { xLabel: "log₂ of the number of towers", yLabel: "log₁₀ of max |g − f|" },
  ),
  "The bound, a falling line. From 4 towers on the steep are below it, the gentle lower.",
);

// %% [markdown]
// Along the rows there is a surprise: the steepest is *not* the best. Gentle towers, with $w$ about $4n$ to $8n$, fade
// into each other, and their sum is no staircase but a smooth curve. Gentler still, and they blur the waves of $f$
// itself.

// %%
const doublings = Array.from({ length: 29 }, (_, i) => i / 4);
const bySteepness = (n: number) => {
  const ks = doublings.map((each) => 2 ** each);
  return errorsOf(n, ks).map((error, i): [number, number] => [doublings[i]!, error]);
};
const gentle = netOf(towersOf(f, 8), 40);
show(
  functionPlot(
    { "8 towers": bySteepness(8), "32 towers": bySteepness(32) },
    {
      xLabel: "log₂ of w/n",
      yLabel: "max |g − f|",
      title: "Too gentle, right, too steep",
    },
  ),
  "Two rows of dots. Both fall, are lowest around w = 5n, and rise again.",
);
show(
  functionPlot(
    { f, "w = 128n": (x) => eight([x])[0], "w = 5n": (x) => gentle([x])[0] },
    { from: 0, to: 1, title: "Eight towers, steep and gentle", samples: 800 },
  ),
  "The wavy curve, a staircase, and a smooth curve that follows better than the staircase.",
);
assert.ok(
  furthest(onGrid(gentle)()) < 0.5 * furthest(onGrid(eight)()),
  "gentle towers make less than half of the error",
);

// %% [markdown]
// ## Two inputs
//
// With inputs $x$ and $y$ a neuron is a ramp too, a slope that goes on for ever sideways. The difference of two is a
// wall, from end to end of the plane. How can one make a tower? Add a wall in one direction and a wall in the other,
// four sigmoids in all:
//
// $$ S(x, y) = \bigl[\sigma(w(x - l)) - \sigma(w(x - r))\bigr] + \bigl[\sigma(w(y - l)) - \sigma(w(y - r))\bigr]. $$
//
// On the square where the walls cross, $S$ is 2; on the arms of the cross it is 1; elsewhere 0. The arms have to go. We
// know a neuron that fires at two and not at one: AND, with the bias $-\frac32$, of
// [lesson 12](12-boolean-functions.ts). So pass $S$ through one more steep sigmoid:
//
// $$ T(x, y) = \sigma\bigl(K (S(x, y) - \tfrac32)\bigr). $$

// %%
const [w2, K] = [40, 10];
const walls = Layer.of([
  Neuron.of([w2, 0], -w2 * 0.25, sigmoid),
  Neuron.of([w2, 0], -w2 * 0.75, sigmoid),
  Neuron.of([0, w2], -w2 * 0.25, sigmoid),
  Neuron.of([0, w2], -w2 * 0.75, sigmoid),
]);
const cross = MLP.of([walls, Layer.of([Neuron.of([1, -1, 1, -1], 0, linear)])]);
const square = MLP.of([walls, Layer.of([Neuron.of([K, -K, K, -K], -1.5 * K, sigmoid)])]);

const wall = tower(w2, 0.25, 0.75);
for (const [place, x, y] of [
  ["middle", 0.5, 0.5],
  ["arm", 0.5, 0.05],
  ["corner", 0.05, 0.05],
] as const) {
  const [S, T] = [cross([x, y])[0].data, square([x, y])[0].data];
  agree(S, wall(x) + wall(y), 1);
  agree(T, logistic(K * (wall(x) + wall(y) - 1.5)));
  console.log(`${place.padEnd(6)} S = ${S.toFixed(4)}, T = ${T.toFixed(4)}`);
}

// %%
/** A net of two inputs as a fast function. */
const compiled = (net: MLP) => {
  const g = compile((x: Value[]) => net(x)[0]);
  return (x: number, y: number) => g([x, y]);
};
const plane = {
  from: [0, 0],
  to: [1, 1],
  xLabel: "x",
  yLabel: "y",
  width: 420,
  height: 420,
  scale: "linear",
  samples: 100,
} as const;
const walled = compiled(cross);
const nearestLevel = ([x, y]: readonly number[]) => {
  const S = walled(x!, y!);
  return [0, 1, 2].map((level) => -Math.abs(S - level)); // the highest wins
};
const along = [0.05, 0.5, 0.95];
const places = {
  inputs: along.flatMap((x) => along.map((y) => [x, y])),
  targets: [0, 1, 0, 1, 2, 1, 0, 1, 0],
};
show(
  decisionBoundary(nearestLevel, places, {
    classLabels: ["near 0", "near 1", "near 2"],
    xLabel: "x",
    yLabel: "y",
    width: 420,
    height: 420,
    title: "S: two walls",
  }),
  "A cross in a square. S is near 2 in its middle, 1 on its arms, 0 in the corners.",
);
show(
  lossSurface(compiled(square), { ...plane, title: "T: one tower" }),
  "Contours of a single square tower; the arms are gone.",
);

// %% [markdown]
// A function of two inputs is a whole city of such towers: $n^2$ of them, on an $n \times n$ chessboard. The net has
// *two* hidden layers now. In the first are the steps at all edges, $2(n + 1)$ neurons, which the towers share. In the
// second there is one neuron for each tower. The output adds up their heights. Take $f(x, y) = \sin 3x \cos 4y$.

// %%
const landscape = (x: number, y: number) => Math.sin(3 * x) * Math.cos(4 * y);

/** Towers over an n × n chessboard, each as high as the landscape in its middle. */
const city = (n: number, w: number, K: number): MLP => {
  const edges = Array.from({ length: n + 1 }, (_, i) =>
    i === 0 ? -1 : i === n ? 2 : i / n,
  );
  const steps = [
    ...edges.map((edge) => Neuron.of([w, 0], -w * edge, sigmoid)),
    ...edges.map((edge) => Neuron.of([0, w], -w * edge, sigmoid)),
  ];
  const cells = Array.from({ length: n * n }, (_, c): [number, number] => [
    Math.floor(c / n),
    c % n,
  ]);
  const towers = cells.map(([i, j]) => {
    const weights = new Array<number>(steps.length).fill(0);
    [weights[i], weights[i + 1]] = [K, -K];
    [weights[n + 1 + j], weights[n + 2 + j]] = [K, -K];
    return Neuron.of(weights, -1.5 * K, sigmoid);
  });
  const heights = cells.map(([i, j]) => landscape((i + 0.5) / n, (j + 0.5) / n));
  const output = Neuron.of(heights, 0, linear);
  return MLP.of([Layer.of(steps), Layer.of(towers), Layer.of([output])]);
};

// %%
const points = sampleFunction(landscape, {
  from: [0, 0],
  to: [1, 1],
  examples: 61,
}).inputs;
const errorsInPlane = (g: (x: number, y: number) => number) =>
  points.map(([x, y]) => Math.abs(g(x!, y!) - landscape(x!, y!))).sort((a, b) => a - b);

const there = landscape(0.5, 0.5);
const within = [2, 4, 8].map((n) => {
  const g = compiled(city(n, 200 * n, 60));
  const sorted = errorsInPlane(g);
  const most = sorted[Math.floor(0.95 * sorted.length)]!;
  const here = Math.abs(g(0.5, 0.5));
  console.log(`${n} × ${n} towers: 95% of the points within ${most.toFixed(2)}`);
  console.log(`   at (½, ½) g = ${here.toFixed(2)}, but f = ${there.toFixed(2)}`);
  assert.ok(here < 1e-6, "at the crossing there is a pit, down to 0");
  return most;
});
assert.ok(
  within[1]! < 0.6 * within[0]! && within[2]! < 0.6 * within[1]!,
  "as n doubles, the error about halves",
);

// %% [markdown]
// For most points the error halves as $n$ doubles. But look at $(\frac12, \frac12)$, where four towers meet. Each is
// there in the middle of its two steps, so $S = \frac12 + \frac12 = 1$, and *none* of them gets to $\frac32$. At all
// such crossings there are pits, down to 0. Steeper steps make the pits narrower, not shallower. So these towers come
// near to $f$ almost everywhere; what was promised is *everywhere*.

// %%
show(
  lossSurface(landscape, { ...plane, title: "f(x, y) = sin 3x cos 4y" }),
  "Contours of a smooth landscape: a hill at the lower edge, a dale above.",
);
show(
  lossSurface(compiled(city(8, 160, 20)), {
    ...plane,
    title: "64 towers, not very steep",
  }),
  "Square towers in the form of the landscape; small pits where four of them meet.",
);

// %% [markdown]
// ## Two inputs, one hidden layer
//
// The theorem (Cybenko, 1989) says that *one* hidden layer is enough, for any number of inputs. Here is a way that
// keeps the promise. A neuron with the weights $3w$ and $4w$ sees nothing of $x$ and $y$ but the number $s = 3x + 4y$.
// So with a row of towers in $s$ one hidden layer can follow any continuous function of $s$. And
//
// $$ \sin 3x \cos 4y = \tfrac12 \sin(3x + 4y) + \tfrac12 \sin(3x - 4y) $$
//
// is a function of $3x + 4y$ plus a function of $3x - 4y$: two rows of towers, in two directions, side by side in one
// layer.
//
// That works for every continuous $f$ on the square. It can be approximated by polynomials (Weierstrass, 1885), and
// every polynomial is a sum of powers of such numbers $s$, with factors before them; for instance, $xy = \frac14 (x + y)^2 - \frac14 (x - y)^2$.

// %%
/** Hidden neurons of n towers in s = ax + by, steepness k by n, and output weights. */
const rowOf = (
  profile: (s: number) => number,
  [a, b]: [number, number],
  n: number,
  k: number,
) => {
  const from = Math.min(0, a) + Math.min(0, b); // the least s on the square
  const to = Math.max(0, a) + Math.max(0, b);
  const w = (k * n) / (to - from);
  const towers = towersOf(profile, n, from, to);
  const hidden = towers.flatMap(({ left, right }) =>
    [left, right].map((edge) => Neuron.of([w * a, w * b], -w * edge, sigmoid)),
  );
  return { hidden, weights: towers.flatMap(({ height }) => [height, -height]) };
};

/** Rows of towers side by side, as a net of one hidden layer. */
const sideBySide = (...rows: readonly ReturnType<typeof rowOf>[]): MLP => {
  const hidden = rows.flatMap((row) => row.hidden);
  const weights = rows.flatMap((row) => row.weights);
  return MLP.of([Layer.of(hidden), Layer.of([Neuron.of(weights, 0, linear)])]);
};

// %%
const halfSine = (s: number) => 0.5 * Math.sin(s);
const twoRows = (n: number, k: number) =>
  sideBySide(rowOf(halfSine, [3, 4], n, k), rowOf(halfSine, [3, -4], n, k));

for (const n of [8, 16, 32]) {
  const error = errorsInPlane(compiled(twoRows(n, 128))).at(-1)!;
  const bound = 2 * ((0.5 * 7) / (2 * n)); // two rows; slope ½, pieces of width 7/n
  const [got, most] = [error.toFixed(3), bound.toFixed(3)];
  console.log(`2 × ${n} towers: max |g − f| = ${got}, and M / 2n gives ${most}`);
  assert.ok(error <= bound, "two rows are off by M / 2n at most");
}
show(
  lossSurface(compiled(twoRows(16, 5)), {
    ...plane,
    title: "2 × 16 towers in two directions",
  }),
  "Contours much like those of the landscape, a little wavy, and without pits.",
);

// %% [markdown]
// ## Now let it learn
//
// Back to one input and our first curve. Nets with $h$ hidden sigmoid neurons start from random weights, and learn from
// 101 points of $f$, by `fit`, the training loop that lesson 12 used. The optimiser is `LBFGS`, which guesses from the
// gradients of the last steps how the slope will change. We compare with $\frac h2$ towers, which have as many neurons:
// once steep, and once with the steepness that was best in the table.

// %%
const examples = sampleFunction(f, { from: 0, to: 1, examples: 101 });
const errorOf = (net: MLP) => furthest(onGrid(net)());
const train = async (net: MLP, optimiser: LBFGS | SGD, epochs: number) => {
  await fit(net, examples, {
    loss: ([y], target) => squaredError(y, target),
    optimiser,
    epochs,
    progress: false,
  });
  return errorOf(net);
};
const fresh = (h: number, seed: number) =>
  new MLP(1, [h, 1], { activation: "sigmoid", seed });

const table = [
  "| hidden neurons | towers, steep | towers, best | learnt |",
  "|--:|--:|--:|--:|",
];
const learnt = new Map<number, MLP>();
for (const h of [8, 16, 32]) {
  const net = fresh(h, 0);
  const error = await train(net, new LBFGS(), 1000);
  learnt.set(h, net);
  const byTowers = errors[counts.indexOf(h / 2)]!;
  const best = Math.min(...byTowers);
  const cells = [byTowers.at(-1)!, best, error].map((each) => each.toFixed(2));
  table.push(`| ${h} | ${cells.join(" | ")} |`);
  assert.ok(error < best, "as many learnt neurons come nearer than towers");
}
show({ "text/markdown": table.join("\n") });
assert.ok(
  errorOf(learnt.get(32)!) > 0.5 * errorOf(learnt.get(8)!),
  "32 neurons do not even halve the error of 8",
);

// %% [markdown]
// With as many neurons the learnt nets come far nearer. Towers are a proof, not a plan: they use a neuron for one step,
// and a learnt net uses all of its bends. But 32 neurons learnt no better than 8 in the same number of steps, though
// they could: with 24 of the output weights 0 they would be the 8.

// %%
const sixteen = learnt.get(16)!;
show(
  functionPlot(
    {
      "f, 101 examples": examples,
      "8 towers, w = 5n": (x) => gentle([x])[0],
      "16 neurons, learnt": (x) => sixteen([x])[0],
    },
    { from: 0, to: 1, title: "16 hidden neurons, built and learnt" },
  ),
  "Points of a wavy curve, the towers some way off, and the learnt net, on the points.",
);

// %% [markdown]
// ## What the theorem does not say
//
// **It does not say that descent finds the weights.** Good weights for 16 hidden neurons exist: we have just had some.
// Here are other ways to look for them. A thousand steps of plain gradient descent, as in the pseudo-code of the
// lecture notes, are nowhere near. And if all neurons start alike, all get the same gradients and stay alike: sixteen
// neurons do the work of one.

// %%
const descended = await train(fresh(16, 0), new SGD({ learningRate: 0.1 }), 1000);

const alike = MLP.of([
  Layer.of(Array.from({ length: 16 }, () => Neuron.of([5], -2, sigmoid))),
  Layer.of([Neuron.of(new Array<number>(16).fill(0.1), 0, linear)]),
]);
const stuck = await train(alike, new LBFGS(), 300);
const weights = alike.layers[0]!.neurons.map((neuron) => neuron.weights[0]!.data);

const fromTowers = netOf(towersOf(f, 8), 40);
const improved = await train(fromTowers, new LBFGS(), 1000);

const ways: [string, number][] = [
  ["gradient descent, 1000 steps", descended],
  ["16 neurons that start alike, L-BFGS", stuck],
  ["8 towers, w = 5n, as built", errorOf(gentle)],
  ["the same, then L-BFGS", improved],
  ["random start, L-BFGS", errorOf(sixteen)],
];
for (const [way, error] of ways) {
  console.log(`${way.padEnd(36)} max |g − f| = ${error.toFixed(2)}`);
}
assert.equal(new Set(weights).size, 1);
assert.ok(
  descended > 0.5 && improved < errorOf(gentle) / 2,
  "descent stays far off; L-BFGS halves the towers' error",
);

// %% [markdown]
// How near can one neuron come? A single sigmoid only rises, or only falls. Say $f$ rises by $u$ from one point to a
// later one, while $g$ falls. Then at one of the two $g$ is off by $\frac u2$ at least. The same holds if $g$ rises
// where $f$ falls. Our $f$ does both, so:

// %%
const greatestRise = (curve: (x: number) => number) => {
  let [least, rise] = [Infinity, 0];
  for (const x of grid) {
    least = Math.min(least, curve(x));
    rise = Math.max(rise, curve(x) - least);
  }
  return rise;
};
const atLeast =
  Math.min(
    greatestRise(f),
    greatestRise((x) => -f(x)),
  ) / 2;
console.log(
  `one neuron is off by ${atLeast.toFixed(2)} or more, these by ${stuck.toFixed(2)}`,
);
assert.ok(stuck >= atLeast, "neurons that stay alike are no better than one");

// %% [markdown]
// **It does not say how few neurons would do.** We counted towers, and training needed far fewer. For many inputs
// towers are out of the question: 10 pieces along each axis make $10^d$ towers for $d$ inputs, and a small picture of
// 28 × 28 pixels has $d = 784$.
//
// **It takes $f$ to be known everywhere.** Training sees examples.
//
// **It does not speak of any function whatever.** The lecture notes say "for any function", of any number of inputs and
// outputs. That is too much. (The slide before has "continuous".) First, $f$ has to be
// *continuous*, because a net of sigmoids is. Where $f$ jumps by 1 from one point to the next, $g$ cannot follow: on
// one side or the other it is off by nearly ½ at least. Second, $x$ has to stay within bounds, such as $[0, 1]$. With
// $v_j$ for the weights of the output and $b$ for its bias, $g$ is never beyond $|b| + \sum_j |v_j|$, so on the whole
// line it loses $x^2$ out of sight. (That there may be several outputs is right: take a net for each, side by side.)

// %%
const jump = (x: number) => (x > 1 / 3 ? 1 : 0);
for (const n of [9, 30, 300]) {
  const net = netOf(towersOf(jump, n), 128 * n);
  const sides = [1 / 3 - 1e-9, 1 / 3 + 1e-9];
  const worst = Math.max(...sides.map((x) => Math.abs(net([x])[0].data - jump(x))));
  console.log(`a jump, ${n} towers: off by ${worst.toFixed(2)}`);
  assert.ok(worst >= 0.499, "at a jump g is off by nearly ½");
}

const parabola = netOf(
  towersOf((x) => x * x, 50),
  250,
);
const most = parabola.layers[1]!.neurons[0]!.weights.reduce(
  (sum, v) => sum + Math.abs(v.data),
  0,
);
for (const x of [0.7, 7, 700]) {
  const g = parabola([x])[0].data;
  console.log(`x = ${x}: x² = ${(x * x).toFixed(2)}, g = ${Math.abs(g).toFixed(2)}`);
  assert.ok(Math.abs(g) <= most, "g is never beyond the sum of |v|");
}

// %% [markdown]
// So the theorem promises that nets are rich enough, which [one neuron is not](12-boolean-functions.ts). To find the
// weights, with few neurons and from few examples, is the work of training.
//
// ## Your turn
//
// **1.** Half of the neurons are superfluous. Where one tower steps down, the next one steps up, at the same place: one
// neuron can do both. And the outermost edges, far beyond 0 and 1, can be left to the bias of the output. Build the
// staircase of $n$ towers with $n - 1$ hidden neurons.

// %% {"tags":["exercise"]}
// const stairs = (towers: readonly Tower[], w: number): MLP => {
//   const inner = towers.slice(1); // the one before inner[i] is towers[i]
//   const hidden = inner.map(({ left }) => Neuron.of([w], -w * left, sigmoid));
//   const steps = inner.map(({ height }) => height); // how far is it up, or down?
//   const start = 0; // and where from?
//   return MLP.of([Layer.of(hidden), Layer.of([Neuron.of(steps, start, linear)])]);
// };

// %% {"tags":["solution"]}
const stairs = (towers: readonly Tower[], w: number): MLP => {
  const inner = towers.slice(1);
  const hidden = inner.map(({ left }) => Neuron.of([w], -w * left, sigmoid));
  const steps = inner.map(({ height }, i) => height - towers[i]!.height);
  const start = towers[0]!.height;
  return MLP.of([Layer.of(hidden), Layer.of([Neuron.of(steps, start, linear)])]);
};

// %% {"tags":["check"]}
const merged = stairs(towersOf(f, 16), 640);
const used = merged.layers[0]!.neurons.length;
assert.ok(used === 15, `16 towers must take 15 hidden neurons, got ${used}`);
const asTowers = onGrid(netOf(towersOf(f, 16), 640))();
onGrid(merged)().forEach((y, k) => {
  agree(y, asTowers[k]!, 1, `stairs(towersOf(f, 16), 640) at x = ${grid[k]}`);
});
console.log("The same staircase, with 15 hidden neurons in place of 32.");

// %% [markdown]
// **2.** Let a net with one hidden layer multiply: $xy = \frac14 (x + y)^2 - \frac14 (x - y)^2$. Make it of two rows of
// 50 towers, with $k = 5$, and come within 0.03 of $xy$ on all of the square.

// %% {"tags":["exercise"]}
// // A row is missing, and a factor.
// const multiply = sideBySide(rowOf((s) => s * s, [1, 1], 50, 5));

// %% {"tags":["solution"]}
const multiply = sideBySide(
  rowOf((s) => (s * s) / 4, [1, 1], 50, 5),
  rowOf((s) => (-s * s) / 4, [1, -1], 50, 5),
);

// %% {"tags":["check"]}
const times = compiled(multiply);
const offBy = Math.max(...points.map(([x, y]) => Math.abs(times(x!, y!) - x! * y!)));
assert.ok(
  offBy < 0.03,
  `multiply must come within 0.03 of xy on all of the square, got ${times(0.6, 0.7).toFixed(3)} ` +
    `for 0.6 · 0.7, and elsewhere it is off by ${offBy.toFixed(3)}`,
);
console.log(
  `0.6 · 0.7 = ${times(0.6, 0.7).toFixed(3)}; anywhere within ${offBy.toFixed(3)}`,
);
