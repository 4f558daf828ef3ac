// %% [markdown]
// # Any truth table: what one neuron cannot do, and one hidden layer can
//
// After this lesson you can say which functions of two bits a single neuron computes, prove that it cannot compute the
// others, write down a net for any truth table without training it, and say why steps had to become sigmoids before
// nets could learn.
//
// Run it with `npx tsx notebooks/12-boolean-functions.ts`.
//
// The folded code imports what is used. Its `agree` checks that two numbers are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import { compile, type Value } from "@chainrule/core";
import {
  Adam,
  accuracy,
  binaryCrossEntropyWithLogits,
  booleanFunction,
  booleanFunctions,
  type Dataset,
  fit,
  Layer,
  MLP,
  Neuron,
  Random,
  squaredError,
} from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { decisionBoundary, functionPlot, networkToDot, toSvg } from "@chainrule/viz";

/** Asserts that two numbers agree to twelve digits, however small they are. */
const agree = (got: number, want: number) =>
  assert.ok(
    Math.abs(got - want) <= 1e-12 * Math.abs(want),
    `the number must be ${want}, got ${got}`,
  );

// %% [markdown]
// ## A perceptron draws a line
//
// A *perceptron* is a neuron of the oldest kind: it fires, or it does not.
//
// $$ z = w_1 x_1 + w_2 x_2 + b, \qquad a = \operatorname{step}(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0. \end{cases} $$
//
// Give it bits. With both weights 1, $z$ counts the ones and adds $b$. So $b = -1.5$ makes it fire at two ones, which
// is AND, and $b = -0.5$ at one or two, which is OR. In the plane, $z = 0$ is a straight line: the perceptron fires on
// one side of it.

// %%
const step = { activation: "step" } as const;
const and = Neuron.of([1, 1], -1.5, step);
const or = Neuron.of([1, 1], -0.5, step);
const sixteen = booleanFunctions();
const answers = (neuron: Neuron, rows: Dataset["inputs"]) =>
  rows.map((x) => neuron(x).data);
assert.deepEqual(answers(and, sixteen.and.inputs), sixteen.and.targets);
assert.deepEqual(answers(or, sixteen.or.inputs), sixteen.or.targets);

const look = {
  threshold: 0,
  classLabels: ["silent: 0", "fires: 1"],
  xLabel: "x₁",
  yLabel: "x₂",
  width: 400,
  height: 400,
};
const zOf = (neuron: Neuron) => (x: readonly number[]) => Layer.of([neuron]).forward(x).z;
show(
  decisionBoundary(zOf(and), sixteen.and, { ...look, title: "AND: step(x₁ + x₂ − 1.5)" }),
  "A square. A slanting line cuts off its corner (1, 1), where the perceptron fires.",
);
show(
  decisionBoundary(zOf(or), sixteen.or, { ...look, title: "OR: step(x₁ + x₂ − 0.5)" }),
  "The line has moved. It cuts off (0, 0); the perceptron fires at the other corners.",
);

// %% [markdown]
// ## All sixteen
//
// A function of two bits says 0 or 1 for each of four rows: there are $2^4 = 16$ of them. Let us try every perceptron
// whose weights are −1, 0 or 1, with biases halfway between whole numbers, and see which of the sixteen turn up. Tables
// list what a function says at 00, 01, 10 and 11. (`left` and `right` are $x_1$ and $x_2$ themselves; `nonimplication`
// is "$x_1$ and not $x_2$"; `nand` and `nor` are AND and OR turned round. The folded code is the search.)

// %% {"tags":["hide-input"]}
type Perceptron = { readonly weights: readonly number[]; readonly bias: number };

/** Each truth table of n bits that weights of at most `most` make, with one way to make it. */
const tablesOfOne = (n: number, most: number) => {
  const found = new Map<string, Perceptron>();
  const sizes = Array.from({ length: most }, (_, i) => i + 1);
  const choices = [0, ...sizes.flatMap((size) => [size, -size])];
  const halves = Array.from({ length: n * most + 1 }, (_, i) => i + 0.5);
  const biases = halves.flatMap((half) => [-half, half]);
  const rows = booleanFunction(n, () => 0).inputs;
  const tryAll = (weights: readonly number[]): void => {
    if (weights.length < n) {
      for (const w of choices) tryAll([...weights, w]);
      return;
    }
    const counts = rows.map((x) => x.reduce((sum, xk, k) => sum + xk * weights[k]!, 0));
    for (const bias of biases) {
      const table = counts.map((count) => (count + bias > 0 ? "1" : "0")).join("");
      if (!found.has(table)) found.set(table, { weights, bias });
    }
  };
  tryAll([]);
  return found;
};

