// %% [markdown]
// # From a graph to machine code
//
// After this lesson you can write a WebAssembly program byte by byte, turn a small graph and its gradients into one yourself, say what
// `compile` does beyond that, and make a training step run tens of times as fast.
//
// Run it with `npx tsx notebooks/17-webassembly.ts`.
//
// The folded code imports what is used. Its `table` prints a table.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import {
  add,
  compile,
  greater,
  log,
  mean,
  mul,
  type Scalar,
  sin,
  sqrt,
  square,
  sub,
  sum,
  TraceError,
  topologicalOrder,
  type Value,
  value,
  valueAndGrad,
  where,
  zeroGrad,
} from "@chainrule/core";
import { accuracy, MLP, moons, Random, squaredError } from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { decisionBoundary, lossCurve, toSvg } from "@chainrule/viz";

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): void => {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  show({
    "text/markdown": [heads, heads.map(() => "---"), ...rows].map(line).join("\n"),
  });
};

// %% [markdown]
// A graph of Values is honest work: each operation makes an object, remembers its operands, and waits for the way back. (Code that
// computes at once, operation by operation, as that of most lessons so far, is called *eager*.) The one multiplication that it is about
// takes a nanosecond; the bookkeeping takes many times that. In training the same graph is built
// thousands of times, with other numbers in it. So do the bookkeeping *once*, and write down a program with nothing but the arithmetic.
//
// ## A program, byte by byte
//
// WebAssembly is a language of bytes that browsers and Node translate to machine code. It is a *stack machine*: `local.get` lays a
// number on a stack, `f64.mul` takes two off and lays their product on. Here is the whole of a module with one function, `multiply(a, b)`.

// %%
const ascii = (text: string): number[] => [...text].map((each) => each.charCodeAt(0));

const multiplyModule: [bytes: number[], meaning: string][] = [
  [[0x00, ...ascii("asm"), 1, 0, 0, 0], "a WebAssembly module, version 1"],
  [[1, 7, 1], "section 1, of 7 bytes: the types of functions, one"],
  [[0x60, 2, 0x7c, 0x7c, 1, 0x7c], "a function of two f64 that gives one f64"],
  [[3, 2, 1, 0], "section 3: one function, of type 0"],
  [[7, 12, 1], "section 7, of 12 bytes: one export"],
  [[8, ...ascii("multiply"), 0, 0], 'a name of 8 letters: "multiply" is function 0'],
  [[10, 9, 1], "section 10, of 9 bytes: the code of one function"],
  [[7, 0], "7 bytes, no further locals"],
  [[0x20, 0], "local.get 0: lay a on the stack"],
  [[0x20, 1], "local.get 1: lay b on it"],
  [[0xa2], "f64.mul: take both, lay down a · b"],
  [[0x0b], "end: what is on the stack is the result"],
];
const hex = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
table(
  ["bytes", "meaning"],
  multiplyModule.map(([bytes, meaning]) => [`\`${hex(bytes)}\``, meaning]),
);

const multiplyBytes = Uint8Array.from(multiplyModule.flatMap(([bytes]) => bytes));
const { multiply } = new WebAssembly.Instance(new WebAssembly.Module(multiplyBytes))
  .exports;
const product = (multiply as (a: number, b: number) => number)(6, 7);
console.log(`${multiplyBytes.length} bytes; multiply(6, 7) = ${product}`);
assert.equal(product, 42);

// %% [markdown]
// ## A compiler on one page
//
// What must a graph become? Its nodes in topological order, and for each: lay its operands on the stack, do the operation, and keep the
// result in a *local*, a numbered place of the function. Inputs are the first locals. That is all. A node that is used twice is computed
// once, and fetched twice.

// %%
/** A length: seven bits to a byte, and a high bit where more follow. */
const leb = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >> 7)]);
const sized = (bytes: readonly number[]): number[] => [...leb(bytes.length), ...bytes];
const section = (id: number, bytes: readonly number[]) => [id, ...sized(bytes)];

