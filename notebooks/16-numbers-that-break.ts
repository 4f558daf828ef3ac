// %% [markdown]
// # Numbers that break, and where they broke
//
// After this lesson you can say where a NaN came from instead of guessing, choose between a formula that keeps its digits and one that
// loses them, say what a derivative is worth at a kink and behind a branch, and prove a wrong derivative rule wrong.
//
// Run it with `npx tsx notebooks/16-numbers-that-break.ts`.
//
// The folded code imports what is used. Its `table` prints a table.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import {
  abs,
  add,
  CheckError,
  checked,
  clamp,
  defineOp,
  div,
  expm1,
  grad,
  gradCheck,
  greater,
  hypot,
  localDerivatives,
  log1p,
  logSigmoid,
  logsumexp,
  max,
  mean,
  mul,
  neg,
  norm,
  relu,
  type Scalar,
  sinc,
  softplus,
  sqrt,
  square,
  sub,
  tanh,
  type Value,
  value,
  where,
} from "@chainrule/core";
import { crossEntropyWithLogits, MLP, squaredError } from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { findNonFinite, functionPlot, gradCheckPicture, toSvg } from "@chainrule/viz";

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): void => {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  show({
    "text/markdown": [heads, heads.map(() => "---"), ...rows].map(line).join("\n"),
  });
};

// %% [markdown]
// ## 64 bits
//
// A JavaScript number is a *double*: $\pm m \cdot 2^e$, where $m$ has 53 bits. Between 1 and 2 the doubles are $2^{-52}$ apart, so rounding
// to the nearest one is off by at most $u = 2^{-53} \approx 1.1 \cdot 10^{-16}$, relative to the number. That is nearly 16 digits,
// whatever the size, from $2.2 \cdot 10^{-308}$ to $1.8 \cdot 10^{308}$.
//
// What is larger becomes ∞, *infinity*. And where no answer makes sense, the answer is NaN, *not a number*. Why does
// $0 \cdot \infty$ make no sense? Because ∞ only says "too large to tell". Let $x$ fall to 0: then $x \cdot \frac1x$ stays 1,
// $x^2 \cdot \frac1x$ falls to 0, and $x \cdot \frac1{x^2}$ grows without bound. All three end as $0 \cdot \infty$.

// %%
const large = 1e308;
const infinite = 10 * large;
const calculations: Record<string, [result: number, expected: number]> = {
  "10 · 10³⁰⁸": [infinite, Number.POSITIVE_INFINITY],
  "e⁷¹⁰": [Math.exp(710), Number.POSITIVE_INFINITY],
  "1 ÷ 0": [1 / 0, Number.POSITIVE_INFINITY],
  "ln 0": [Math.log(0), Number.NEGATIVE_INFINITY],
  "1 ÷ ∞": [1 / infinite, 0],
  "0 ÷ 0": [0 / 0, Number.NaN],
  "∞ − ∞": [infinite - infinite, Number.NaN],
  "0 · ∞": [0 * infinite, Number.NaN],
  "ln −1": [Math.log(-1), Number.NaN],
  "√−1": [Math.sqrt(-1), Number.NaN],
};
table(Object.keys(calculations), [
  Object.values(calculations).map(([result]) =>
    String(result).replace("Infinity", "∞").replace("-", "−"),
  ),
]);
for (const [result, expected] of Object.values(calculations)) {
  assert.ok(Object.is(result, expected), "the result is ∞, −∞, 0 or NaN, as expected");
}

// %% [markdown]
// NaN spreads: almost every calculation with a NaN is NaN. It is not even equal to itself, and `NaN > 0` and `NaN <= 0` are both false, so
// `if (loss > 10)` will not notice. One reading that is missing from one row of data is enough to lose a net in one step:

// %%
const net = new MLP(2, [3, 1], { seed: 1 });
const rows = [
  [0.5, 1],
  [Number.NaN, 0.2],
  [-1, 0.3],
];
squaredError(
  rows.map((row) => net(row)[0]),
  [1, 0, 1],
).backward();
for (const parameter of net.parameters()) parameter.data -= 0.1 * parameter.grad;
const lost = net.parameters().filter(({ data }) => Number.isNaN(data));
console.log(
  `${lost.length} of ${net.parameters().length} parameters are NaN after one step`,
);
assert.equal(lost.length, 13);