const byOne = tablesOfOne(2, 1);
console.log(`${byOne.size} of 16 found`);
assert.equal(byOne.size, 14);

// %%
const lines = ["| function | table | $w_1$ | $w_2$ | $b$ |", "|---|---|--:|--:|--:|"];
for (const [name, { inputs, targets }] of Object.entries(sixteen)) {
  const perceptron = byOne.get(targets.join(""));
  const numbers = perceptron ? [...perceptron.weights, perceptron.bias] : ["—", "—", "—"];
  lines.push(
    `| ${name} | ${targets.join("")} | ${numbers.join(" | ").replaceAll("-", "−")} |`,
  );
  if (perceptron === undefined) continue;
  const neuron = Neuron.of(perceptron.weights, perceptron.bias, step);
  assert.deepEqual(answers(neuron, inputs), targets);
}
show({ "text/markdown": lines.join("\n") });

const missing = Object.entries(sixteen)
  .filter(([, { targets }]) => !byOne.has(targets.join("")))
  .map(([name]) => name);
assert.deepEqual(missing, ["xor", "xnor"]);

// %% [markdown]
// XOR ("exactly one") and XNOR ("both or none") are missing. Would other weights do? No weights will. XOR demands four
// things:
//
// $$ \begin{aligned}
//    (0, 0) &\mapsto 0: & b &\le 0 \\
//    (0, 1) &\mapsto 1: & w_2 + b &> 0 \\
//    (1, 0) &\mapsto 1: & w_1 + b &> 0 \\
//    (1, 1) &\mapsto 0: & w_1 + w_2 + b &\le 0
//    \end{aligned} $$
//
// The first and the last add up to ${w_1 + w_2 + 2b \le 0}$ and the two between to ${w_1 + w_2 + 2b > 0}$ at the same
// time, which cannot be. For XNOR turn all four signs round; the contradiction stays.
//
// In the picture: the middle of the square is the middle of both diagonals. Along a straight line $z$ changes evenly,
// so at the middle it is the mean of its values at the ends. One diagonal says that this mean is positive, and the
// other that it is not. Here are five neurons with random weights: the mean of $z$ at the ends of one diagonal, $z$ in
// the middle, and the mean at the ends of the other.

// %%
const random = new Random(1);
for (let trial = 0; trial < 5; trial++) {
  const weights = [random.uniform(-9, 9), random.uniform(-9, 9)];
  const z = Neuron.of(weights, random.uniform(-9, 9), { activation: "linear" });
  const at = (x1: number, x2: number) => z([x1, x2]).data;
  const [mean1, middle, mean2] = [
    (at(0, 0) + at(1, 1)) / 2,
    at(0.5, 0.5),
    (at(0, 1) + at(1, 0)) / 2,
  ];
  const [first, centre, second] = [mean1, middle, mean2].map((each) => each.toFixed(4));
  console.log(
    `one diagonal ${first}, the middle ${centre}, the other diagonal ${second}`,
  );
  agree(mean1, middle);
  agree(mean2, middle);
}

// %% [markdown]
// ## With a hidden layer: one neuron for each 1 in the table
//
// Two perceptrons and a third one over them can do XOR. Better: there is a recipe for *every* truth table, of any
// number of bits.
//
// **A neuron for one row.** Pick a row $r$, such as 1, 0, 1. Give weight $+1$ to the inputs that are 1 in it, and $-1$
// to the others; and if $r$ has $k$ ones, let $b = \frac12 - k$. Then
//
// $$ z = \sum_{r_i = 1} x_i - \sum_{r_i = 0} x_i + \tfrac12 - k = \tfrac12 - (\text{number of bits in which } x \text{ differs from } r). $$
//
// Each 1 of $r$ that $x$ lacks makes the first sum smaller by one, and each 1 that $x$ has too many makes the second
// larger. So $z = \frac12$ at $x = r$ and $z \le -\frac12$ at all other rows: this neuron fires on $r$ alone.
//
// **The output** is an OR: weights 1 and bias $-\frac12$, over one hidden neuron for each row where the table says 1.
// It fires if one of them does. (Logicians know it as the *disjunctive normal form*: "this row, or that row, or …".)
//
// A table of nothing but zeros needs no hidden neuron, but a layer cannot be empty. It gets one that never fires.

