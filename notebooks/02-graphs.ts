// %% [markdown]
// # Computation graphs, and why gradients add up
//
// After this lesson you can draw any formula as a graph, walk back over it to get every derivative at once, and say why
// the walk must go in a certain order, and why it must add where beginners assign.
//
// Run it with `npx tsx notebooks/02-graphs.ts`. It builds on [the first lesson](01-derivatives.ts).

// %%
import assert from "node:assert/strict";
import {
  gradCheck,
  localDerivatives,
  topologicalOrder,
  Value,
  value,
  zeroGrad,
} from "@chainrule/core";
import { show } from "@chainrule/notebooks";
import { gradientPaths, toHtml, toSvg } from "@chainrule/viz";

// %% [markdown]
// ## A formula is a graph
//
// Take $u = 2x$, then $v = u^2$, then $y = u + v$. Each line makes one number from numbers that were there before. Draw a
// box for every number, and an arrow from what goes in to what comes out: that is the **computation graph** of $y$.

// %%
const x = value(3, "x");
const u = x.mul(2);
u.label = "u";
const v = u.square();
v.label = "v";
const y = u.add(v);
y.label = "y";

show(
  await toSvg(y),
  "The graph of y: x leads to u, and u leads to y twice: directly, and by way of v.",
);

// %% [markdown]
// The number on an arrow is a **local derivative**: how fast the result of this one step moves when this one operand does.
// For $v = u^2$ at $u = 6$ it is $2u = 12$. Nobody needs to know the rest of the formula for that.
//
// The boxes say `grad —`: nobody has asked for a gradient yet. Beside its name each shows the operation that made it: (·)²
// is the square of what comes in, which for $v$ is $u$.

// %%
for (const node of [u, v, y])
  console.log(
    `${node.label} = ${node.data}, local: ${localDerivatives(node).join(", ")}`,
  );

// %% [markdown]
// The product $u = 2x$ has two operands, $x$ and 2. So it has two local derivatives: 2 with respect to $x$, and $x = 3$
// with respect to the 2, which nobody asks for.
//
// ## One walk forward
//
// To compute $v$ one needs $u$ first. An order in which every node comes after all its operands is a **topological
// order**. There may be several; any will do for computing forward.

// %%
const order = topologicalOrder(y);
console.log(order.map((node) => node.label).join(" → "));

order.forEach((node, i) => {
  for (const operand of node.operands) {
    if (operand instanceof Value)
      assert.ok(order.indexOf(operand) < i, "an operand comes first");
  }
});

// %% [markdown]
// ## All paths count
//
// How fast does $y$ move when $x$ does? Nudge $x$ by a small $h$. Then $u$ moves by $2h$. That moves $y$ along two paths
// at once: directly, by $1 \cdot 2h$, and through $v$, by $1 \cdot 12 \cdot 2h$. Both movements happen, so they add:
//
// $$ \frac{dy}{dx} = 1 \cdot 2 + 1 \cdot 12 \cdot 2 = 26. $$
//
// In general, when $J$ is computed from $g_1, \dots, g_k$, and each of these from $\theta$, then
//
// $$ \frac{\partial J}{\partial \theta} = \sum_{j=1}^{k} \frac{\partial J}{\partial g_j} \frac{\partial g_j}{\partial
// \theta}. $$
//
// Along a path slopes multiply, over paths they add. We can check it by plain algebra: $y = 2x + 4x^2$, and so
// $y' = 2 + 8x$, which is 26 at $x = 3$.

// %%
const found = gradientPaths(y, x);
for (const { nodes, factors, product } of found.paths) {
  console.log(
    `${nodes.map(({ label }) => label).join(" → ")}: ${factors.join(" · ")} = ${product}`,
  );
}
assert.equal(found.gradient, 26);
assert.equal(found.gradient, 2 + 8 * x.data);

// %% [markdown]
// ## One walk back
//
// Listing all paths is hopeless for large graphs. The trick is to share work: the two paths above have their last bit,
// from $u$ back to $x$, in common. So collect at each node first, and send on afterwards.
//
// - Every node has a gradient: how fast $y$ moves when this node does. That of $y$ itself is 1.
// - Go through the nodes in **reverse** topological order. Each node sends to each operand its
//   own gradient times the local derivative, and the operand **adds** what it gets.
//
// That is all of backpropagation, and these lines are all of its code:

// %%
type Collect = (before: number, contribution: number) => number;
const add: Collect = (before, contribution) => before + contribution;

const walkBack = (
  root: Value,
  nodes: readonly Value[],
  collect: Collect = add,
): Map<Value, number> => {
  const gradients = new Map([[root, 1]]);
  for (const node of nodes) {
    const upstream = gradients.get(node) ?? 0;
    const local = localDerivatives(node);
    node.operands.forEach((operand, slot) => {
      if (!(operand instanceof Value)) return; // a plain number, such as the 2 of 2x
      gradients.set(
        operand,
        collect(gradients.get(operand) ?? 0, upstream * local[slot]!),
      );
    });
  }
  return gradients;
};