/** A module with one function `run` of f64s. */
const moduleOf = (takes: number, gives: number, locals: number, code: number[]) => {
  const f64s = (count: number) => [...leb(count), ...new Array<number>(count).fill(0x7c)];
  return Uint8Array.from([
    ...[0x00, ...ascii("asm"), 1, 0, 0, 0],
    ...section(1, [1, 0x60, ...f64s(takes), ...f64s(gives)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...sized(ascii("run")), 0, 0]),
    ...section(10, [1, ...sized([1, ...leb(locals), 0x7c, ...code, 0x0b])]),
  ]);
};

const opcodes: Record<string, number> = {
  sqrt: 0x9f,
  add: 0xa0,
  sub: 0xa1,
  mul: 0xa2,
  div: 0xa3,
};
const f64Const = (x: number): number[] => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x, true);
  return [0x44, ...new Uint8Array(view.buffer)];
};

/** A program that computes the roots from the inputs. */
const graphToWasm = (roots: readonly Value[], inputs: readonly Value[]) => {
  const locals = new Map(inputs.map((input, i): [Value, number] => [input, i]));
  const lay = (x: Scalar): number[] => {
    if (typeof x === "number") return f64Const(x);
    const at = locals.get(x);
    return at === undefined ? f64Const(x.data) : [0x20, ...leb(at)]; // local.get
  };
  const code: number[] = [];
  for (const node of roots.flatMap((root) => topologicalOrder(root))) {
    if (node.op === undefined || locals.has(node)) continue; // a leaf, or done
    const opcode = opcodes[node.op.name];
    if (opcode === undefined) throw new RangeError(`no instruction for ${node.op.name}`);
    code.push(...node.operands.flatMap(lay), opcode, 0x21, ...leb(locals.size)); // local.set
    locals.set(node, locals.size);
  }
  code.push(...roots.flatMap(lay));
  return moduleOf(inputs.length, roots.length, locals.size - inputs.length, code);
};

// %% [markdown]
// Try it on $f(x, y) = xy + \sqrt x$. Its gradients are graphs as well ([lesson 14](14-forward-and-reverse.ts) has more of that): with
// `createGraph`, `backward()` writes down each step of the chain rule as nodes, among them nodes that the way forward has made already.
//
// $$ \frac{\partial f}{\partial x} = y + \frac{0.5}{\sqrt x}, \qquad \frac{\partial f}{\partial y} = x. $$

// %%
const [x, y] = [value(4, "x"), value(3, "y")];
const f = add(mul(x, y), sqrt(x));
f.backward({ createGraph: true });
const [dx, dy] = [x.gradNode as Value, y.gradNode as Value];
f.label = "f";
dx.label = "∂f/∂x";
console.log(`∂f/∂y is the node x itself: ${dy === x}`);
show(
  await toSvg([f, dx]),
  "The graph of f: a product and a root, added. " +
    "Behind it that of ∂f/∂x: 0.5 divided by the same root, plus y.",
);

// %%
const bytes = graphToWasm([f, dx, dy], [x, y]);
const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
const ours = run as (x: number, y: number) => [f: number, dx: number, dy: number];
console.log(`${bytes.length} bytes. At (4, 3): ${ours(4, 3).join(", ")}`);
assert.deepEqual(ours(4, 3), [14, 3 + 0.5 / 2, 4]);
assert.deepEqual(ours(9, -2), [9 * -2 + 3, -2 + 0.5 / 3, 9]); // other numbers, same program

// %% [markdown]
// Bytes can be read back. The folded code goes through them, and prints the name of each instruction and what follows it: the number of
// a local, an address, a constant.

// %% {"tags":["hide-input"]}
const names = new Map([
  [0x0b, "end"],
  [0x20, "local.get"],
  [0x21, "local.set"],
  [0x2b, "f64.load"],
  [0x39, "f64.store"],
  [0x41, "i32.const"],
  [0x44, "f64.const"],
  ...Object.entries(opcodes).map(([op, code]): [number, string] => [code, `f64.${op}`]),
]);