// %% [markdown]
// ## Where did it come from?
//
// By the time you see a NaN it is everywhere. What you want is the *first* calculation that made one out of numbers that were fine. Here is a
// formula out of a statistics book. The variance of readings is the mean of their squares less the square of their mean,
//
// $$ s^2 = \overline{x^2} - \bar x^2, $$
//
// and its root $s$ tells how far they spread. Say a sensor is stuck and reads 0.1 three times. Then $s = 0$, on paper.

// %%
const stuckAt = (reading: number): Value[] =>
  ["x₁", "x₂", "x₃"].map((name) => value(reading, name));

const spreadByTheBook = (x: readonly Value[]): Value => {
  const meanOfSquares = mean(x.map((each) => square(each)));
  return sqrt(sub(meanOfSquares, square(mean(x))));
};
console.log(`s = ${spreadByTheBook(stuckAt(0.1)).data}`);
assert.ok(Number.isNaN(spreadByTheBook(stuckAt(0.1)).data), "s by the book is NaN");

// %% [markdown]
// `findNonFinite` goes through the graph forward, for the first number that is not finite, and backward, for the first edge where the
// gradient is not. Give it a function that builds the graph, and it also finds the line of the program.

// %%
/** Text without the folders of its paths, which differ from machine to machine. */
const withoutFolders = (text: string): string =>
  text.replace(/\S*[\\/]([^\\/\s]+:\d+):\d+/g, "$1");

const origin = findNonFinite(() => spreadByTheBook(stuckAt(0.1)));
console.log(withoutFolders(origin.text));
show(
  await toSvg(origin.dot),
  "The difference of the mean square and the squared mean is −1.7e−18; " +
    "its root is NaN, outlined in red as the first in the forward pass.",
);
assert.equal(origin.forward?.node.op, "sqrt");
assert.equal(origin.forward?.reason.kind, "domain");
assert.ok(origin.forward!.operands[0]! < 0, "the root got a number below 0");

// %% [markdown]
// So the root is innocent. The difference of two rounded numbers came out as $-1.7 \cdot 10^{-18}$ where 0 was meant. Cure that: on paper
// $s^2 = \frac1n \sum (x_i - \bar x)^2$ is the same, and a sum of squares is never negative.
//
// ### Finite forward, NaN backward
//
// The cured formula has a second illness. Let the sensor be stuck at 0.5, where nothing is rounded: $s$ is 0, and its gradient is NaN.
// The chain rule multiplies the slope of the root with the slope of the square:
//
// $$ \frac{\partial}{\partial v} \sqrt v = \frac{1}{2 \sqrt v} = \infty \quad\text{at } v = 0, \qquad
//    \frac{\partial}{\partial d} d^2 = 2d = 0 \quad\text{at } d = 0, \qquad \infty \cdot 0 = \text{NaN}. $$

// %%
const spreadByDeviations = (x: readonly Value[]): Value => {
  const centre = mean(x);
  return sqrt(mean(x.map((each) => square(sub(each, centre)))));
};
const healthy = findNonFinite(() => spreadByDeviations(stuckAt(0.1)));
const broken = findNonFinite(() => spreadByDeviations(stuckAt(0.5)));
console.log(`stuck at 0.1: ${withoutFolders(healthy.text)}`);
console.log(`stuck at 0.5: ${withoutFolders(broken.text)}`);
show(
  await toSvg(broken.dot),
  "All numbers are finite. " +
    "On the way back the edge into the root is infinite, and behind it infinity times 0 gives NaN.",
);
assert.ok(
  healthy.isHealthy && broken.forward === null,
  "all is finite at 0.1, and forward at 0.5 as well",
);
assert.equal(broken.backward?.node.op, "sqrt");
assert.equal(broken.backward?.nan?.node.op, "square");