// %%
/** The perceptrons of a table: one for each row that is 1, then an OR. */
const normalForm = ({ inputs, targets }: Dataset): MLP => {
  const hidden = inputs
    .filter((_, i) => targets[i] === 1)
    .map((row) => {
      const ones = row.reduce((sum, bit) => sum + bit, 0);
      const weights = row.map((bit) => (bit === 1 ? 1 : -1));
      return Neuron.of(weights, 0.5 - ones, step);
    });
  const never = Neuron.of(new Array<number>(inputs[0]!.length).fill(0), -0.5, step);
  if (hidden.length === 0) hidden.push(never);
  const output = Neuron.of(new Array<number>(hidden.length).fill(1), -0.5, step);
  return MLP.of([Layer.of(hidden), Layer.of([output])]);
};

for (const dataset of Object.values(sixteen)) {
  const net = normalForm(dataset);
  const compiled = compile((x: Value[]) => net(x)[0]);
  dataset.inputs.forEach((x, i) => {
    assert.equal(net(x)[0].data, dataset.targets[i]);
    assert.equal(compiled(x), dataset.targets[i]);
  });
}
console.log("all 16 functions of two bits: exact, on all 4 rows");

const xorNet = normalForm(sixteen.xor);
for (const { weights, bias } of xorNet.layers.flatMap(({ neurons }) => neurons)) {
  console.log(`weights ${weights.map(({ data }) => data).join(", ")}; bias ${bias.data}`);
}

// %% [markdown]
// Printed last are the three perceptrons of XOR. The first hidden one fires on 0, 1 and the second on 1, 0. Each cuts
// off one corner of the square, by a line of its own. (The net fires where the larger $z$ of the two is positive.)

// %%
const largestHiddenZ = (x: readonly number[]) =>
  Math.max(...xorNet.forward(x).layers[0]!.z.map(({ data }) => data));
show(
  decisionBoundary(largestHiddenZ, sixteen.xor, { ...look, title: "XOR by a net" }),
  "Two parallel lines cut off (0, 1) and (1, 0). The net fires there, not between.",
);

// %% [markdown]
// ## Three bits
//
// *Majority* is 1 if at least two bits are 1; *parity* is 1 if an odd number is. Both have four ones in their tables,
// so four hidden neurons. Watch the hidden layer: at most one neuron fires, the one whose row it is.

// %%
const majority = booleanFunction(3, (a, b, c) => a + b + c >= 2);
const parity = booleanFunction(3, (a, b, c) => (a + b + c) % 2);
const table = [
  "| $x$ | majority: hidden | output | parity: hidden | output |",
  "|---|---|--:|---|--:|",
];
const [majorityNet, parityNet] = [normalForm(majority), normalForm(parity)];
majority.inputs.forEach((x, i) => {
  const cells = [
    [majorityNet, majority],
    [parityNet, parity],
  ] as const;
  const row = cells.flatMap(([net, { targets }]) => {
    const { outputs, layers } = net.forward(x);
    const fired = layers[0]!.a.map(({ data }) => data);
    assert.equal(outputs[0].data, targets[i]);
    assert.ok(fired.reduce((sum, a) => sum + a) <= 1, "at most one hidden neuron fires");
    return [fired.join(" "), String(outputs[0].data)];
  });
  table.push(`| ${x.join(", ")} | ${row.join(" | ")} |`);
});
show({ "text/markdown": table.join("\n") });

// %% [markdown]
// A recipe should not be believed after two examples. Of three bits there are ${2^8 = 256}$ functions. That is few
// enough to try them all.