const gradients = walkBack(y, order.toReversed());
y.backward();
for (const node of order.toReversed()) {
  console.log(
    `∂y/∂${node.label} = ${gradients.get(node)}, and by backward(): ${node.grad}`,
  );
  assert.equal(gradients.get(node), node.grad);
}

// %% [markdown]
// Step through it: first forward, one operation at a time, then back, one arrow at a time. Watch how $u$ gets 1 from the
// direct path, waits, gets 12 more, and only then sends $13 \cdot 2$ on to $x$. Use the buttons or the arrow keys.
// "Why this order?" and "Why add up?" make the two mistakes that come next, on purpose.

// %%
show(
  await toHtml(y, { title: "y = u + u², u = 2x" }),
  "Steps through y: forward x, u, v, y; then back over every arrow, " +
    "with the running sum at u.",
  { picture: await toSvg(y) },
);

// %% [markdown]
// ## The wrong order
//
// What if $u$ does not wait? Coming from $y$, one meets $u$ and $v$ both after one arrow, so why not take $u$ first? Then
// $u$ has only the 1 of the direct path. It sends $1 \cdot 2$ to $x$. The 12 from $v$ arrive when $u$ is done already.

// %%
const tooEarly = walkBack(y, [y, u, v, x]);
console.log(`u first: ∂y/∂u = ${tooEarly.get(u)}, ∂y/∂x = ${tooEarly.get(x)}`);
assert.equal(tooEarly.get(u), 13); // right, but too late
assert.equal(tooEarly.get(x), 2); // the path through v is lost

// %% [markdown]
// And if $u$ simply sends again whenever something arrives? Then it sends 1 first, and later all 13 that it has by then:
// the 1 is counted twice.

// %%
const twice = walkBack(y, [y, u, v, u, x]);
console.log(`u twice: ∂y/∂x = ${twice.get(x)}`);
assert.equal(twice.get(x), 2 * 1 + 2 * 13);

// %% [markdown]
// The reverse of a topological order is precisely the promise that nobody sends before everything has arrived: all nodes
// that use $u$ come after $u$ in the order, hence before $u$ on the way back.
//
// ## The wrong assignment
//
// The second mistake is to write the contribution into the gradient in place of adding it: `=` for `+=`. Then the last
// one to arrive wins. Here the paths are $u$ to $v$ to $y$ (12) and $u$ to $y$ (1).

// %%
const assign: Collect = (_before, contribution) => contribution;
const overwritten = walkBack(y, order.toReversed(), assign);
console.log(
  `= for +=: ∂y/∂u = ${overwritten.get(u)}, ∂y/∂x = ${overwritten.get(x)};`,
  "right are 13 and 26",
);
assert.equal(overwritten.get(x), 12 * 2);

// %% [markdown]
// The smallest graph in which it matters is $x \cdot x$: one node that uses the same operand twice. There are two arrows,
// one for each factor, and each bears the *other* factor, 3. Together they give $3 + 3 = 6 = 2x$. If you assign,
// or keep operands in a set, you get 3.

// %%
const side = value(3, "x");
const area = side.mul(side);
area.label = "x·x";
area.backward();
console.log(`local: ${localDerivatives(area).join(" and ")}; gradient ${side.grad}`);
console.log(`with =: ${walkBack(area, [area, side], assign).get(side)}`);
assert.equal(area.operands.length, 2);
assert.equal(side.grad, 6);
show(
  await toSvg(area),
  "x·x: two arrows lead from x to it, each with local derivative 3.",
);

// %% [markdown]
// ## The diamond
//
// When two paths part and meet again one speaks of a diamond. Here $s = x^2$, $t = 3x$, and $y = s \cdot t = 3x^3$. So the
// derivative must be $9x^2$. At $x = 2$ that is 36: the upper path gives $t \cdot 2x = 6 \cdot 4 = 24$, the lower
// $s \cdot 3 = 4 \cdot 3 = 12$.

// %%
const x2 = value(2, "x");
const s = x2.square();
s.label = "s";
const t = x2.mul(3);
t.label = "t";
const diamond = s.mul(t);
diamond.label = "y";
diamond.backward();
show(
  await toSvg(diamond),
  "A diamond: x leads to s and to t, and both lead to y; the gradient of x is 36.",
);

const lastWins = walkBack(diamond, topologicalOrder(diamond).toReversed(), assign).get(
  x2,
);
console.log(`added: ${x2.grad}; with =: ${lastWins}`);
assert.equal(x2.grad, 9 * x2.data ** 2);
assert.notEqual(lastWins, x2.grad);
assert.ok(
  gradCheck((at: Value) => at.square().mul(at.mul(3)), 2).passed,
  "for the diamond, gradCheck agrees",
);

// %% [markdown]
// ## Why this is fast
//
// Put 30 diamonds in a row: double a number thirty times, each time by adding it to itself. From the end to the beginning
// there are $2^{30}$, over a billion, different paths. The walk back crosses 60 arrows, once each.