// %% [markdown]
// At 0.1 it works *because* the mean is rounded, and the deviations are not quite 0. That is how such a fault survives all tests.
//
// No formula for the root can mend this; the root does not know that a square comes next. An operation that does the whole at once knows:
// `norm` is $\sqrt{\sum d_i^2}$ as one node, with the slopes $d_i / \mathrm{norm}$. At the origin, the tip of a cone, it answers 0. `hypot`
// is the same for two numbers, `abs` for one.

// %%
const spread = (x: readonly Value[]): Value => {
  const centre = mean(x);
  return div(norm(x.map((each) => sub(each, centre))), Math.sqrt(x.length));
};
for (const reading of [0.1, 0.5])
  assert.ok(
    findNonFinite(spread(stuckAt(reading))).isHealthy,
    "with norm, all is finite",
  );
assert.deepEqual(grad(spread)([0.5, 0.5, 0.5]), [0, 0, 0]);
const [far, near] = [grad(spread)([1, 2, 6]), grad(spreadByDeviations)([1, 2, 6])];
far.forEach((slope, i) => {
  assert.ok(Math.abs(slope - near[i]!) < 1e-15, "elsewhere nothing changes");
});

// %% [markdown]
// If you would rather stop at the fault than look for it later, run the code in `checked`. The first operation whose result is not finite
// throws, and so does the first gradient.

// %%
const faults = [
  () => spreadByTheBook(stuckAt(0.1)),
  () => spreadByDeviations(stuckAt(0.5)).backward(),
];
for (const fault of faults) {
  assert.throws(() => checked(fault), CheckError);
  try {
    checked(fault);
  } catch (error) {
    console.log(withoutFolders((error as CheckError).message));
  }
}

// %% [markdown]
// ## The branch not taken
//
// $\sqrt x$ where $x > 0$, and 0 elsewhere: surely that is safe?
//
// $$ f(x) = \begin{cases} \sqrt x & x > 0 \\ 0 & x \le 0 \end{cases} $$
//
// Written as `where(greater(x, 0), sqrt(x), 0)`, *both* branches are computed, and one is taken. At $x = -4$ the branch not taken is NaN,
// and so is its slope. The choice sends it a gradient of 0 from above. Now the chain rule asks for $0 \cdot \text{NaN}$.

// %%
const x = value(-4, "x");
const root = sqrt(x);
const f = where(greater(x, 0), root, 0);
f.backward();
const [ofChoice, ofRoot] = [localDerivatives(f)[1] ?? 1, localDerivatives(root)[0] ?? 1];
console.log(
  `by plain arithmetic ∂f/∂x = ${ofChoice} · ${ofRoot} = ${ofChoice * ofRoot};`,
  `the engine says ${x.grad}`,
);
assert.ok(Number.isNaN(ofChoice * ofRoot), "0 · NaN is NaN");
assert.deepEqual([f.data, x.grad], [0, 0]);

// %% [markdown]
// The engine has a rule for this: *a gradient of 0 from above contributes exactly 0*, whatever the slope behind it. What the result does
// not depend on gets no gradient. PyTorch 2.13 and JAX 0.10.2 multiply, and answer NaN here; the usual advice there is to choose twice,
// so that the root only ever sees numbers it can take. That works everywhere. A product with a mask, on the other hand, works nowhere,
// as the NaN is in the value:

// %%
const isPositive = greater(x, 0);
const twice = where(isPositive, sqrt(where(isPositive, x, 1)), 0);
const masked = mul(isPositive, root);
console.log(`chosen twice: ${twice.data}; by a mask: ${masked.data}`);
console.log(withoutFolders(findNonFinite(() => where(greater(x, 0), sqrt(x), 0)).text));
assert.equal(twice.data, 0);
assert.ok(Number.isNaN(masked.data), "the product with a mask is NaN");

// %% [markdown]
// All but the first line is by `findNonFinite`: it knows that this NaN harms nobody. (`checked` does not; it throws at the first NaN there is.)
//
// The rule has a price, and you should know it. Take $g(x) = (\sqrt x)^2$, which is $x$, with slope 1. At 0 the root gets
// $2 \sqrt 0 = 0$ from above, and its slope is ∞. Plain arithmetic says $0 \cdot \infty = \text{NaN}$, which at least rings a bell. The rule says 0,
// which is finite and wrong.