// %%
const tables = Array.from({ length: 256 }, (_, code) =>
  Array.from({ length: 8 }, (_, row) => (code >> (7 - row)) & 1),
);
let rowsChecked = 0;
let nearest = Infinity;
for (const table of tables) {
  const { inputs, targets } = booleanFunction(3, table);
  const net = normalForm({ inputs, targets });
  inputs.forEach((x, i) => {
    const { outputs, layers } = net.forward(x);
    assert.equal(outputs[0].data, targets[i]);
    rowsChecked += 1;
    for (const z of layers[0]!.z) nearest = Math.min(nearest, Math.abs(z.data));
  });
}
console.log(
  `256 functions, ${rowsChecked} rows, all right; no hidden z nearer to 0 than ${nearest}`,
);
assert.equal(rowsChecked, 2048);
assert.equal(nearest, 0.5);

// %% [markdown]
// So a net of perceptrons with one hidden layer represents every Boolean function, and not just nearly: exactly. (The
// lecture notes say that it can "approximate any Boolean function precisely". There is nothing approximate about it.)
//
// How many of the 256 can a *single* perceptron do? The same search finds 104. For the other 152 the proof about XOR
// works again: if two rows that are 1 have the same middle as two rows that are 0, then $z$ would have to be positive
// at that middle, and not positive.

// %%
/** The middles of all pairs of rows where the table has this bit (doubled, to stay whole). */
const middles = (table: readonly number[], bit: number) => {
  const rows = parity.inputs.filter((_, i) => table[i] === bit);
  const sums = rows.flatMap((u, i) =>
    rows.slice(i + 1).map((v) => u.map((uk, k) => uk + v[k]!).join()),
  );
  return new Set(sums);
};
const isImpossible = (table: readonly number[]) => {
  const ofZeros = middles(table, 0);
  return [...middles(table, 1)].some((middle) => ofZeros.has(middle));
};

const byOneOf3 = tablesOfOne(3, 2);
const impossible = tables.filter(isImpossible);
console.log(
  `${byOneOf3.size} found, ${impossible.length} proved impossible, of ${tables.length}`,
);
assert.equal(byOneOf3.size, 104);
assert.equal(impossible.length, 152);
for (const table of tables) {
  assert.notEqual(byOneOf3.has(table.join("")), isImpossible(table));
}

const byOneOf4 = tablesOfOne(4, 3).size;
console.log(`of four bits ${byOneOf4} found, of ${2 ** 16}`);
assert.equal(byOneOf4, 1882);

// %% [markdown]
// The gap opens fast: 14 of 16, 104 of 256, 1,882 of 65,536. (That there are no more of four bits has been known since
// the 1960s.) Single neurons can do hardly any of the functions there are.
//
// The recipe has its price, though. A table of $n$ bits has $2^n$ rows, and each that is 1 takes a neuron: parity of 20
// bits takes ${2^{19} = 524{,}288}$. It is a look-up table written as a net. It proves that a net *exists*; it does not
// say that it is a good one.
//
// ## From steps to sigmoids
//
// The recipe needs the whole table. To *learn* from examples, we want to know which way to turn each weight. Ask the
// engine: take the net for XOR, and demand the opposite of it, so that there is much to learn.

// %%
const { inputs } = sixteen.xor;
const opposite = sixteen.xnor.targets;
const lossOf = (net: MLP) => {
  const outputs = inputs.map((x) => net(x)[0]);
  return squaredError(outputs, opposite);
};

const stepLoss = lossOf(xorNet);
stepLoss.backward();
const stepGradients = xorNet.parameters().map(({ grad }) => grad);
console.log(`loss ${stepLoss.data}, as wrong as can be`);
console.log(`gradients: ${stepGradients.join(", ")}`);
assert.equal(stepLoss.data, 1);
assert.ok(
  stepGradients.every((grad) => grad === 0),
  "with steps every gradient is 0",
);

// %% [markdown]
// All zero, as they would be at nearly any weights: a step is flat on both sides of its jump. Nudge a weight a little,
// and nothing changes at all, so gradient descent stands still. (There is another rule for a single perceptron,
// Rosenblatt's of 1958: after a wrong answer add the input to the weights, or subtract it. But it cannot tell *hidden*
// neurons their share of the blame.)
//
// The way out is $\sigma(Kz)$ in place of the step. With a large $K$ it is almost a step, and yet it has a slope
// everywhere. To put it into a net, multiply all weights and biases by $K$.

