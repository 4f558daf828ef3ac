// %% [markdown]
// # Forward or reverse: from which end to multiply
//
// After this lesson you can multiply a chain of Jacobians from either end, count what each end costs, choose between forward mode,
// reverse mode and finite differences by the shape of a function, and say what reverse mode pays for its speed.
//
// Run it with `npx tsx notebooks/14-forward-and-reverse.ts`.
//
// The folded code imports what is used. Its `agree` checks that two numbers, lists or tables are the same to twelve digits.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import {
  add,
  defineOp,
  div,
  dot,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  localDerivatives,
  mul,
  type Scalar,
  sin,
  square,
  sub,
  sum,
  topologicalOrder,
  Value,
  value,
  vjp,
} from "@chainrule/core";
import { MLP, Random, squaredError } from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { functionPlot, gradientPaths, lossCurve } from "@chainrule/viz";

type Vector = readonly number[];
type Matrix = readonly Vector[];

/** Asserts that two numbers, or two lists or tables of them, agree to twelve digits, however small. */
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
const last = <T>(items: readonly T[]): T => items.at(-1)!;

// %% [markdown]
// ## Where to put the brackets
//
// A net is a chain of functions, and [Jacobians multiply](03-jacobians.ts) along a chain, the last function first:
//
// $$ f = f_3 \circ f_2 \circ f_1, \qquad J = J_3 \, J_2 \, J_1. $$
//
// The order of the three is fixed. The brackets are not: $J_3 (J_2 J_1)$ begins at the inputs, $(J_3 J_2) J_1$ at the outputs,
// and both give the same table. They do not cost the same. The product of a $p \times q$ and a $q \times r$ table has $pr$ entries,
// each a sum of $q$ products: $pqr$ multiplications. Let there be $n$ inputs and $m$ outputs, in all of this lesson, and layers of
// $k$ numbers between them: $n \to k \to k \to m$. Then
//
// $$ \begin{aligned}
//    J_3 (J_2 J_1)&: & k k n + m k n &= n \, (k^2 + m k), \\
//    (J_3 J_2) J_1&: & m k k + m k n &= m \, (k^2 + k n).
//    \end{aligned} $$
//
// From the inputs one carries $n$ columns along, from the outputs $m$ rows. So begin at the end that is thinner. Let us count, with
// the real Jacobians of real layers.

// %%
let multiplications = 0;
/** a · b, and one more on the counter. */
const product = (a: number, b: number): number => {
  multiplications++;
  return a * b;
};
/** What a piece of work gives, and how many products it took. */
const counted = <T>(work: () => T): { readonly result: T; readonly count: number } => {
  multiplications = 0;
  const result = work();
  return { result, count: multiplications };
};

const times = (A: Matrix, B: Matrix): number[][] =>
  A.map((row) =>
    B[0]!.map((_, j) =>
      row.reduce((total, entry, k) => total + product(entry, B[k]![j]!), 0),
    ),
  );

/** The Jacobian of each layer of a net of these sizes, and that of the whole. */
const chainOf = (
  sizes: Vector,
): { readonly tables: Matrix[]; readonly whole: Matrix } => {
  const net = new MLP(sizes[0]!, sizes.slice(1), { output: "tanh", seed: 1 });
  const input = Array.from({ length: sizes[0]! }, (_, k) => (k % 5) / 5);
  let a = input;
  const tables = net.layers.map((layer) => {
    const table = jacobian((at: Value[]) => layer(at))(a);
    a = layer(a).map(({ data }) => data);
    return table;
  });
  return { tables, whole: jacobian((at: Value[]) => net(at))(input) };
};

// %%
const rows = ["| sizes | from the inputs | from the outputs |", "| --- | --: | --: |"];
for (const sizes of [
  [30, 20, 20, 1],
  [1, 20, 20, 30],
  [20, 20, 2, 20, 20],
]) {
  const { tables, whole } = chainOf(sizes);
  const fromInputs = counted(() => tables.reduce((sofar, J) => times(J, sofar)));
  const fromOutputs = counted(() => tables.reduceRight((sofar, J) => times(sofar, J)));
  agree(fromInputs.result, whole);
  agree(fromOutputs.result, whole);
  rows.push(`| ${sizes.join(" → ")} | ${fromInputs.count} | ${fromOutputs.count} |`);

  const [n, m] = [sizes[0]!, last(sizes)];
  const areas = sizes.slice(1).map((size, l) => size * sizes[l]!); // entries of J₁, J₂, …
  const total = areas.reduce((a, b) => a + b);
  assert.deepEqual(
    [fromInputs.count, fromOutputs.count],
    [n * (total - areas[0]!), m * (total - last(areas))],
  );
}
show({ "text/markdown": rows.join("\n") });