// %%
const g = grad((at: Value) => square(sqrt(at)));
console.log(`g′(0) by the engine: ${g(0)}; just beside: ${g(1e-12).toFixed(6)}`);
assert.equal(g(0), 0);
assert.ok(Math.abs(g(1e-12) - 1) < 1e-12, "just beside 0 the slope is 1");

// %% [markdown]
// ## Kinks
//
// Where two slopes meet there is no derivative, and yet a program must answer. Any number between the slope from the left and the slope
// from the right can be defended. This engine takes the one *nearest to 0*, everywhere: so $\mathrm{relu}'(0) = 0$, as in [lesson
// 4](04-neuron.ts), and so does $\max(x, 0)$, which is the same function. Operands that tie share, for exchanging them must not matter.
// One exception is made: `clamp` has slope 1 on its bounds, or a parameter that stands on one could never leave.

// %%
const kinks: Record<string, [f: (x: Value) => Scalar, expected: number, others: string]> =
  {
    "relu(x)": [(x) => relu(x), 0, "0, 0"],
    "max(x, 0)": [(x) => max(x, 0), 0, "½, ½"],
    "\\|x\\|": [(x) => abs(x), 0, "0, 1"],
    "hypot(x, 0)": [(x) => hypot(x, 0), 0, "NaN, ½"],
    "clamp(x, 0, 1)": [(x) => clamp(x, 0, 1), 1, "1, ½"],
    "relu(x) − relu(−x)": [(x) => sub(relu(x), relu(neg(x))), 0, "0, 0"],
  };
table(
  ["at x = 0", "from the left", "from the right", "here", "PyTorch, JAX"],
  Object.entries(kinks).map(([name, [f, expected, others]]) => {
    const [left, right] = [grad(f)(-1e-9), grad(f)(1e-9)];
    assert.equal(grad(f)(0), expected);
    return [name, ...[left, right, grad(f)(0)].map(String), others];
  }),
);
assert.deepEqual(
  grad(([a, b, c]: [Value, Value, Value]) => max(a, b, c))([2, 2, 1]),
  [0.5, 0.5, 0],
);

// %% [markdown]
// Look at the last row. $\mathrm{relu}(x) - \mathrm{relu}(-x)$ is $x$, whose slope is 1, and the answer 0 is no slope of it at all. Each
// step keeps to its convention, and the chain of them lands beside the truth. Another convention would only move the trouble: with
// $\mathrm{relu}'(0) = \frac12$ this one comes out right, and $\mathrm{relu}(-\mathrm{relu}(-x))$, which is 0 everywhere, gets the slope
// ¼. In training this rarely matters, as the sums of neurons rarely hit a kink exactly.
//
// ## Digits that go missing
//
// Not all that breaks says NaN. If $a$ and $b$ are each known to within a relative error $u$, then $a - b$ is known to within
// $u(|a| + |b|)$, which relative to the result is
//
// $$ u \cdot \frac{|a| + |b|}{|a - b|}. $$
//
// If they are nearly equal that is a large multiple of $u$: *cancellation*. Take $e^x - 1$ for small $x$. The $e^x$ is a number just
// above 1, rounded to the doubles there, which is an error of up to $2^{-53}$. The subtraction is then exact! It only brings to light
// what was lost before: of a result near $x$, an error of $2^{-53}$ is a relative error of $2^{-53}/x$. `expm1` never forms the $e^x$.
//
// To measure errors we need the truth, to more digits than a double has. The folded code that follows computes $e^x$ and $\ln y$ to 72
// digits, and may be skipped at first reading, as may the functions named `truth` after it. (It takes whole numbers as large
// as you like, JavaScript's `bigint`, and lets $n$ stand for $n / 2^{240}$.)