// %%
const logistic = (z: number) => 1 / (1 + Math.exp(-z));
const steep = (K: number) => (z: number) => logistic(K * z);
show(
  functionPlot(
    { "K = 2": steep(2), "K = 8": steep(8), "K = 32": steep(32) },
    {
      from: -1.5,
      to: 1.5,
      xLabel: "z",
      yLabel: "σ(Kz)",
      title: "Nearly a step",
      height: 300,
    },
  ),
  "Three sigmoids: gentle for K = 2, steeper for K = 8, almost a jump for K = 32.",
);

// %% [markdown]
// How large must $K$ be? In a hidden neuron $z$ is at least ½ away from 0, so $\sigma(Kz)$ is at most
// $\varepsilon = \sigma(-K/2)$ away from 0 or 1. In the output $z$ would be ½ away from 0 if the hidden neurons gave
// exactly 0 and 1. With $h$ of them it is off by at most $h \varepsilon$. So
//
// $$ |\hat y - y| \le \sigma\bigl(-K (\tfrac12 - h \varepsilon)\bigr), \qquad \varepsilon = \sigma(-K / 2) \approx e^{-K/2}. $$

// %%
/** The same net with sigmoids for steps, and all its weights and biases times K. */
const softened = (net: MLP, K: number): MLP =>
  MLP.of(
    net.layers.map(({ neurons }) => {
      const soft = neurons.map(({ weights, bias }) => {
        const larger = weights.map(({ data }) => K * data);
        return Neuron.of(larger, K * bias.data, { activation: "sigmoid" });
      });
      return Layer.of(soft);
    }),
  );

const report = [
  "| K | largest error | at most | largest gradient of a hidden weight |",
  "|--:|--:|--:|--:|",
];
const pulls = [4, 8, 16, 32].map((K) => {
  const net = softened(xorNet, K);
  assert.equal(accuracy(net, sixteen.xor), 1);
  const errors = inputs.map((x, i) => Math.abs(net(x)[0].data - sixteen.xor.targets[i]!));
  const error = Math.max(...errors);
  const bound = steep(K)(2 * steep(K)(-0.5) - 0.5);
  assert.ok(error <= bound * (1 + 1e-9), "the largest error is at most the bound");

  lossOf(net).backward();
  const hidden = net.layers[0]!.neurons.flatMap(({ weights }) => weights);
  const pull = Math.max(...hidden.map(({ grad }) => Math.abs(grad)));
  const cells = [error, bound, pull].map((each) => each.toExponential(1));
  report.push(`| ${K} | ${cells.join(" | ")} |`);
  return pull;
});
show({ "text/markdown": report.join("\n") });
for (let i = 1; i < pulls.length; i++)
  assert.ok(
    pulls[i]! < pulls[i - 1]! / 5,
    "with K doubled, less than a fifth of the gradient is left",
  );

// %% [markdown]
// The last column asks, as before, for the opposite answers. There is the bargain: the steeper, the nearer to the truth
// table, and the less there is to learn by. At $K = 32$ a hidden weight is hardly told anything, for both layers are
// saturated. (Cross-entropy in place of squared error [would cure the output](07-saturation-and-softmax.ts), but not
// the hidden layer.) So one starts with small weights, and lets training make them large where that is of use.
//
// In pictures: with steps all lines are grey, as there is no gradient anywhere. With $K = 4$ every weight is told
// something.

// %%
const names = { inputLabels: ["x₁", "x₂"], outputLabels: ["x₁ ≠ x₂"] };
show(
  await toSvg(networkToDot(xorNet, { ...names, title: "Steps" })),
  "Two inputs, two hidden neurons, one output. All lines are grey: gradient 0.",
);
const gentle = softened(xorNet, 4);
lossOf(gentle).backward();
show(
  await toSvg(networkToDot(gentle, { ...names, title: "Sigmoids, K = 4" })),
  "The same net with sigmoids: all lines are coloured, so all have a gradient.",
);
assert.ok(
  gentle.parameters().every(({ grad }) => grad !== 0),
  "with sigmoids every weight and bias has a gradient",
);