// %%
const first = value(1, "x");
let doubled = first;
for (let i = 0; i < 30; i++) doubled = doubled.add(doubled);
doubled.backward();
console.log(`${topologicalOrder(doubled).length} nodes, gradient ${first.grad}`);
assert.equal(first.grad, 2 ** 30);

// %% [markdown]
// ## Adding across walks
//
// `backward()` adds to what a leaf already has, too. (A **leaf** is a number that was not computed, such as $x$.) That is
// useful: a sum has the sum of the gradients, so one can go through examples one by one. It is also the reason for a
// classical mistake, which is not to set the gradients back to 0 before the next, different computation.

// %%
const w = value(1, "w");
const error = (input: number, target: number) => w.mul(input).sub(target).square();

error(2, 1).backward();
console.log(`first example: ${w.grad}`);
error(3, 5).backward();
console.log(`both examples: ${w.grad}`);
const oneByOne = w.grad;

zeroGrad([w]);
error(2, 1).add(error(3, 5)).backward();
console.log(`the sum of both, in one walk: ${w.grad}`);
assert.equal(oneByOne, w.grad);
// 2 (w·input − target) · input, for each:
assert.equal(w.grad, 2 * (2 - 1) * 2 + 2 * (3 - 5) * 3);

// %% [markdown]
// ## Practise with numbers
//
// Here is the graph of $y = (ab + a)^2$ at $a = 2$, $b = -3$, with its numbers and without its gradients. Fill them in. You
// are asked in the order of the walk back; beside $y$ stands the 1 that it starts with. There is a hint for each, and where
// a node is used twice, mind both arrows.

// %%
const [a, b] = [value(2, "a"), value(-3, "b")];
const s2 = a.mul(b);
s2.label = "s";
const t2 = s2.add(a);
t2.label = "t";
const squared = t2.square();
squared.label = "y";
show(
  await toHtml(squared, {
    title: "y = t², t = s + a, s = ab",
    quiz: true,
    direction: "TB",
  }),
  "A quiz that asks for the gradients of t, s, b and a; a is used twice.",
  { height: 560, picture: await toSvg(squared) },
);
squared.backward();
assert.equal(a.grad, 2 * (2 * -3 + 2) * (-3 + 1)); // 2t (b + 1)

// %% [markdown]
// ## Your turn: by hand
//
// Let $p = a + b$, $q = a \cdot b$ and $y = p \cdot q$. Draw the graph on paper, write the local derivatives on its arrows,
// and find $\partial y/\partial a$ and $\partial y/\partial b$ by adding over paths.

// %% {"tags":["exercise"]}
// const byHand = (a: number, b: number): [number, number] => {
//   const p = a + b;
//   const q = a * b;
//   return [q + p, q + p]; // mend this: what is ∂q/∂a, what ∂q/∂b?
// };

// %% {"tags":["solution"]}
const byHand = (a: number, b: number): [number, number] => {
  const p = a + b;
  const q = a * b;
  return [q * 1 + p * b, q * 1 + p * a];
};

// %% {"tags":["check"]}
for (const [atA, atB] of [
  [2, 3],
  [-1, 4],
  [0.5, 0],
] as const) {
  const [leafA, leafB] = [value(atA, "a"), value(atB, "b")];
  leafA.add(leafB).mul(leafA.mul(leafB)).backward();
  const wanted = [leafA.grad, leafB.grad].join(", ");
  const got = byHand(atA, atB).join(", ");
  assert.ok(
    got === wanted,
    `byHand(${atA}, ${atB}) must be [∂y/∂a, ∂y/∂b] = [${wanted}], got [${got}]`,
  );
}
console.log("Both derivatives are right.");

// %% [markdown]
// ## Your turn: how many paths
//
// Write a function that counts the paths from a leaf to the root, without listing them. It is the walk back with every
// local derivative replaced by 1: do you see why?

// %% {"tags":["exercise"]}
// const countPaths = (root: Value, leaf: Value): number => {
//   const paths = new Map([[root, 1]]);
//   // go through topologicalOrder(root).toReversed() here
//   return paths.get(leaf) ?? 0;
// };

// %% {"tags":["solution"]}
const countPaths = (root: Value, leaf: Value): number => {
  const paths = new Map([[root, 1]]);
  for (const node of topologicalOrder(root).toReversed()) {
    for (const operand of node.operands) {
      if (operand instanceof Value)
        paths.set(operand, (paths.get(operand) ?? 0) + paths.get(node)!);
    }
  }
  return paths.get(leaf) ?? 0;
};

// %% {"tags":["check"]}
for (const [graph, root, leaf, wanted] of [
  ["y = u + u²", y, x, 2],
  ["x·x", area, side, 2],
  ["the diamond", diamond, x2, 2],
  ["30 doublings", doubled, first, 2 ** 30],
  ["1 + 2, from an x that is not in it", value(1).add(2), x, 0],
] as const) {
  const got = countPaths(root, leaf);
  assert.ok(got === wanted, `countPaths of ${graph} must be ${wanted}, got ${got}`);
}
console.log("Every path counted.");