/** The instructions of the function of a module, a line for each number that is put away. */
const listing = (module: Uint8Array): string => {
  const view = new DataView(module.buffer, module.byteOffset);
  let at = 8;
  const byte = () => view.getUint8(at++);
  const number = (shift = 0): number => {
    const next = byte();
    return ((next & 127) << shift) | (next < 128 ? 0 : number(shift + 7));
  };
  const skip = (count: number) => {
    at += count;
  };
  while (byte() !== 10) skip(number()); // to section 10
  for (let i = 0; i < 3; i++) number(); // its size, one function, the size of that
  for (let groups = number(); groups > 0; groups--) skip(2); // the locals
  let text = "";
  while (at < module.length) {
    const code = byte();
    text += names.get(code) ?? `0x${code.toString(16)}`;
    if (code === 0x44) {
      text += ` ${view.getFloat64(at, true)}`;
      skip(8);
    } else if (code === 0x2b || code === 0x39) {
      number(); // the alignment
      text += ` offset=${number()}`;
    } else if (code < 0x44 && code !== 0x0b) text += ` ${number()}`;
    text += code === 0x21 || code === 0x39 ? "\n" : "  ";
  }
  return text;
};
console.log(listing(bytes));
assert.ok(
  listing(bytes).startsWith("local.get 0  local.get 1  f64.mul  local.set 2\n"),
  "x · y comes first, and is put into local 2",
);

// %% [markdown]
// ## What `compile` does beyond that
//
// The same in one line: `compile(valueAndGrad(f))`. It does in earnest what we did on a page.
//
// 1. **Trace.** On the first call, your function is run once, on Values that have *no number yet*. That leaves a graph like ours. The
//    transform, here `valueAndGrad`, runs as well, and extends it.
// 2. **Lower.** Each node becomes instructions, one or several; `sin` becomes a call of `Math.sin`.
// 3. **Simplify.** What is constant is computed, what is there already is not computed again, what no result needs is left out.
// 4. **Emit.** Bytes are written, and given to the engine.

// %%
const compiled = compile(
  valueAndGrad(([x, y]: [Value, Value]) => add(mul(x, y), sqrt(x))),
);
console.log(JSON.stringify(compiled([4, 3])));
assert.deepEqual(compiled([4, 3]), [14, [3.25, 4]]);
assert.deepEqual([compiled.wasm.abi.inputsAt, compiled.wasm.abi.outputsAt], [0, 16]);
console.log(listing(compiled.wasm.bytes));
show(
  await toSvg(compiled),
  "The program: x and y, as argument 1[0] and 1[1], at the left; " +
    "product, root and sum; 0.5 divided by the root plus 0; " +
    "the three results at the right.",
);

// %% [markdown]
// The instructions are ours, in nearly the same order. The difference: inputs and results lie in *memory*, at addresses, as there may be
// thousands of them. A number takes eight bytes, so the inputs $x$ and $y$ are at 0 and 8, and the results $f$, $\partial f/\partial x$
// and $\partial f/\partial y$ at 16, 24 and 32 (the `i32.const 0` is where counting starts). And a local is used again as soon as its number is not needed any more.
//
// (Why √x + 0? Because $\sqrt{-0} = -0$, and $0.5 / {-0}$ would be $-\infty$; the slope of the root at 0 is $+\infty$, from whichever
// side the 0 came. Adding 0 turns $-0$ into 0.)
//
// Write a function carelessly, with an expression twice, a product of constants, and a logarithm that nobody uses. `inspect()` counts what
// each phase has left. The program comes out the same, to the byte:

// %%
const careful = ([x, y]: [Value, Value]) => {
  const s = sin(x);
  return add(mul(s, y), mul(6, square(s)));
};
const careless = ([x, y]: [Value, Value]) => {
  log(y);
  return add(mul(sin(x), y), mul(mul(value(2), 3), square(sin(x))));
};
const kernels = { careful: compile(careful), careless: compile(careless) };
table(
  ["", "nodes traced", "result", "bytes"],
  Object.entries(kernels).map(([name, kernel]) => {
    const result = kernel([0.5, 2]).toFixed(6);
    const { nodes, bytes } = kernel.inspect();
    return [name, String(nodes), result, String(bytes)];
  }),
);
assert.deepEqual(kernels.careful.wasm.bytes, kernels.careless.wasm.bytes);
assert.ok(
  kernels.careless.inspect().nodes > kernels.careful.inspect().nodes,
  "written carelessly, more nodes are traced",
);

// %% [markdown]
// It does not do all that a mathematician would. $x - x$ is not 0 if $x$ is ∞, $x \cdot 0$ is not 0 if $x$ is NaN
// ([lesson 16](16-numbers-that-break.ts)), and $xy + xz$ is rounded otherwise than $x(y + z)$. Only what is the same for *all* doubles is
// done, for a compiled function must answer what the function answers.

// %%
const doubtful: Record<string, (x: Value) => Value> = {
  "x − x": (x) => sub(x, x),
  "x · 0": (x) => mul(x, 0),
};
for (const [name, of] of Object.entries(doubtful)) {
  const answers = [3, Number.POSITIVE_INFINITY].map((at) => compile(of)(at));
  console.log(`${name}: ${answers[0]} at 3, ${answers[1]} at ∞`);
  assert.deepEqual(answers, [0, Number.NaN]);
}

// %% [markdown]
// ### Calling it without this library
//
// `kernel.wasm` has the bytes and a description. Inputs go into the module's memory, results come out of it, eight bytes to a number.

// %%
const { bytes: module, abi } = compiled.wasm;
const bare = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(module)));
const { memory, run: runBare } = bare.exports;
const numbers = new Float64Array((memory as WebAssembly.Memory).buffer);
numbers.set([4, 3], abi.inputsAt / 8);
(runBare as () => void)();
const results = numbers.subarray(abi.outputsAt / 8, abi.outputsAt / 8 + abi.outputCount);
console.log(
  `${module.length} bytes; inputs at byte ${abi.inputsAt};`,
  `at byte ${abi.outputsAt}: ${results.join(", ")}`,
);
assert.deepEqual([...results], [14, 3.25, 4]);

// %% [markdown]
// ### The same, to the bit
//
// At a thousand random points the compiled value and gradient are those of eager code, bit for bit: both do the same operations in the same
// order. (Sums over rows, below, are the exception.)

// %%
const random = new Random(1);
const eager = valueAndGrad(careful);
const fast = compile(valueAndGrad(careful));
for (let i = 0; i < 1000; i++) {
  const point: [number, number] = [random.uniform(-9, 9), random.uniform(-9, 9)];
  assert.deepEqual(fast(point), eager(point));
}

// %% [markdown]
// ## Data: a loop, not a thousand copies
//
// The loss of a net is a mean over rows of data. A loop in JavaScript is traced as what it did: a thousand rows, a thousand copies of the
// same few nodes. `sum`, `mean`, `map` and `scan` of a function over rows trace the function *once*, and the program has a loop.

// %%
interface Row {
  readonly x: number;
  readonly y: number;
}
const line = (w: Value, data: readonly Row[]) =>
  sum(data, ({ x, y }) => square(sub(mul(w, x), y)));
const dataOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ x: i / count, y: (2 * i) / count }));