// %% [markdown]
// The first line is the shape of learning: many numbers go in (data, weights), one comes out, the loss. The second is its mirror
// image. In the third there is a waist in the middle, and the best is neither end: $(J_4 J_3)(J_2 J_1)$ puts 20 × 2 tables together.

// %%
const [J1, J2, J3, J4] = chainOf([20, 20, 2, 20, 20]).tables as [
  Matrix,
  Matrix,
  Matrix,
  Matrix,
];
const waist = counted(() => times(times(J4, J3), times(J2, J1)));
console.log(`(J₄ J₃)(J₂ J₁): ${waist.count} multiplications`);
assert.equal(waist.count, 20 * 20 * 2 + 2 * 20 * 20 + 20 * 2 * 20);

// %% [markdown]
// For a chain the best brackets can be computed; for a graph with branches nobody knows a fast way to find the best order (Naumann
// proved in 2008 that the problem is NP-hard, as hard as any puzzle whose solution is quickly checked). So programs offer the two ends.
//
// ## A column at a time, a row at a time
//
// And they store no tables at all. Multiply the chain by a *vector*, and every step is a table times a vector:
//
// $$ J v = J_3 (J_2 (J_1 v)), \qquad\qquad u^\top J = ((u^\top J_3) J_2) J_1. $$
//
// - **Forward mode**, `jvp` (Jacobian times vector): choose a direction $v$ among the inputs, and learn how *all outputs* change along
//   it. With $v = e_j$, 1 at place $j$ and 0 elsewhere, that is column $j$ of $J$. All of $J$ takes $n$ sweeps.
// - **Reverse mode**, `vjp` (vector times Jacobian): choose weights $u$ for the outputs, and learn how their weighted sum depends on
//   *all inputs*. With $u = e_i$ that is row $i$. All of $J$ takes $m$ sweeps.
//
// As an example, $f(x, y, z) = [\,xy, \; \sin yz\,]$: three columns, two rows.

// %%
type Three = [Value, Value, Value];
const f = ([x, y, z]: Three) => [x.mul(y), y.mul(z).sin()];
const [x, y, z] = [2, 0.5, 3];
const J = [
  [y, x, 0],
  [0, z * Math.cos(y * z), y * Math.cos(y * z)],
];
const three: [number, number, number][] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
three.forEach((e, j) => {
  const [, column] = jvp(f)([x, y, z], e);
  console.log(
    `forward, column ${j + 1}: ${column.map((entry) => entry.toFixed(4)).join(", ")}`,
  );
  agree(column, [J[0]![j], J[1]![j]]);
});
[
  [1, 0],
  [0, 1],
].forEach((e, i) => {
  const [, row] = vjp(f)([x, y, z], e);
  console.log(
    `reverse, row ${i + 1}:    ${row.map((entry) => entry.toFixed(4)).join(", ")}`,
  );
  agree(row, J[i]);
});

// %% [markdown]
// The two are bound together. $u^\top (J v) = (u^\top J) v$, whatever $u$ and $v$: brackets again. It is the best test there is of
// a program that has both.

// %%
const [u, v] = [
  [0.3, -1.2],
  [0.7, 0.1, -2],
] as const;
agree(dot(u, jvp(f)([x, y, z], [...v])[1]), dot(vjp(f)([x, y, z], [...u])[1], v));
console.log(`uᵀ(Jv) = (uᵀJ)v = ${dot(u, jvp(f)([x, y, z], [...v])[1]).toFixed(6)}`);

// %% [markdown]
// ## Forward mode in ten lines
//
// Forward mode needs no graph. Let every number bring its derivative along: instead of $a$ compute with $a + a' \varepsilon$, where
// $\varepsilon$ is a new thing with $\varepsilon^2 = 0$, too small to matter twice. Multiply out, and the product rule appears by itself:
//
// $$ \begin{aligned}
//    (a + a' \varepsilon)(b + b' \varepsilon) &= ab + (a' b + a b')\, \varepsilon + a' b' \varepsilon^2 \\
//    &= ab + (a' b + a b')\, \varepsilon.
//    \end{aligned} $$
//
// For any other function, go along its tangent: $g(a + a' \varepsilon) = g(a) + g'(a)\, a' \varepsilon$. All that a tangent leaves out
// has a factor $\varepsilon^2 = 0$. That is the chain rule. Such pairs are called **dual numbers**; the first part is the *primal*, the second the *tangent*.