// %% {"tags":["hide-input"]}
const BITS = 240n;
const ONE = 1n << BITS;
const exact = (x: number): bigint => BigInt(x * 2 ** 240); // all of a double above 1e-56
const rounded = (x: bigint): number => Number(x) / 2 ** 240;
const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;
const over = (a: bigint, b: bigint): bigint => (a << BITS) / b;

/** The series 1 + x + x²/2! + …, for x/1024; then squared ten times. */
const expOf = (x: bigint): bigint => {
  let [sum, term] = [ONE, ONE];
  for (let n = 1n; term !== 0n; n++) {
    term = times(term, x >> 10n) / n;
    sum += term;
  }
  for (let i = 0; i < 10; i++) sum = times(sum, sum);
  return sum;
};

/** By Newton's method on eˡ = y: each round doubles the number of right digits. */
const lnOf = (y: bigint): bigint => {
  let l = exact(Math.log(rounded(y)));
  for (let round = 0; round < 4; round++) l += times(y, expOf(-l)) - ONE;
  return l;
};
assert.equal(rounded(expOf(ONE)), Math.E);
assert.equal(rounded(lnOf(2n * ONE)), Math.LN2);

// %% [markdown]
// Now every naive formula against the one that keeps its digits, and both against the truth. The number of right digits is
// $-\log_{10}$ of the relative error. The folded code lists the formulas that the table shows.

// %% {"tags":["hide-input"]}
const errorOf = (got: number, want: bigint): number =>
  Math.abs(Number(exact(got) - want) / Number(want));
const rightDigits = (error: number): number => Math.max(0, -Math.log10(error));
const shown = (x: number): string => x.toExponential(4).replaceAll("-", "−");

interface Rivals {
  readonly at: number;
  readonly naive: (x: number) => number;
  readonly stable: (x: number) => number;
  readonly truth: (x: bigint) => bigint;
}
const rivals: Record<string, Rivals> = {
  "$e^x - 1$, `expm1`": {
    at: 1e-13,
    naive: (x) => Math.exp(x) - 1,
    stable: (x) => expm1(x),
    truth: (x) => expOf(x) - ONE,
  },
  "$\\ln(1 + x)$, `log1p`": {
    at: 1e-13,
    naive: (x) => Math.log(1 + x),
    stable: (x) => log1p(x),
    truth: (x) => lnOf(ONE + x),
  },
  "$\\ln(1 + e^x)$, `softplus`": {
    at: -30,
    naive: (x) => Math.log(1 + Math.exp(x)),
    stable: (x) => softplus(x),
    truth: (x) => lnOf(ONE + expOf(x)),
  },
  "$\\ln \\sigma(x)$, `logSigmoid`": {
    at: 30,
    naive: (x) => Math.log(1 / (1 + Math.exp(-x))),
    stable: (x) => logSigmoid(x),
    truth: (x) => -lnOf(ONE + expOf(-x)),
  },
  "$-\\ln \\mathrm{softmax}(0, x)_2$, `crossEntropyWithLogits`": {
    at: 30,
    naive: (x) => -Math.log(Math.exp(x) / (1 + Math.exp(x))),
    stable: (x) => crossEntropyWithLogits([0, x], 1),
    truth: (x) => lnOf(ONE + expOf(-x)),
  },
  "$1 - \\tanh^2 x$, `grad(tanh)`": {
    at: 15,
    naive: (x) => 1 - Math.tanh(x) ** 2,
    stable: (x) => grad(tanh)(x),
    truth: (x) => {
      const p = expOf(-2n * x);
      return over(4n * p, times(ONE + p, ONE + p));
    },
  },
  "$(x \\cos x - \\sin x) / x^2$, `grad(sinc)`": {
    at: 1e-7,
    naive: (x) => (x * Math.cos(x) - Math.sin(x)) / (x * x),
    stable: (x) => grad(sinc)(x),
    truth: (x) => {
      const x3 = times(times(x, x), x);
      return -x / 3n + x3 / 30n - times(times(x3, x), x) / 840n;
    },
  },
};
table(
  ["formula, and its rival", "x", "naive", "true", "digits, naive", "digits, stable"],
  Object.entries(rivals).map(([name, { at, naive, stable, truth }]) => {
    const want = truth(exact(at));
    const lossy = rightDigits(errorOf(naive(at), want));
    const good = rightDigits(errorOf(stable(at), want));
    assert.ok(lossy < 4 && good > 15, `${name}: ${lossy} and ${good} digits`);
    const numbers = [shown(naive(at)), shown(rounded(want))];
    return [name, String(at).replace("-", "−"), ...numbers, lossy.toFixed(1), "≥ 15"];
  }),
);

