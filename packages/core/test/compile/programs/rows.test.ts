import { expect, test } from "vitest";
import {
  add,
  compile,
  cos,
  exp,
  grad,
  greater,
  hessian,
  hvp,
  jacobian,
  map,
  mean,
  mul,
  type Scalar,
  scan,
  sin,
  square,
  sub,
  sum,
  tanh,
  type Value,
  value,
  valueAndGrad,
  vjp,
  where,
} from "../../../src/index.ts";
import { agree, expectClose, flat, many, numbersFrom, tiers } from "./agree.ts";

const next = numbersFrom(10);

test("scan within map within sum, and sum within scan", () => {
  const batches = many(3, () => many(4, () => many(5, () => next())));
  const polynomial = (x: Scalar, coefficients: readonly Scalar[]) =>
    scan(coefficients, 0, (total, c) => add(mul(total, x), c));
  const f = (x: Value, data: readonly (readonly (readonly number[])[])[]) =>
    sum(data, (batch) => square(sum(map(batch, (coefficients) => sin(polynomial(x, coefficients))))));
  agree(valueAndGrad(f), 0.6, batches);
  agree(
    hessian((x: Value) => f(x, batches)),
    0.6,
  );
  const g = (x: Value, rows: readonly (readonly number[])[]) =>
    scan(rows, x, (carry, row) => tanh(sum(row, (r) => mul(r, carry))));
  agree(valueAndGrad(g), 0.6, batches[0]!);
  agree(
    hessian((x: Value) => g(x, batches[1]!)),
    0.6,
  );
  const h = (x: Value, rows: readonly (readonly number[])[]) => {
    const [last, sums] = scan(rows, { a: x, b: x }, ({ a, b }, row) => {
      const inner = scan(row, { a, b }, (c, r) => ({ a: add(c.b, mul(r, c.a)), b: sin(mul(c.a, x)) }));
      return [inner, mul(inner.a, b)];
    });
    return add(mul(last.a, last.b), sum(sums));
  };
  agree(valueAndGrad(h), 0.6, batches[0]!);
  agree(
    hessian((x: Value) => h(x, batches[2]!)),
    0.6,
  );
});

test("three loops deep, with outputs kept at each depth, captured leaves and every derivative", () => {
  const [gain, shift] = [value(0.7), value(-0.2)];
  const data = many(3, () => many(2, () => many(4, () => next())));
  const f = (x: Value, batches: typeof data) =>
    mean(batches, (batch) => {
      const [last, states] = scan(batch, x, (carry, series) => {
        const waves = map(series, (r) => sin(mul(r, add(carry, shift))));
        const [inner, partial] = scan(waves, carry, (c, w) => [tanh(add(mul(gain, c), w)), mul(c, w)]);
        return [inner, { inner, total: sum(partial, (p) => square(p)) }];
      });
      return add(
        last,
        sum(states, ({ inner, total }) => mul(inner, total)),
      );
    });
  agree(valueAndGrad(f), 0.6, data);
  agree(
    hessian((x: Value) => f(x, data)),
    0.6,
  );
  agree(
    jacobian((x: Value) => map(data, (batch) => f(x, [batch, batch])), { mode: "forward" }),
    0.6,
  );
  agree(grad(f, { wrt: [gain, shift] }), 0.6, data);
  f(value(0.6), data).backward();
  const wanted = [gain.grad, shift.grad];
  for (const tier of tiers) {
    gain.zeroGrad();
    shift.zeroGrad();
    expectClose(compile(f, { tier }).backward(0.6, data), f(value(0.6), data));
    expectClose([gain.grad, shift.grad], wanted);
  }
});

test("rows as objects, nested, with strings, flags and functions that are the same in all", () => {
  const rows = many(5, (i) => ({
    at: { x: next(), y: next() },
    weights: [next(), i],
    kind: "sample",
    isUsed: true,
    f: Math.abs,
  }));
  const f = (a: Value, data: typeof rows) =>
    mean(data, ({ at, weights, kind, isUsed }) =>
      kind === "sample" && isUsed ? mul(weights[0]!, sin(add(mul(a, at.x), mul(at.y, weights[1]!)))) : 0,
    );
  agree(valueAndGrad(f), 0.3, rows);
});