// %% [markdown]
// ## Learnt, not built
//
// [Lesson 11](11-gradient-descent.ts) trained XOR. Here is parity of three bits, where *every* change of a single bit
// changes the answer. The recipe takes four hidden neurons. Nets with $h$ hidden tanh neurons learn it from its eight
// rows, from twenty random starts for each $h$. `fit` is the training loop of lesson 11, ready-made: it takes a net,
// data, a loss and an optimiser. (`Adam` is a gradient descent that scales its steps: [lesson 18](18-digits.ts) says
// more. The eight rows are all there is, so there is nothing to test on.)

// %%
const learn = async (h: number, seed: number) => {
  const net = new MLP(3, [h, 1], { activation: "tanh", seed });
  await fit(net, parity, {
    loss: ([z], y) => binaryCrossEntropyWithLogits(z, y),
    optimiser: new Adam({ learningRate: 0.1 }),
    epochs: 500,
    progress: false,
  });
  return net;
};

const solvedBy = new Map<number, MLP[]>();
for (const h of [1, 2, 3, 4, 8]) {
  const nets: MLP[] = [];
  for (let seed = 0; seed < 20; seed++) nets.push(await learn(h, seed));
  const solved = nets.filter((net) => accuracy(net, parity) === 1);
  solvedBy.set(h, solved);
  console.log(`${h} hidden: ${solved.length} of 20 have all 8 rows right`);
}
const solved = (h: number) => solvedBy.get(h)!.length;
assert.ok(
  solved(1) === 0 && solved(2) > 0 && solved(2) < solved(4) && solved(8) >= 18,
  "one neuron never does; with eight, nearly every start",
);

// %% [markdown]
// One hidden neuron never does. Of course not: the output then rises or falls with that one $z$, so the answer is 1 on
// one side of a straight cut, as with a perceptron. With more neurons than needed nearly every start succeeds.
//
// The surprise is *two*. With steps two cannot do it. Each hidden perceptron is one of the 104 tables of above; we can
// try all pairs. Whenever two rows with different parity make both fire alike, no output neuron can tell them apart.

// %%
const hiddenTables = [...byOneOf3.keys()];
const tellsParity = (f: string, g: string) =>
  [..."00 01 10 11".split(" ")].every((pair) => {
    const rows = parity.targets.filter((_, row) => f[row]! + g[row]! === pair);
    return new Set(rows).size <= 1;
  });
const pairs = hiddenTables.flatMap((f) => hiddenTables.map((g) => tellsParity(f, g)));
console.log(
  `${pairs.filter(Boolean).length} of ${pairs.length} pairs of perceptrons will do`,
);
assert.ok(!pairs.includes(true), "no pair of perceptrons will do");

// %% [markdown]
// So what have two tanh neurons found? Their weights show that both look at nearly the same thing, a sum $s$ of the
// inputs, some with a minus: one gently, one sharply. As $s$ goes up by 1, parity alternates. And a gentle ramp down
// with a sharp step up in its middle is high, low, high, low. No third neuron is needed. A step says of $z$ only
// whether it is positive; a sigmoid also says by how much, and training has made use of that.

// %%
const [two] = solvedBy.get(2)!;
const { W: first, b: biases } = two!.layers[0]!.matrices("B");
first.forEach((row, j) => {
  const weights = row.map((w) => w.toFixed(1)).join(", ");
  console.log(`hidden ${j + 1}: weights ${weights}; bias ${biases[j]!.toFixed(1)}`);
});
const signs = first[0]!.map(Math.sign);
const logits = parity.inputs.map((x): [number, number] => {
  const s = x.reduce((sum, xk, k) => sum + signs[k]! * xk, 0);
  return [s, two!(x)[0].data];
});

/** The logit at any s, which the inputs share evenly. */
const along = (s: number) => {
  const inputs = signs.map((sign) => (sign * s) / 3);
  return two!(inputs)[0];
};
show(
  functionPlot(
    {
      "parity 1": logits.filter((_, i) => parity.targets[i] === 1),
      "parity 0": logits.filter((_, i) => parity.targets[i] === 0),
      "the net": along,
    },
    { xLabel: "s", yLabel: "logit", title: "Three crossings of 0, by two neurons" },
  ),
  "A curve that falls, rises steeply, and falls. The rows on it: above 0, below, above, below.",
);