// %% [markdown]
// How it goes on towards 0, for the first of them: the smaller $x$, the more digits are gone, along the line $2^{-53}/x$. At
// $x = 10^{-16}$ all sixteen are. (Each point of a curve is the worst of 20 numbers nearby.)

// %%
const { naive, stable, truth } = rivals["$e^x - 1$, `expm1`"] as Rivals;
const worstNear = (f: (x: number) => number, exponent: number): number => {
  const errors = Array.from({ length: 20 }, (_, i) => {
    const x = 10 ** (exponent + (i - 9.5) / 80);
    return errorOf(f(x), truth(exact(x)));
  });
  return Math.log10(Math.max(...errors));
};
show(
  functionPlot(
    {
      "eˣ − 1": (exponent) => worstNear(naive, exponent),
      expm1: (exponent) => worstNear(stable, exponent),
      "2⁻⁵³/x": (exponent) => Math.log10(2 ** -53) - exponent,
    },
    {
      from: -16,
      to: 0,
      samples: 65,
      xLabel: "log₁₀ x",
      yLabel: "log₁₀ of the relative error",
      title: "What is left of eˣ − 1",
    },
  ),
  "The error of the subtraction rises from 1e−16 at x = 1 to 1 at x = 1e−16, " +
    "along a straight line. That of expm1 stays at 1e−16.",
);
for (const exponent of [-12, -8, -4]) {
  const predicted = Math.log10(2 ** -53) - exponent;
  assert.ok(
    Math.abs(worstNear(naive, exponent) - predicted) < 0.5,
    "the error is near the line 2⁻⁵³/x",
  );
  assert.ok(worstNear(stable, exponent) < -15.5, "expm1 keeps more than 15 digits");
}

// %% [markdown]
// ### Too large on the way
//
// The other illness: the result is a fine number, and something on the way to it is not. Softmax and its logarithm were such a case in
// [lesson 7](07-saturation-and-softmax.ts), binary cross-entropy in [lesson 6](06-losses-and-information.ts). The cure is to take the size
// out first:
//
// $$ \begin{aligned}
//    \sqrt{a^2 + b^2} &= |a| \sqrt{1 + (b/a)^2} && \text{for } |a| \ge |b| > 0, \\
//    \ln(1 + e^x) &= x + \ln(1 + e^{-x}) && \text{for } x > 0, \\
//    \frac{a}{b^2} &= \frac{a/b}{b}.
//    \end{aligned} $$
//
// Formula by formula, as the folded code writes them down:

// %% {"tags":["hide-input"]}
const big = 1e200;
const onTheWay: [name: string, naive: number, stable: number, truth: number][] = [
  [
    "$\\sqrt{a^2 + b^2}$ at $(3, 4) \\cdot 10^{200}$, `hypot`",
    Math.sqrt((3 * big) ** 2 + (4 * big) ** 2),
    hypot(3 * big, 4 * big),
    5 * big,
  ],
  [
    "the same at $(3, 4) \\cdot 10^{-200}$",
    Math.sqrt((3 / big) ** 2 + (4 / big) ** 2),
    hypot(3 / big, 4 / big),
    5 / big,
  ],
  [
    "$\\ln(e^a + e^b)$ at 1000, 1000, `logsumexp`",
    Math.log(Math.exp(1000) + Math.exp(1000)),
    logsumexp([1000, 1000]),
    1000 + Math.LN2,
  ],
  [
    "$\\ln(1 + e^x)$ at 1000, `softplus`",
    Math.log(1 + Math.exp(1000)),
    softplus(1000),
    1000,
  ],
  [
    "$\\ln \\sigma(x)$ at −1000, `logSigmoid`",
    Math.log(1 / (1 + Math.exp(1000))),
    logSigmoid(-1000),
    -1000,
  ],
  ["$\\sin x / x$ at 0, `sinc`", Math.sin(0) / 0, sinc(0), 1],
  [
    "$-a/b^2$ at $(1, 1) \\cdot 10^{200}$, `grad` of $a/b$",
    -big / big ** 2,
    grad((b: Value) => div(big, b))(big),
    -1 / big,
  ],
];
const briefly = (x: number): string =>
  String(Number(x.toPrecision(7)))
    .replace("Infinity", "∞")
    .replaceAll("-", "−");