const sizes = [100, 1000, 100_000].map((count) => {
  const kernel = compile(valueAndGrad(line));
  const [loss, slope] = kernel(1.5, dataOf(count));
  const { nodes, rolled, bytes, loops } = kernel.inspect();
  const squares = ((count - 1) * (2 * count - 1)) / (6 * count); // Σ (i/n)²
  assert.ok(Math.abs(loss / (0.25 * squares) - 1) < 1e-12, "the loss is ¼ Σ (i/n)²");
  assert.ok(Math.abs(slope / -squares - 1) < 1e-12, "its slope is −Σ (i/n)²");
  return { count, nodes, rolled, bytes, iterations: loops[0]?.count };
});
table(
  ["rows", "nodes traced", "instructions", "iterations of the loop"],
  sizes.map(({ count, nodes, rolled, iterations }) =>
    [count, nodes, rolled, iterations].map(String),
  ),
);
show.measured(`bytes: ${sizes.map(({ bytes }) => bytes).join(", ")}`);
for (const { count, nodes, rolled, bytes, iterations } of sizes) {
  assert.deepEqual(
    [nodes, rolled, iterations],
    [sizes[0]?.nodes, sizes[0]?.rolled, count],
  );
  assert.ok(bytes < 5000, "a loop needs fewer than 5000 bytes, however many rows");
}

// %% [markdown]
// The loop does several rows at a time, in the registers of the processor that hold two numbers each, and adds up several subtotals. So
// a sum may differ from the eager one in the last bits: rounding depends on the order. The loop in plain JavaScript is found out, too,
// if there are enough rows, and rolled up again; but by then the tracing has cost its time.

// %%
const byHand = (
  w: Value,
  data: readonly { readonly x: Scalar; readonly y: Scalar }[],
) => {
  let total = mul(w, 0);
  for (const { x, y } of data) total = add(total, square(sub(mul(w, x), y)));
  return total;
};
const unrolled = compile(valueAndGrad(byHand));
const [lossByHand] = unrolled(1.5, dataOf(1000));
const found = unrolled.inspect();
console.log(
  `a JavaScript loop over 1000 rows: ${found.nodes} nodes traced,`,
  `${found.lowered} instructions, ${found.rolled} when rolled up`,
);
assert.ok(
  found.nodes > 1000 && found.rolled < 100,
  "the loop is found out and rolled up",
);
assert.equal(found.loops[0]?.origin, "found");
const [lossBySum] = compile(valueAndGrad(line))(1.5, dataOf(1000));
assert.ok(
  Math.abs(lossByHand / lossBySum - 1) < 1e-12,
  "both loops give the same loss, to 12 digits",
);

// %% [markdown]
// ## What cannot be compiled
//
// While it is traced, a Value has no number, so nothing can be decided by it. `if (x.data > 0)` would follow one branch for all inputs
// to come, wrongly for those that belong to the other. It throws instead, and says what to do: compute both branches, and choose by `where`.

// %%
const branching = (x: Value): Value => (x.data > 0 ? x : mul(x, 0.1));
const choosing = (x: Value): Value => where(greater(x, 0), x, mul(x, 0.1));
const refusal = (): string => {
  try {
    return String(compile(branching)(2));
  } catch (error) {
    assert.ok(error instanceof TraceError, String(error));
    return error.message;
  }
};
assert.match(refusal(), /choose with where/);
console.log(refusal().split(";")[0]);
const leaky = compile(valueAndGrad(choosing));
assert.deepEqual(
  [leaky(2), leaky(-2)],
  [
    [2, 1],
    [-0.2, 0.1],
  ],
);

// %% [markdown]
// Three forms look like a choice and throw nothing, as JavaScript asks the Value nothing: `x === 0`, `if (x)` and `switch (x)` look at
// the object itself. Write `where(equal(x, 0), a, b)`.
//
// An `if` on what is *fixed* is no problem: a flag, the length of an array, the number of a layer. Each structure of arguments is traced
// for itself. Two things to keep in mind. What your function does besides computing, it does while it is traced, and not again. And a plain
// number that it uses from outside is written into the program as it was then; a `value()` is an input, and is read at each call.