// %% [markdown]
// Learning found what nobody had built; and from most starts it did *not* find it, though it was there to be found.
// Both are worth remembering. What sigmoids can do beyond tables of bits is the subject of
// [the next lesson](13-towers.ts).
//
// ## Your turn
//
// **1.** A table with more ones than zeros is cheaper the other way round. Let the hidden neurons stand for the rows
// that are *0*, and let the output fire unless one of them does. So no table of $n$ bits needs more than $2^{n-1}$
// hidden neurons. Find the output's weights and its bias.

// %% {"tags":["exercise"]}
// /** The net of a table: a hidden neuron for each row that is 0; fires unless one of them does. */
// const byZeros = ({ inputs, targets }: Dataset): MLP => {
//   const turned = { inputs, targets: targets.map((bit) => 1 - bit) };
//   const [hidden] = normalForm(turned).layers;
//   const weights = hidden!.neurons.map(() => 1); // not these
//   return MLP.of([hidden!, Layer.of([Neuron.of(weights, -0.5, step)])]); // nor this bias
// };

// %% {"tags":["solution"]}
/** The net of a table: a hidden neuron for each row that is 0; fires unless one of them does. */
const byZeros = ({ inputs, targets }: Dataset): MLP => {
  const turned = { inputs, targets: targets.map((bit) => 1 - bit) };
  const [hidden] = normalForm(turned).layers;
  const weights = hidden!.neurons.map(() => -1);
  return MLP.of([hidden!, Layer.of([Neuron.of(weights, 0.5, step)])]);
};

// %% {"tags":["check"]}
for (const table of tables) {
  const { inputs, targets } = booleanFunction(3, table);
  const net = byZeros({ inputs, targets });
  inputs.forEach((x, i) => {
    const [got, wanted] = [net(x)[0].data, targets[i]];
    const place = `byZeros of the table ${table.join("")}, at ${x.join(", ")},`;
    assert.ok(got === wanted, `${place} must say ${wanted}, got ${got}`);
  });
}
console.log("all 256 by their zeros");

// %% [markdown]
// **2.** Parity of $n$ bits takes the recipe $2^{n-1}$ hidden neurons. Do it with $n$. Only the number of ones matters,
// so let hidden neuron $k$ fire if there are *at least* $k$ ones, for $k = 1, \dots, n$. If there are three ones, the
// first three neurons fire, and the output shall be 1; if there are two, the first two fire, and it shall be 0. Which
// weights of the output do that?

// %% {"tags":["exercise"]}
// const parityByCounting = (n: number): MLP => {
//   const counts = Array.from({ length: n }, (_, i) => i + 1); // k = 1, …, n
//   const ones = new Array<number>(n).fill(1);
//   const hidden = counts.map((k) => Neuron.of(ones, 0.5 - k, step));
//   const weights = counts.map(() => 1); // this makes an OR
//   return MLP.of([Layer.of(hidden), Layer.of([Neuron.of(weights, -0.5, step)])]);
// };

// %% {"tags":["solution"]}
const parityByCounting = (n: number): MLP => {
  const counts = Array.from({ length: n }, (_, i) => i + 1); // k = 1, …, n
  const ones = new Array<number>(n).fill(1);
  const hidden = counts.map((k) => Neuron.of(ones, 0.5 - k, step));
  const weights = counts.map((k) => (k % 2 === 1 ? 1 : -1)); // 1 − 1 + 1 − …
  return MLP.of([Layer.of(hidden), Layer.of([Neuron.of(weights, -0.5, step)])]);
};

// %% {"tags":["check"]}
for (let n = 2; n <= 8; n++) {
  const net = parityByCounting(n);
  const hidden = net.layers[0]!.neurons.length;
  assert.equal(
    hidden,
    n,
    `of ${n} bits there must be ${n} hidden neurons, got ${hidden}`,
  );
  const { inputs, targets } = booleanFunction(n, (...bits) =>
    bits.reduce((a, b) => a ^ b),
  );
  inputs.forEach((x, i) => {
    const [got, wanted] = [net(x)[0].data, targets[i]];
    const place = `parityByCounting(${n}) at ${x.join(", ")}`;
    assert.ok(got === wanted, `${place} must say ${wanted}, got ${got}`);
  });
}
console.log("parity of 8 bits with 8 hidden neurons; the recipe takes 128");