test("rows that differ in length, keys or strings are taken one by one", () => {
  const ragged = [[1, 2, 3], [4], [], [5, 6]];
  const f = (a: Value, data: readonly (readonly number[])[]) =>
    sum(data, (row) => sin(mul(a, sum(row.map((r) => square(r))))));
  agree(valueAndGrad(f), 0.3, ragged);
  const averages = (a: Value, data: readonly (readonly number[])[]) =>
    map(data, (row) => (row.length === 0 ? a : mean(row, (r) => mul(a, r))));
  agree(averages as (a: Value, data: readonly (readonly number[])[]) => Scalar[], 0.3, ragged);
  const folded = (a: Value, data: readonly (readonly number[])[]) =>
    scan(data, a, (carry, row) => sin(add(carry, sum(row.map((r) => mul(r, a))))));
  agree(valueAndGrad(folded), 0.3, ragged);
  const running = (a: Value, data: readonly (readonly number[])[]) => {
    const [last, all] = scan(data, a, (carry, row) => {
      const moved = sin(add(carry, sum(row.map((r) => mul(r, a)))));
      return [moved, mul(moved, carry)];
    });
    return add(last, sum(all));
  };
  agree(valueAndGrad(running), 0.3, ragged);
  const kinds = [
    { kind: "sin", x: 1 },
    { kind: "cos", x: 2 },
    { kind: "sin", x: 3 },
  ];
  const g = (a: Value, data: typeof kinds) =>
    sum(data, ({ kind, x }) => (kind === "sin" ? sin(mul(a, x)) : cos(mul(a, x))));
  expectClose(agree(grad(g), 0.3, kinds), Math.cos(0.3) - 2 * Math.sin(0.6) + 3 * Math.cos(0.9));
  const events = [{ gain: 1 }, { loss: 2 }, { gain: 3 }] as { gain?: number; loss?: number }[];
  const total = (a: Value) => sum(events, (event) => mul(a, event.gain ?? -event.loss!));
  expectClose(agree(grad(total), 0.3), 2);
});