// %%
interface Dual {
  readonly primal: number;
  readonly tangent: number;
}
const dual = {
  add: (a: Dual, b: Dual): Dual => ({
    primal: a.primal + b.primal,
    tangent: a.tangent + b.tangent,
  }),
  mul: (a: Dual, b: Dual): Dual => ({
    primal: a.primal * b.primal,
    tangent: a.tangent * b.primal + a.primal * b.tangent,
  }),
  sin: (a: Dual): Dual => ({
    primal: Math.sin(a.primal),
    tangent: Math.cos(a.primal) * a.tangent,
  }),
};

const g = (x: Dual, y: Dual): Dual => dual.add(dual.mul(x, y), dual.sin(x)); // xy + sin x
const engine = ([x, y]: [Value, Value]) => x.mul(y).add(sin(x));
for (const [dx, dy] of [
  [1, 0],
  [0, 1],
] as const) {
  const result = g({ primal: 2, tangent: dx }, { primal: 5, tangent: dy });
  console.log(
    `direction (${dx}, ${dy}): ${result.primal.toFixed(6)} + ${result.tangent.toFixed(6)} ε`,
  );
  agree(result.tangent, dx * (5 + Math.cos(2)) + dy * 2);
  agree([result.primal, result.tangent], jvp(engine)([2, 5], [dx, dy]));
}

// %% [markdown]
// Two inputs, two runs. A net with a million weights: a million runs. That is why nobody trains nets this way.
//
// ## The same arrows, both ways
//
// Now both sweeps over one [graph](02-graphs.ts), side by side. Every arrow bears a slope. Forward, a tangent $\dot v$ starts at one
// input and goes along the arrows. Backward, an adjoint $\bar v$ starts at the result and goes against them. Each arrow that is
// crossed costs one multiplication.

// %%
/** The slopes on the arrows into each node: both sweeps may use them for nothing. */
const slopesOf = new Map<Value, readonly (number | null)[]>();
const orderOf = (root: Value): Value[] => {
  const order = topologicalOrder(root);
  for (const node of order) slopesOf.set(node, localDerivatives(node));
  return order;
};

// %%
/** ∂node/∂input for every node that depends on this input; others cost nothing. */
const forwardSweep = (order: readonly Value[], input: Value): Map<Value, number> => {
  const tangents = new Map([[input, 1]]);
  for (const node of order) {
    const slopes = slopesOf.get(node)!;
    node.operands.forEach((operand, slot) => {
      const tangent = tangents.get(operand as Value);
      if (tangent === undefined) return;
      tangents.set(node, (tangents.get(node) ?? 0) + product(slopes[slot]!, tangent));
    });
  }
  return tangents;
};

// %%
/** ∂root/∂node for every node. */
const reverseSweep = (order: readonly Value[], root: Value): Map<Value, number> => {
  const adjoints = new Map([[root, 1]]);
  for (const node of order.toReversed()) {
    const slopes = slopesOf.get(node)!;
    node.operands.forEach((operand, slot) => {
      if (!(operand instanceof Value)) return;
      adjoints.set(
        operand,
        (adjoints.get(operand) ?? 0) + product(adjoints.get(node)!, slopes[slot]!),
      );
    });
  }
  return adjoints;
};

// %% [markdown]
// Take the loss of a net with two inputs, four hidden layers of $k$ neurons and one output. Learning asks for its derivatives by the
// *parameters*, so these are the inputs here, $n = 3k^2 + 7k + 1$ of them. Both ways give the gradient that `backward()` gives. But
// forward needs a sweep for each parameter.

// %%
const lossOf = (k: number) => {
  const net = new MLP(2, [k, k, k, k, 1], { seed: 2 });
  return { parameters: net.parameters(), loss: squaredError(net([0.5, -1])[0], 1) };
};
const work = Array.from({ length: 12 }, (_, i) => i + 1).map((k) => {
  const { parameters, loss } = lossOf(k);
  const order = orderOf(loss);
  const forward = counted(() =>
    parameters.map((parameter) => forwardSweep(order, parameter).get(loss)),
  );
  const reverse = counted(() => reverseSweep(order, loss));

  loss.backward();
  const gradient = parameters.map((parameter) => parameter.grad);
  agree(forward.result, gradient);
  agree(
    parameters.map((parameter) => reverse.result.get(parameter)),
    gradient,
  );
  const n = parameters.length;
  assert.equal(n, 3 * k * k + 7 * k + 1);
  assert.equal(reverse.count, 2 * n + 2 * k + 2);
  const ratio = forward.count / reverse.count;
  return { k, n, forward: forward.count, reverse: reverse.count, ratio };
});