table(
  ["formula, and its rival", "naive", "stable", "true"],
  onTheWay.map(([name, naive, stable, truth]) => {
    assert.ok(
      rightDigits(Math.abs(stable / truth - 1)) > 15,
      "the stable formula keeps 15 digits",
    );
    assert.ok(
      !(rightDigits(Math.abs(naive / truth - 1)) > 1),
      "the naive formula has one right digit at most",
    );
    return [name, briefly(naive), briefly(stable), briefly(truth)];
  }),
);

// %% [markdown]
// ## How far can a nudge be trusted?
//
// The tool that checks derivatives, the central difference $\frac{f(x + h) - f(x - h)}{2h}$, is itself a victim of cancellation.
// [Lesson 14](14-forward-and-reverse.ts) weighed its two errors, the bend of the curve and the rounding of $f$: the best $h$ is near
// $10^{-5}$, and even there a third of the digits are lost.
//
// `gradCheck` therefore tries many $h$, follows the trend of the results on to $h = 0$ (it *extrapolates*), and keeps an account of its own uncertainty. Here is the root at 2,
// with three single $h$ and by `gradCheck`. At a kink no $h$ helps: half-way between the slopes `gradCheck` finds ½ for relu, and calls
// the convention wrong. Check beside the kinks.

// %%
const at = 2;
const slope = 1 / (2 * Math.sqrt(at)); // of √
const differenceError = (h: number): number =>
  Math.abs((Math.sqrt(at + h) - Math.sqrt(at - h)) / (2 * h) - slope);
for (const h of [1e-2, 1e-12])
  assert.ok(
    differenceError(h) > 1e-7,
    "a large h is bad for the formula, a small one for digits",
  );
assert.ok(differenceError(1e-5) < 1e-10, "between them there is a good h");
const checkedRoot = gradCheck((v: Value) => v.sqrt(), at);
assert.ok(checkedRoot.passed, "the slope of the root passes");
const extrapolated = Math.abs(checkedRoot.entries[0]!.numeric - slope);
assert.ok(
  extrapolated < differenceError(1e-5) / 100,
  "extrapolated, the difference is a hundred times as near",
);
for (const h of [1e-2, 1e-5, 1e-12])
  console.log(`h = ${h.toExponential(0)}: off by ${differenceError(h).toExponential(0)}`);
console.log(`gradCheck: off by ${extrapolated.toExponential(0)}`);
assert.equal(gradCheck((v: Value) => v.relu(), 0).entries[0]?.numeric, 0.5);
assert.ok(gradCheck((v: Value) => v.relu(), 0.01).passed, "beside the kink, relu passes");

// %% [markdown]
// ## A wrong rule, proven wrong
//
// With `defineOp` you can add an operation: its value and its derivative. Here is a bell, $e^{-a^2}$, whose author has lost a factor of 2:
// the derivative is $-2a \, e^{-a^2}$. Nothing crashes, and training may still go downhill, if crookedly. The value is right, so the
// differences are right, and where they contradict the rule, the rule is at fault.

// %%
const bell = defineOp({
  name: "bell",
  value: (a) => Math.exp(-a * a),
  partials: [(a, y) => neg(mul(a, y))],
});
const model = ([x, w]: [Value, Value]) => add(bell(mul(x, w)), square(w));
const verdict = gradCheckPicture(model, [0.5, 1.2]);
for (const { op, operand, rule, numeric } of verdict.report.wrongRules)
  console.log(
    `${op}, operand ${operand}: the rule says ${rule?.toFixed(6)},`,
    `differences ${numeric.toFixed(6)}`,
  );