test("what is no number passes through map, scan and the kernel: names, flags, empty lists", () => {
  const f = (a: Value, data: readonly { name: string; x: number }[]) => {
    const named = map(data, ({ name, x }) => ({ name, y: mul(a, x), tags: [], isSeen: true, missing: null }));
    const [last, steps] = scan(data, a, (carry, { name, x }) => [sin(mul(carry, x)), { name, carry }]);
    return { named, last, steps, title: "all" };
  };
  const data = [
    { name: "p", x: 1 },
    { name: "p", x: 2 },
    { name: "p", x: 3 },
  ];
  for (const rows of [data, data.map((row, i) => ({ ...row, name: `p${i}` }))]) {
    const eager = f(value(0.3), rows);
    for (const tier of tiers) {
      const got = compile(f, { tier })(0.3, rows);
      expect(got.named.map(({ y, ...rest }) => rest)).toEqual(eager.named.map(({ y, ...rest }) => rest));
      expect(got.steps.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
      expectClose(
        got.named.map(({ y }) => y),
        eager.named.map(({ y }) => y),
      );
      expectClose(
        [got.last, ...got.steps.map(({ carry }) => carry)],
        [eager.last, ...eager.steps.map(({ carry }) => carry)],
      );
    }
  }
});

test("objects whose keys come in another order: rows, carries, arguments", () => {
  const f = (a: Value, data: readonly { x: number; y: number }[]) =>
    scan(data, { a, b: 2 }, (carry, { x, y }) => ({
      b: add(mul(carry.a, x), y),
      a: sin(mul(carry.b, add(carry.a, x))),
    }));
  const data = [
    { x: 1, y: 2 },
    { y: 3, x: 0.5 },
    { x: -1, y: 0.25 },
  ];
  agree(f, 0.3, data);
  agree(
    jacobian((a: Value) => f(a, data)),
    0.3,
  );
  for (const tier of tiers) {
    const kernel = compile((at: { p: Value; q: Value }) => sub(at.p, at.q), { tier });
    expect([kernel({ p: 5, q: 2 }), kernel({ q: 2, p: 5 })]).toEqual([3, 3]);
  }
});

test("no rows and one row, for every function of rows", () => {
  const programs: ((a: Value, rows: readonly number[]) => unknown)[] = [
    (a, rows) => sum(rows, (x) => mul(a, x)),
    (a, rows) =>
      add(
        a,
        sum(rows, (x) => mul(a, x)),
      ),
    (a, rows) => [a, ...map(rows, (x) => mul(a, x))],
    (a, rows) => scan(rows, a, (carry, x) => sin(mul(carry, x))),
    (a, rows) => scan(rows, { a }, (carry, x) => ({ a: sin(mul(carry.a, x)) })),
    (a, rows) => (rows.length === 0 ? a : mean(rows, (x) => mul(a, x))),
  ];
  for (const program of programs) {
    for (const rows of [[], [2], [2, 3]]) agree(program, 0.3, rows);
  }
  const empty = (a: Value, rows: readonly number[]) => mean(rows, (x) => mul(a, x));
  for (const tier of tiers)
    expect(() => compile(empty, { tier })(0.3, [])).toThrow("mean: needs at least one row");
});

test("the same row in every place, constant rows, rows that the function does not read", () => {
  const f = (a: Value) => sum([2, 2, 2, 2], (x) => mul(a, x));
  expectClose(agree(grad(f), 0.3), 8);
  const g = (a: Value) => sum([1, 2, 3], () => square(a));
  expectClose(agree(grad(g), 0.3), 1.8);
  const h = (a: Value) => map([1, 2, 3], (x) => [x, a, mul(a, x), 5]);
  agree(h, 0.3);
  const s = (a: Value) => scan([1, 2, 3], [a, 1, 7], ([x, y, z]) => [y!, add(x!, z!), 7]);
  agree(s, 0.3);
  agree(
    jacobian((a: Value) => sum(s(a)) as Value),
    0.3,
  );
  const still = (a: Value) => scan([1, 2, 3], [a, a], ([x], r) => [x!, mul(a, r)]);
  agree(jacobian(still), 0.3);
  agree(
    hessian((a: Value) => sum(map([1, 2], () => mul(a, a)))),
    0.3,
  );
});

test("rows are Values that the function made, outputs of maps go through maps and scans in chains", () => {
  const chain = (xs: Value[]) => {
    const squares = map(xs, (x) => square(x));
    const [total, sums] = scan(squares, 0, (sofar, x) => {
      const next = add(sofar, x);
      return [next, next];
    });
    const scaled = map(sums, (s) => sub(s, mul(0.1, total)));
    const reversed = scan([...scaled].reverse(), 1, (carry, x) => tanh(mul(carry, x)));
    return add(
      reversed,
      sum(
        scaled.map((s, i) => ({ s, x: xs[i]! })),
        ({ s, x }) => mul(exp(s), x),
      ),
    );
  };
  const xs = many(6, () => next());
  agree(valueAndGrad(chain), xs);
  agree(hessian(chain), xs);
  agree(
    hvp(chain),
    xs,
    many(6, () => next()),
  );
  const zipped = (xs: Value[], ys: Value[]) =>
    sum(
      xs.map((x, i) => [x, ys[i]!, i] as const),
      ([x, y, i]) => mul(sin(x), mul(y, i)),
    );
  agree(
    grad(zipped, { wrt: [0, 1] }),
    xs,
    many(6, () => next()),
  );
  const neighbours = (xs: Value[]) =>
    sum(
      xs.slice(1).map((x, i) => [x, xs[i]!]),
      ([x, y]) => square(sub(x!, y!)),
    );
  agree(hessian(neighbours), xs);
  const strided = (xs: Value[]) =>
    mul(
      sum(
        xs.filter((_, i) => i % 2 === 0),
        sin,
      ),
      sum([...xs].reverse(), (x) => cos(x)),
    );
  agree(hessian(strided), xs);
  const repeated = (xs: Value[]) => sum([xs[0]!, xs[1]!, xs[0]!, xs[2]!], (x) => sin(mul(x, xs[0]!)));
  agree(hessian(repeated), xs.slice(0, 3));
});

test("vjp and jvp of maps, with weights as rows, and the gradient of a gradient of a sum", () => {
  const outputs = (xs: Value[]) => map(xs, (x) => mul(x, sin(mul(x, xs[0]!))));
  const xs = many(4, () => next());
  agree(vjp(outputs), xs, [1, -2, 0, 3]);
  agree(jacobian(outputs), xs);
  agree(jacobian(outputs, { mode: "reverse" }), xs);
  const third = grad(grad(grad((x: Value) => sum([1, 2, 3], (r) => sin(mul(x, r))))));
  expectClose(
    agree(third, 0.4),
    [1, 2, 3].reduce((total, r) => total - r ** 3 * Math.cos(r * 0.4), 0),
  );
  const fourth = grad(grad(grad(grad((x: Value) => scan([1, 2, 3], x, (c, r) => sin(mul(c, r)))))));
  agree(fourth, 0.4);
});

test("leaves that the function captures are read at each call, also within loops", () => {
  const [a, b] = [value(2), value(3)];
  const f = (xs: readonly number[]) => sum(xs, (x) => mul(a, sin(mul(b, x)))) as Value;
  const xs = [0.1, 0.2, 0.3];
  for (const tier of tiers) {
    const kernel = compile(f, { tier });
    for (const [p, q] of [
      [2, 3],
      [5, -1],
      [Number.NaN, 1],
      [0, 0],
    ] as const) {
      a.data = p;
      b.data = q;
      expectClose(kernel(xs), f(xs));
      a.zeroGrad();
      b.zeroGrad();
      f(xs).backward();
      const wanted = [a.grad, b.grad];
      a.zeroGrad();
      b.zeroGrad();
      expectClose(kernel.backward(xs), f(xs));
      expectClose([a.grad, b.grad], wanted);
      kernel.backward(xs);
      expectClose(
        [a.grad, b.grad],
        wanted.map((x) => 2 * x),
      );
    }
  }
  const byCaptured = grad((x: Scalar) => mul(a, mul(b, x)) as Value, { wrt: [a, b] });
  for (const tier of tiers) expectClose(compile(byCaptured, { tier })(2), [0, 0]);
});

test("arguments as Float64Array give what arrays give, rows of Float64Array too", () => {
  const f = (xs: Value[], ys: readonly number[]) => sum(xs.map((x, i) => mul(sin(x), ys[i]!)));
  const [xs, ys] = [many(4, () => next()), many(4, () => next())];
  for (const tier of tiers) {
    const kernel = compile(valueAndGrad(f), { tier });
    const wanted = valueAndGrad(f)(xs, ys);
    expectClose(kernel(Float64Array.from(xs), Float64Array.from(ys)), wanted);
    expectClose(kernel(xs, Float64Array.from(ys)), wanted);
    expectClose(kernel(Float64Array.from(xs), ys), wanted);
    expectClose([...kernel.into(new Float64Array(5), xs, ys)], wanted);
  }
  const g = (a: Value, rows: readonly (readonly number[])[]) =>
    sum(rows, ([x, y]) => sin(add(mul(a, x!), y!)));
  const rows = many(3, () => Float64Array.of(next(), next()));
  for (const tier of tiers)
    expectClose(
      compile(grad(g), { tier })(0.3, rows),
      grad(g)(
        0.3,
        rows.map((row) => [...row]),
      ),
    );
  const overEntries = (a: Value, entries: readonly number[]) => sum(entries, (x) => mul(a, square(x)));
  for (const tier of tiers) {
    expectClose(compile(grad(overEntries), { tier })(0.3, Float64Array.from(xs)), grad(overEntries)(0.3, xs));
  }
});

test("a threshold within rows by where, and one kernel for calls of many shapes", () => {
  const f = (a: Value, rows: readonly number[]) =>
    sum(rows, (x) => where(greater(mul(a, x), 0.5), square(mul(a, x)), mul(a, x)));
  for (const tier of tiers) {
    const kernel = compile(valueAndGrad(f), { tier });
    for (let n = 1; n < 14; n++) {
      const rows = many(n, () => next());
      expectClose(kernel(0.9, rows), valueAndGrad(f)(0.9, rows));
    }
    expect(flat(kernel(0.9, [1, Number.NaN]))).toEqual([Number.NaN, Number.NaN]);
  }
});