// %%
let calls = 0;
let plainFactor = 2;
const liveFactor = value(2, "factor");
const byBoth = compile((x: Value) => {
  calls++;
  return [mul(x, plainFactor), mul(x, liveFactor)];
});
console.log(`before: ${byBoth(10).join(", ")}`);
plainFactor = 3;
liveFactor.data = 3;
console.log(`after:  ${byBoth(10).join(", ")}   (the function ran ${calls} time)`);
assert.deepEqual(byBoth(10), [20, 30]);
assert.equal(calls, 1);

// %% [markdown]
// ## A training step
//
// So the parameters of a net are inputs of the program, without being arguments. And `kernel.backward(…)` adds to their `grad`, as
// `backward()` of the loss would. Nothing else changes in a training loop. Here is a net of 337 parameters, to tell the points of two
// crescents from one another, the `moons` of [lesson 15](15-vanishing-gradients.ts), here 200 and blurred.

// %%
const { inputs, targets } = moons({ examples: 200, noise: 0.15, seed: 2 });
const points = inputs.map((at, i) => ({ at: [...at], side: Number(targets[i]) }));
const net = new MLP(2, [16, 16, 1], { activation: "tanh", seed: 1 });
const lossOf = (data: typeof points) =>
  mean(data, ({ at, side }) => squaredError(net(at)[0], side));
const kernel = compile(lossOf);

const eagerLoss = lossOf(points) as Value;
eagerLoss.backward();
const eagerGradient = net.parameters().map((parameter) => parameter.grad);
zeroGrad(net.parameters());
const compiledLoss = kernel.backward(points);
assert.ok(
  Math.abs(compiledLoss / eagerLoss.data - 1) < 1e-12,
  "the losses agree to 12 digits",
);
const largest = Math.max(...eagerGradient.map(Math.abs)); // sums lose digits beside it
net.parameters().forEach((parameter, i) => {
  assert.ok(
    Math.abs(parameter.grad - eagerGradient[i]!) <= 1e-12 * largest,
    "the gradients agree to 12 digits of the largest",
  );
});
console.log(
  `${net.parameters().length} derivatives agree, to 12 digits of the largest;`,
  `the eager graph has ${topologicalOrder(eagerLoss).length} nodes`,
);

// %% [markdown]
// How fast is it? Gradients of all parameters over all points, eager and compiled, and what compiling took.

// %%
const millisecondsOf = (times: number, step: () => void): number => {
  step(); // once before, so that nothing is measured that happens only once
  const start = performance.now();
  for (let i = 0; i < times; i++) step();
  return (performance.now() - start) / times;
};
const eagerTime = millisecondsOf(3, () => (lossOf(points) as Value).backward());
const compiledTime = millisecondsOf(100, () => kernel.backward(points));
const compilingTime = kernel.inspect().milliseconds.total;
show.measured(
  `eager ${eagerTime.toFixed(0)} ms, compiled ${compiledTime.toFixed(2)} ms: ` +
    `${(eagerTime / compiledTime).toFixed(0)} times as fast`,
);
show.measured(
  `compiling took ${compilingTime.toFixed(0)} ms, ` +
    `which ${Math.ceil(compilingTime / (eagerTime - compiledTime))} steps earn back`,
);

// %% [markdown]
// Where does the factor come from? No objects, no memory to clean up, no looking for what comes next, two rows at a time. The arithmetic is
// the same. And this is how it trains, with nothing new but `kernel.backward` (`fit`, the ready-made training loop of [lesson
// 12](12-boolean-functions.ts), does as much by itself):

// %%
const losses = Array.from({ length: 400 }, () => {
  zeroGrad(net.parameters());
  const loss = kernel.backward(points);
  for (const parameter of net.parameters()) parameter.data -= 0.2 * parameter.grad;
  return loss;
});
const right = accuracy(net, { inputs, targets }, { threshold: 0.5 });
console.log(
  `loss ${losses[0]?.toFixed(3)} → ${losses.at(-1)?.toFixed(3)}; ${right * 100} % right`,
);
assert.ok(right > 0.95, "more than 95 % are right");
show(
  lossCurve(losses, { title: "400 compiled steps", xLabel: "step" }),
  "The loss falls from 0.56 to 0.1 within ten steps, " +
    "stays there for a while, and then falls to 0.04.",
);
const said = compile((at: Value[]) => net(at)[0]);
show(
  decisionBoundary(
    said,
    { inputs, targets },
    {
      threshold: 0.5,
      xLabel: "x₁",
      yLabel: "x₂",
      title: "The two crescents, and what the net says",
      height: 340,
    },
  ),
  "Two blurred crescents of points that reach into each other, " +
    "and the border of the two regions, which winds between them.",
);