// %%
assert.ok(
  work.every(({ ratio }, i) => i === 0 || ratio > work[i - 1]!.ratio),
  "the wider the net, the greater the ratio",
);
const table = [
  "| $k$ | $n$ | forward | reverse | ratio |",
  "| --: | --: | --: | --: | --: |",
];
for (const { k, n, forward, reverse, ratio } of work) {
  if (k % 3 === 0)
    table.push(`| ${k} | ${n} | ${forward} | ${reverse} | ${ratio.toFixed(1)} |`);
}
show({ "text/markdown": table.join("\n") });
show(
  lossCurve(
    {
      forward: work.map(({ forward }) => forward),
      reverse: work.map(({ reverse }) => reverse),
    },
    {
      scale: "log",
      xLabel: "k, neurons in each hidden layer",
      yLabel: "multiplications",
      title: "The work for the whole gradient",
    },
  ),
  "Two rising curves on a log scale, forward far above reverse; " +
    "the gap between them widens with the width.",
);

// %% [markdown]
// Reverse took $2n + 2k + 2$ multiplications: about two for each parameter, one on the arrow to the weight, and one on the arrow to the
// activation that it multiplies. Computing the loss itself takes one. So the *whole gradient* costs about two evaluations more, for
// ten parameters and for ten billion. This is the **cheap gradient principle**: for every function the gradient costs at most a small
// constant times the function, whatever $n$ is (Griewank and Walther, *Evaluating Derivatives*, chapter 4).
//
// We were kind to forward mode: it skipped whatever does not depend on the parameter at hand. Dual numbers skip nothing; with them
// it is $n$ times the whole graph.
//
// And by the clock, with the engine's own `grad` and `jvp`, on a ring of numbers in which each meets its neighbour:

// %%
/** The least of five times, in milliseconds. */
const milliseconds = (work: () => unknown): number =>
  Math.min(
    ...Array.from({ length: 5 }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );
const ring = (inputs: readonly Value[]) =>
  sum(inputs.map((each, i) => each.mul(inputs[(i + 1) % inputs.length]!).tanh()));
const hundred = Array.from({ length: 100 }, (_, i) => (i % 7) / 7);
const axis = (j: number) => hundred.map((_, i) => (i === j ? 1 : 0));
const byForward = () => hundred.map((_, j) => jvp(ring)(hundred, axis(j))[1]);
agree(byForward(), grad(ring)(hundred));
const [once, hundredTimes] = [
  milliseconds(() => grad(ring)(hundred)),
  milliseconds(byForward),
];
show.measured(
  `grad: ${once.toFixed(2)} ms; jvp a hundred times: ${hundredTimes.toFixed(1)} ms`,
);

// %% [markdown]
// ## Where forward wins
//
// One input, many outputs: a curve. A pendulum starts at the angle $\theta_0$, and we follow its angle $\theta$ and its speed $\omega$ in
// $m$ steps, each a short time $\tau$ long:
//
// $$ \omega \leftarrow \omega - \tau \sin \theta, \qquad \theta \leftarrow \theta + \tau \, \omega. $$
//
// How does each of the angles on its way depend on the first? *One* forward sweep tells, the tangent of the whole curve. Reverse would
// need one for each output.

// %%
type State = readonly [theta: Scalar, omega: Scalar];
const tau = 0.05;
const step = ([theta, omega]: State): State => {
  const faster = sub(omega, mul(tau, sin(theta)));
  return [add(theta, mul(tau, faster)), faster];
};
const swing = (theta0: Scalar, steps: number): Scalar[] => {
  let state: State = [theta0, 0];
  return Array.from({ length: steps }, () => {
    state = step(state);
    return state[0];
  });
};
const m = 240;
const [angles, tangents] = jvp((theta0: Value) => swing(theta0, m))(2, 1);

// %% [markdown]
// By hand: differentiate both lines by $\theta_0$, with a dot for the derivative:
// $\dot\omega \leftarrow \dot\omega - \tau \cos\theta \; \dot\theta$ and $\dot\theta \leftarrow \dot\theta + \tau \, \dot\omega$, from
// $\dot\theta = 1$, $\dot\omega = 0$. And counted: forward crosses each of the $7m - 1$ arrows once. Reverse crosses, for output $i$,
// the $7i - 1$ before it; all together $\frac72 m (m + 1) - m$.

// %%
let [thetaDot, omegaDot] = [1, 0];
[2, ...angles.slice(0, -1)].forEach((theta, i) => {
  omegaDot -= tau * Math.cos(theta) * thetaDot;
  thetaDot += tau * omegaDot;
  agree(tangents[i], thetaDot);
});

const start = value(2, "θ₀");
const outputs = swing(start, m) as Value[];
const whole = orderOf(last(outputs));
const ahead = counted(() => forwardSweep(whole, start)).count;
const back = counted(() =>
  outputs.map((output) => reverseSweep(topologicalOrder(output), output)),
).count;
console.log(`1 input, ${m} outputs: forward ${ahead} multiplications, reverse ${back}`);
assert.deepEqual([ahead, back], [7 * m - 1, (7 * m * (m + 1)) / 2 - m]);

/** A curve of one number for each step, with straight lines between the steps. */
const atTime = (curve: Vector) => (t: number) => {
  const i = Math.min(Math.max(Math.floor(t / tau) - 1, 0), m - 2);
  return curve[i]! + (curve[i + 1]! - curve[i]!) * (t / tau - 1 - i);
};
show(
  functionPlot(
    { "angle θ": atTime(angles), "its derivative by θ₀": atTime(tangents) },
    {
      from: tau,
      to: m * tau,
      samples: m,
      xLabel: "time",
      yLabel: "",
      title: "A pendulum, let go at θ₀ = 2",
    },
  ),
  "The angle swings evenly between 2 and −2. Its derivative swings too, higher each time, up to 6.",
);

// %% [markdown]
// The derivative grows, though the swing does not: let go a little higher, the pendulum takes longer for each swing, and falls further
// and further behind.
//
// ## The engine chooses
//
// `jacobian` looks at the shape: fewer inputs than outputs, forward; else, reverse. You may say otherwise. To watch it, here is an
// operation that changes nothing, and counts the sweeps that pass through it.

// %%
let passes = 0;
const turnstile = defineOp({
  name: "turnstile",
  value: (a) => a,
  partials: [
    () => {
      passes++;
      return 1;
    },
  ],
});
const passesOf = (work: () => unknown): number => {
  passes = 0;
  work();
  return passes;
};
const curve = (theta0: Value) => swing(turnstile(theta0), 50);
const loss = (inputs: Value[]) => turnstile(ring(inputs));
for (const [shape, chosen, forced, other] of [
  [
    "1 → 50",
    () => jacobian(curve)(2),
    () => jacobian(curve, { mode: "reverse" })(2),
    "reverse",
  ],
  [
    "100 → 1",
    () => jacobian(loss)(hundred),
    () => jacobian(loss, { mode: "forward" })(hundred),
    "forward",
  ],
] as const) {
  console.log(
    `${shape}: ${passesOf(chosen)} sweep; ${other}, ${passesOf(forced)} sweeps`,
  );
  assert.deepEqual(
    [passesOf(chosen), passesOf(forced)],
    [1, other === "reverse" ? 50 : 100],
  );
  agree(chosen(), forced());
}

// %% [markdown]
// ## The third competitor: nudging
//
// Why not nudge each input by a small $h$, and be done? $\frac{f(x + h) - f(x)}{h}$ takes $n + 1$ evaluations for $n$ inputs, about as
// many as forward mode takes sweeps, and no cleverness at all. But how small shall $h$ be? Two errors pull in opposite directions.
//
// - If $h$ is large, the curve bends: the quotient is $f' + \frac h2 f'' + \dots$, by the Taylor series, $f(x + h) = f + h f' +
//   \frac{h^2}{2} f'' + \dots$, which writes a function near $x$ by its derivatives there. So it is off by about $\frac h2 |f''|$.
// - If $h$ is small, rounding shows: a computer knows each value of $f$ only up to $\rho |f|$, with $\rho = 2^{-53} \approx 10^{-16}$, and
//   the difference of two is divided by $h$. So it is off by up to $2\rho|f|/h$.
//
// The sum of both is least where they are equal, at $h = 2\sqrt{\rho |f / f''|}$, near $10^{-8}$. There the error is about $10^{-8}$ too:
// half of the digits are lost, whichever $h$ one takes. The central quotient $\frac{f(x + h) - f(x - h)}{2h}$ has $\frac{h^2}{6} |f'''|$ for
// its first error. Its best $h$ is near $10^{-5}$, with an error near $10^{-11}$, for $2n$ evaluations.
//
// Let us see, for $f(x) = 1/x$ at 3, where $f = \frac13$, $f' = -\frac19$ and $f'' = \frac2{27}$, with $h = \frac12, \frac14, \frac18$
// and so on, which a computer adds to 3 without rounding.

// %%
const reciprocal = (x: number) => 1 / x;
const exact = -1 / 9;
const nudges = Array.from({ length: 50 }, (_, i) => 2 ** -(i + 1));
const oneSided = (h: number) => (reciprocal(3 + h) - reciprocal(3)) / h;
const central = (h: number) => (reciprocal(3 + h) - reciprocal(3 - h)) / (2 * h);
/** Points of the error over the nudge, both as powers of ten. */
const errorsOf = (quotient: (h: number) => number): [number, number][] =>
  nudges.map((h) => [Math.log10(h), Math.log10(Math.abs(quotient(h) - exact))]);

const rho = 2 ** -53;
const bound = (log10h: number) => {
  const h = 10 ** log10h;
  return Math.log10((h / 2) * (2 / 27) + (2 * rho * (1 / 3)) / h);
};
const forGrad = 2 * rho * Math.abs(exact); // two roundings
assert.ok(
  Math.abs(grad((x: Value) => div(1, x))(3) - exact) <= forGrad,
  "grad is off by two roundings at most",
);

// %%
show(
  functionPlot(
    {
      "one-sided": errorsOf(oneSided),
      central: errorsOf(central),
      "h/2·|f″| + 2ρ|f|/h": bound,
      "grad: at most": () => Math.log10(forGrad),
    },
    {
      from: -15.5,
      to: 0,
      xLabel: "log₁₀ of the nudge h",
      yLabel: "log₁₀ of the error",
      title: "The derivative of 1/x at 3, by nudging and by grad",
    },
  ),
  "Two V-shaped curves. The one-sided quotient is best near 10⁻⁸, the central one near 10⁻⁵; " +
    "grad lies far below both.",
);

// %%
for (const [name, errors, low, high] of [
  ["one-sided", errorsOf(oneSided), -10, -8],
  ["central", errorsOf(central), -13, -11],
] as const) {
  const [log10h, least] = errors.reduce((a, b) => (b[1] < a[1] ? b : a));
  const [h, error] = [10 ** log10h, 10 ** least].map((each) => each.toExponential(0));
  console.log(`${name}: at best off by ${error}, with h = ${h}`);
  assert.ok(low < least && least < high, "the least error is of the size expected");
}
assert.ok(
  errorsOf(oneSided).every(([log10h, error]) => error < bound(log10h) + 0.01),
  "the one-sided error stays below its bound",
);

// %% [markdown]
// Nudging has one merit, and it is a great one: it knows nothing of derivatives, so it is the judge that
// [`gradCheck`](01-derivatives.ts) calls when a rule is in doubt.
//
// ## Which one when
//
// For $n$ inputs and $m$ outputs:
//
// | | one run gives | runs for all of $J$ | it remembers | right digits |
// | --- | --- | --- | --- | --- |
// | nudging | about a column | $n + 1$ (central: $2n$) | nothing | about 8 (central: 11) |
// | forward, `jvp` | a column | $n$ | nothing | all |
// | reverse, `vjp`, `grad` | a row | $m$ | every value | all |
//
// Learning has one output, the loss, and many inputs. That is the whole reason why it goes backward.
//
// ## Three asides
//
// The rest may wait for a second reading: what sharing saves where layers are wide, what reverse mode pays in memory, and
// what the two modes do together. The second exercise needs the last of them.
//
// ### Paths, and brackets again
//
// [Lesson 8](08-backpropagation.ts) counted the work in a chain of single neurons, where one path leads from the loss to each weight.
// Real layers are wide. Let all $L$ layers have $k$ neurons. From a weight of layer $l$ the way leads to one neuron, from there to any
// of the $k$ of the next layer, from each of these again to $k$, and so on: $k^{L-l}$ paths, and the gradient is the sum over all of them.
//
// With $k = 4$, here is the number of paths from one weight of the first layer, and beside it the arrows that a reverse sweep crosses
// for *all* weights, $(2L - 1) k^2 + (L + 1) k$ of them. (`gradientPaths` does not list 262,144 paths either. It counts them as
// [lesson 2](02-graphs.ts) did, by walking over the arrows once.)

// %%
/** The sum of the last of L layers of k tanh neurons without biases; the first weight. */
const wideNet = (k: number, L: number) => {
  const random = new Random(3);
  const indices = Array.from({ length: k }, (_, i) => i);
  const weights = Array.from({ length: L }, () =>
    indices.map(() => indices.map(() => value(random.uniform(-1, 1)))),
  );
  let a: Scalar[] = indices.map((i) => (i + 1) / k);
  for (const W of weights) a = W.map((row) => dot(row, a).tanh());
  return { total: sum(a) as Value, weight: weights[0]![0]![0]! };
};
const depths = Array.from({ length: 10 }, (_, i) => i + 1).map((L) => {
  const { total, weight } = wideNet(4, L);
  const { count } = gradientPaths(total, weight);
  const arrows = counted(() => reverseSweep(orderOf(total), total)).count;
  assert.equal(count, 4n ** BigInt(L - 1));
  assert.equal(arrows, (2 * L - 1) * 4 ** 2 + (L + 1) * 4);
  return { paths: Number(count), arrows };
});
for (const L of [2, 4, 7, 10]) {
  const { paths, arrows } = depths[L - 1]!;
  console.log(`${String(L).padStart(2)} layers: ${paths} paths, ${arrows} arrows`);
}
show(
  lossCurve(
    {
      paths: depths.map(({ paths }) => paths),
      arrows: depths.map(({ arrows }) => arrows),
    },
    {
      scale: "log",
      xLabel: "layers",
      yLabel: "number",
      title: "Paths from one weight, arrows in all",
    },
  ),
  "On a log scale the paths rise along a straight line from 1 to 262,144; " +
    "the arrows bend and stay near 350.",
);

// %% [markdown]
// How can 348 arrows do the work of 262,144 paths? By the law $ab + ac = a(b + c)$: paths that share an end are added up first, and
// multiplied once. Forward mode takes out the common beginnings, reverse mode the common ends, and for one loss and many weights it is
// the ends that are common.
//
// ### What reverse mode pays
//
// The slopes of the way back are made of values from the way forward: $\cos\theta$ needs $\theta$. The first value computed is the last
// one needed, so **all of them must be kept**. Dual numbers keep nothing: each step of the pendulum needs only the one before, four
// numbers in all. Reverse mode keeps five nodes for every step. That is why training takes so much more memory than using a
// trained net.

// %%
const steps = 1024;
const advance = (from: State, steps: number): State => {
  let state = from;
  for (let i = 0; i < steps; i++) state = step(state);
  return state;
};
const nodesOf = (steps: number) =>
  topologicalOrder(advance([value(2), value(0)], steps)[0] as Value).length;
for (const n of [32, steps]) console.log(`${n} steps: ${nodesOf(n)} nodes kept`);
assert.equal(nodesOf(steps), 5 * steps + 2);

// %% [markdown]
// One can trade time for memory. Run forward in plain numbers, and keep only every 32nd state, a *checkpoint*. Then go back piece by
// piece: build the graph of the last 32 steps anew, pull the adjoint through it, throw it away, take the piece before. Every step is
// computed twice; in memory there are never more than the 32 checkpoints and one piece of 32 steps.

// %%
const checkpoints: State[] = [[2, 0]]; // plain numbers: no graph
while (checkpoints.length < steps / 32) checkpoints.push(advance(last(checkpoints), 32));

const piece = vjp((state: [Value, Value]) => advance(state, 32));
let adjoint: [number, number] = [1, 0]; // of the last angle, by the last angle and by the last ω
for (const [theta, omega] of checkpoints.toReversed() as [number, number][]) {
  adjoint = piece([theta, omega], adjoint)[1];
}
const atOnce = grad((state: [Value, Value]) => advance(state, steps)[0])([2, 0]);
agree(adjoint, atOnce);
console.log(
  `∂θ/∂θ₀ after ${steps} steps: ${adjoint[0].toFixed(4)},`,
  `from at most ${nodesOf(32)} nodes at a time`,
);

// %% [markdown]
// ### Both at once: curvature
//
// The gradient $\nabla f$ is itself a function, with $n$ inputs and $n$ outputs. Its Jacobian is the **Hessian** $H$, the table of all
// second derivatives, $n^2$ of them. But often one only wants $Hv$: how the gradient changes along a direction $v$. That is *one*
// forward sweep over the graph of the gradient,
//
// $$ H v = \left. \frac{d}{dt} \nabla f(x + t v) \right|_{t = 0}, $$
//
// *forward over reverse*. For an example: masses in a row, each joined to the next by a spring, and all of them in a bowl,
//
// $$ \begin{aligned}
//    f(x) &= \tfrac12 \textstyle\sum_{i} (x_{i+1} - x_i)^2 + \tfrac14 |x|^4, \\
//    (Hv)_i &= (v_i - v_{i-1}) - (v_{i+1} - v_i) + |x|^2 v_i + 2 (x \cdot v)\, x_i,
//    \end{aligned} $$
//
// where a bracket is left out if it reaches beyond the ends of the row.

// %%
const springs = (x: readonly Value[]) =>
  sum([
    ...x.slice(1).map((each, i) => square(each.sub(x[i]!)).mul(0.5)),
    square(dot(x, x)).mul(0.25),
  ]) as Value;
const springsHv = (x: Vector, v: Vector): number[] =>
  x.map((xi, i) => {
    const left = i > 0 ? v[i]! - v[i - 1]! : 0;
    const right = i < x.length - 1 ? v[i + 1]! - v[i]! : 0;
    return left - right + dot(x, x) * v[i]! + 2 * dot(x, v) * xi;
  });

const masses = Array.from({ length: 60 }, (_, i) => ((i * i) % 11) / 11);
const direction = Array.from({ length: 60 }, (_, i) => ((i * 7) % 5) - 2);
agree(hvp(springs)(masses, direction), springsHv(masses, direction));
agree(
  hessian(springs)(masses).map((line) => dot(line, direction)),
  springsHv(masses, direction),
);
const [forGradient, forHv, forH] = [
  milliseconds(() => grad(springs)(masses)),
  milliseconds(() => hvp(springs)(masses, direction)),
  milliseconds(() => hessian(springs)(masses)),
].map((time) => time.toFixed(2));
show.measured(`60 masses: ∇f ${forGradient} ms, Hv ${forHv} ms, all of H ${forH} ms`);

// %% [markdown]
// ## Your turn
//
// **1.** Teach the dual numbers to divide: what is the tangent of $a / b$?

// %% {"tags":["exercise"]}
// const divide = (a: Dual, b: Dual): Dual => ({
//   primal: a.primal / b.primal,
//   tangent: a.tangent / b.tangent, // not so
// });

// %% {"tags":["solution"]}
const divide = (a: Dual, b: Dual): Dual => ({
  primal: a.primal / b.primal,
  tangent: (a.tangent * b.primal - a.primal * b.tangent) / b.primal ** 2,
});

// %% {"tags":["check"]}
const quotient = ([a, b]: [Value, Value]) => a.div(b);
for (const [da, db] of [
  [1, 0],
  [0, 1],
  [2, -3],
] as const) {
  const result = divide({ primal: 3, tangent: da }, { primal: 4, tangent: db });
  const [primal, tangent] = jvp(quotient)([3, 4], [da, db]);
  const call = `divide(3 + ${da} ε, 4 + ${db} ε)`;
  agree(result.primal, primal, `the primal of ${call}`);
  agree(result.tangent, tangent, `the tangent of ${call}`);
}
console.log("Dual numbers can divide.");

// %% [markdown]
// **2.** In [lesson 11](11-gradient-descent.ts) the steepest direction of a bowl, where the curvature is 9, set the limit of the learning
// rate: $\eta < 2/9$. For any loss near its lowest point it is $2/\lambda$, with $\lambda$ for the largest curvature in any direction:
// the largest number for which some $v$ has $Hv = \lambda v$, an *eigenvalue* of $H$. A net with a million weights has an $H$ with $10^{12}$ entries, but $\lambda$ can be had without them: start with
// almost any $v$, and replace it by $Hv$, scaled to length 1, again and again. It turns towards the direction of the largest curvature, and the
// length of $Hv$ towards $\lambda$. Write that, with `hvp`.

// %% {"tags":["exercise"]}
// const largestCurvature = (f: (x: Value[]) => Value, x: number[], rounds: number): number => {
//   let v = x.map((_, i) => 1 / (i + 1));
//   const Hv = hvp(f)(x, v);
//   return Math.hypot(...Hv) / Math.hypot(...v); // one round is not enough
// };

// %% {"tags":["solution"]}
const largestCurvature = (
  f: (x: Value[]) => Value,
  x: number[],
  rounds: number,
): number => {
  let v = x.map((_, i) => 1 / (i + 1));
  let length = Math.hypot(...v);
  for (let round = 0; round < rounds; round++) {
    v = hvp(f)(
      x,
      v.map((vi) => vi / length),
    );
    length = Math.hypot(...v);
  }
  return length;
};

// %% {"tags":["check"]}
const bowl = ([a, b]: Value[]) => square(a!).add(square(b!).mul(9)).mul(0.5);
agree(largestCurvature(bowl, [3, -1], 50), 9, "the bowl: largestCurvature");
const five = largestCurvature(springs, [0, 0, 0, 0, 0], 100); // five masses at rest
agree(five, 2 + (1 + Math.sqrt(5)) / 2, "five masses at rest: largestCurvature");
console.log(
  `the bowl: 9; five masses: ${five.toFixed(6)}, which is 2 plus the golden ratio`,
);