show(
  await toSvg(verdict.dot),
  "The graph of bell(x · w) + w²: the edge into bell is outlined in red, " +
    "with what the rule says and what differences say.",
);
const [wrong] = verdict.report.wrongRules;
assert.equal(wrong?.op, "bell");
assert.ok(
  Math.abs(wrong!.numeric + 2 * 0.6 * Math.exp(-0.36)) < 1e-9,
  "differences say −2a · exp(−a²), at a = 0.6",
);
assert.ok(
  Math.abs(wrong!.rule! + 0.6 * Math.exp(-0.36)) < 1e-12,
  "the wrong rule says −a · exp(−a²), at a = 0.6",
);

// %% [markdown]
// Both gradients were off, that of $x$ (`x[0]` in the picture) and that of $w$ (`x[1]`), and $w$ has a second path that is right. The
// check follows both to the one rule they share. From the command line, `npx chainrule-viz check file.ts` does the same, and
// `npx chainrule-viz nan file.ts` finds a NaN.
//
// ## Your turn
//
// **1.** $\ln(1 - e^{-a})$, for $a > 0$, turns up wherever one needs the logarithm of a probability's opposite. Written like that it has
// two illnesses: for small $a$ the difference cancels, and for large $a$ it is so near 1 that the logarithm sees nothing. Write it so
// that it keeps 14 digits at both ends. (`Math.expm1` cures one, `Math.log1p` the other; ln 2 is a good place to change over.)

// %% {"tags":["exercise"]}
// const logOfOpposite = (a: number): number => Math.log(1 - Math.exp(-a)); // ill at both ends

// %% {"tags":["solution"]}
const logOfOpposite = (a: number): number =>
  a < Math.LN2 ? Math.log(-Math.expm1(-a)) : Math.log1p(-Math.exp(-a));

// %% {"tags":["check"]}
for (const a of [1e-12, 1e-6, 0.1, 0.69, 0.7, 2, 20, 50]) {
  const want = lnOf(ONE - expOf(-exact(a)));
  assert.ok(
    errorOf(logOfOpposite(a), want) < 1e-14,
    `logOfOpposite(${a}) must be ${rounded(want)}, to 14 digits, got ${logOfOpposite(a)}`,
  );
}
console.log("14 digits everywhere.");

// %% [markdown]
// **2.** The smaller solution of $x^2 - 2px + q = 0$ is $x = p - \sqrt{p^2 - q}$. At $p = 10^8$, $q = 1$ it is about $5 \cdot 10^{-9}$,
// and the formula gives 0. Multiply above and below with $p + \sqrt{p^2 - q}$, and the difference is gone. The gradients follow by
// themselves.

// %% {"tags":["exercise"]}
// const smaller = ([p, q]: [Value, Value]): Value => sub(p, sqrt(sub(square(p), q)));

// %% {"tags":["solution"]}
const smaller = ([p, q]: [Value, Value]): Value =>
  div(q, add(p, sqrt(sub(square(p), q))));

// %% {"tags":["check"]}
const [p, q] = [value(1e8, "p"), value(1, "q")];
const solution = smaller([p, q]);
solution.backward();
const s = 1e8; // √(p² − q), to 16 digits
const alike = (name: string, got: number, want: number): void =>
  assert.ok(
    Math.abs(got / want - 1) < 1e-14,
    `smaller at p = 10⁸, q = 1: ${name} must be ${want}, to 14 digits, got ${got}`,
  );
alike("x", solution.data, 1 / (2 * s));
alike("∂x/∂q", q.grad, 1 / (2 * s));
alike("∂x/∂p", p.grad, -1 / (2 * s * s)); // −x/s
console.log(`x = ${solution.data}, ∂x/∂p = ${p.grad}, ∂x/∂q = ${q.grad}`);