// %% [markdown]
// ## Your turn
//
// **1.** Our compiler on a page knows five instructions. Teach it two operations more: `neg`, which is the instruction `0x9a`, and
// `square`, for which there is none: but $a^2 = a \cdot a$. Write the bytes for an operation, given those that lay its operands on the
// stack.

// %% {"tags":["exercise"]}
// const instructionsOf = (name: string, operands: readonly number[][]): number[] => {
//   const opcode = opcodes[name] ?? 0x00; // 0x00 is the instruction that stops the program
//   return [...operands.flat(), opcode];
// };

// %% {"tags":["solution"]}
const instructionsOf = (name: string, operands: readonly number[][]): number[] => {
  if (name === "square") return [...operands.flat(), ...operands.flat(), 0xa2];
  const opcode = name === "neg" ? 0x9a : opcodes[name];
  return [...operands.flat(), opcode ?? 0x00];
};

// %% {"tags":["check"]}
const run1 = (code: number[], a: number): string => {
  const program = moduleOf(1, 1, 0, code);
  if (!WebAssembly.validate(program)) return "no valid program";
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(program)).exports;
  try {
    return String((run as (a: number) => number)(a));
  } catch (error) {
    return `a program that stops: ${(error as Error).message}`;
  }
};
const layA = [0x20, 0];
const squareOfNeg = instructionsOf("square", [instructionsOf("neg", [layA])]);
for (const [formula, code, a, wanted] of [
  ["√a", instructionsOf("sqrt", [layA]), 9, 3],
  ["−a", instructionsOf("neg", [layA]), 9, -9],
  ["a²", instructionsOf("square", [layA]), 9, 81],
  ["(−a)²", squareOfNeg, 3, 9],
] as const) {
  const got = run1([...code], a);
  assert.ok(
    got === String(wanted),
    `the code of ${formula}, which is ${hex(code)}, must give ${wanted} at a = ${a}, got ${got}`,
  );
}
console.log(`(−a)² is ${hex(squareOfNeg)}`);

// %% [markdown]
// **2.** Huber's loss of an error $e$ is $\frac12 e^2$ where $|e| < 1$ and $|e| - \frac12$ elsewhere, so that a few wild data do not rule the
// fit. As written here it cannot be compiled. Mend it.

// %% {"tags":["exercise"]}
// const huber = (e: Value): Value =>
//   Math.abs(e.data) < 1 ? mul(0.5, square(e)) : sub(e.abs(), 0.5);

// %% {"tags":["solution"]}
const huber = (e: Value): Value =>
  where(e.abs().less(1), mul(0.5, square(e)), sub(e.abs(), 0.5));

// %% {"tags":["check"]}
const compiledHuber = compile(valueAndGrad(huber));
const answerAt = (e: number) => {
  try {
    return compiledHuber(e);
  } catch (error) {
    return assert.fail(`huber(${e}) cannot be compiled yet. ${(error as Error).message}`);
  }
};
for (const e of [-3, -0.5, 0, 0.25, 2]) {
  const small = Math.abs(e) < 1;
  const wanted = small ? [0.5 * e * e, e] : [Math.abs(e) - 0.5, Math.sign(e)];
  const got = answerAt(e);
  const [shown, due] = [got, wanted].map((each) => each.join(", "));
  assert.ok(shown === due, `huber(${e}) and its slope must be ${due}, got ${shown}`);
}
console.log("Huber's loss, compiled, with its slope.");
