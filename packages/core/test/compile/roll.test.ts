import { describe, expect, it } from "vitest";
import type { Program } from "../../src/compile/program.ts";
import { roll } from "../../src/compile/roll/roll.ts";
import {
  add,
  dot,
  grad,
  hessian,
  map,
  mul,
  relu,
  type Scalar,
  scan,
  sin,
  square,
  sub,
  sum,
  tanh,
  type Value,
  valueAndGrad,
} from "../../src/index.ts";
import { programOf, run } from "./programOf.ts";

/** Numbers without a pattern. */
const numbers = (count: number) => Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1)));

/** Rolls a program as much as can be; it must give the same. */
function rolled(program: Program): Program {
  const result = roll(program, 0);
  const inputs = numbers(program.inputCount);
  const got = run(result, inputs);
  run(program, inputs).forEach((want, i) => {
    expect(Math.abs(got[i]! - want), `output ${i}`).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(want)));
  });
  return result;
}

const operationCount = ({ codes, body }: Program) =>
  body.filter((id) => typeof codes[id] === "object").length;

/** A network of arrays: for each layer, for each neuron, its weights and bias. */
type Network<S> = readonly (readonly (readonly S[])[])[];

function network(sizes: readonly number[]): Network<number> {
  return sizes.slice(1).map((size, l) => Array.from({ length: size }, () => numbers(sizes[l]! + 1)));
}

/** Written as micrograd writes it: scalar by scalar. */
function output(layers: Network<Value>, inputs: readonly Scalar[]): Scalar {
  const last = layers.length - 1;
  return layers.reduce<readonly Scalar[]>(
    (xs, layer, l) =>
      layer.map((neuron) => {
        let z: Scalar = neuron.at(-1)!;
        for (let i = 0; i < xs.length; i++) z = add(z, mul(neuron[i]!, xs[i]!));
        return l < last ? relu(z) : z;
      }),
    inputs,
  )[0]!;
}

describe("rolling", () => {
  it("finds a sum over a plain loop, and its gradient", () => {
    const f = (xs: Value[]) => xs.map((x) => square(sin(x))).reduce((a, b) => add(a, b) as Value) as Value;
    const program = rolled(programOf(valueAndGrad(f) as never, numbers(100)));
    expect(operationCount(program)).toBe(0);
    expect(program.loops.every((loop) => loop.count === 100 && loop.body.length < 12)).toBe(true);
  });

  it("finds the loop over examples of a network written scalar by scalar", () => {
    const rows = Array.from({ length: 12 }, (_, i) => numbers(3).map((x) => x + i));
    const loss = (layers: Network<Value>, examples: readonly (readonly Scalar[])[]) =>
      examples
        .map(([x, y, t]) => square(sub(output(layers, [x!, y!]), t!)))
        .reduce((a, b) => add(a, b)) as Value;
    const unrolled = programOf(valueAndGrad(loss as never) as never, network([2, 8, 1]), rows);
    const program = rolled(unrolled);
    const overRows = program.loops.filter((loop) => loop.count === 12);
    expect(operationCount(program)).toBeLessThan(0.05 * operationCount(unrolled));
    expect(overRows).toHaveLength(1);
    expect(overRows[0]!.sums.length).toBe(1 + 2 * 8 + 8 + 8 + 1);
  });

  it("finds the same loops whether rows are unrolled or given to sum", () => {
    const rows = Array.from({ length: 10 }, (_, i) => [i / 10, 1 - i / 7]);
    const residual = (w: Value, [x, y]: readonly Scalar[]) => square(sub(tanh(mul(w, x!)), y!)) as Value;
    const unrolled = (w: Value, data: readonly (readonly Scalar[])[]) =>
      sum(data.map((row) => residual(w, row)));
    const given = (w: Value, data: readonly (readonly Scalar[])[]) => sum(data, (row) => residual(w, row));
    const [a, b] = [unrolled, given].map((f) =>
      rolled(programOf(valueAndGrad(f as never) as never, 1, rows)),
    );
    expect(a!.loops.map((loop) => loop.count)).toEqual(b!.loops.map((loop) => loop.count));
  });

  it("keeps results in their order where the sum goes the other way", () => {
    const f = (xs: Value[]) => {
      const each = xs.map((x) => sin(mul(add(square(x), 0.5), x)));
      return [each.reduceRight((a, b) => add(a, b)), ...each.map((x) => tanh(x)).reverse()];
    };
    rolled(programOf(f, numbers(40)));
    const backwards = (xs: Value[]) =>
      xs.map((x) => sin(square(x))).reduceRight((a, b) => add(a, b)) as Value;
    rolled(programOf(valueAndGrad(backwards) as never, numbers(40)));
  });

  it("leaves what is not alike as it is", () => {
    const f = (xs: Value[]) => add(sin(xs[0]!), mul(xs[1]!, xs[2]!));
    const program = programOf(f, [1, 2, 3]);
    expect(roll(program, 0)).toBe(program);
  });

  it("leaves short sums as they are", () => {
    const program = programOf((xs: Value[]) => sum(xs.map((x) => square(x))), [1, 2, 3, 4]);
    expect(roll(program, 0)).toBe(program);
  });

  it("does not roll sums together that wait for each other", () => {
    const f = (xs: Value[]) => {
      const mean = sum(xs.map((x) => mul(0.1, x)));
      return sum(xs.map((x) => square(sub(x, mean))));
    };
    const program = rolled(programOf(valueAndGrad(f as never) as never, numbers(10)));
    expect(program.loops.length).toBeGreaterThanOrEqual(2);
  });

  it("keeps terms that differ beside those that are alike", () => {
    const f = (xs: Value[]) => add(sum(xs.map((x) => square(x))), mul(xs[0]!, sin(xs[1]!)));
    rolled(programOf(valueAndGrad(f as never) as never, numbers(20)));
  });

  it("keeps results that are used elsewhere too", () => {
    const f = (xs: Value[]) => {
      const squares = xs.map((x) => square(x));
      return [sum(squares), ...squares, mul(squares[0]!, squares[3]!)];
    };
    rolled(programOf(f, numbers(16)));
  });

  it("computes again in each row the few operations that it shares with its neighbour", () => {
    const f = (xs: Value[]) =>
      xs
        .slice(1)
        .map((next, i) => square(sub(next, square(xs[i]!))))
        .reduce<Scalar>((a, b) => add(a, b), 0) as Value;
    const program = rolled(programOf(valueAndGrad(f) as never, numbers(100)));
    expect(new Set(program.loops.flatMap(({ columns }) => columns.map(({ kind }) => kind)))).toEqual(
      new Set(["inputs"]),
    );
    expect(operationCount(program)).toBeLessThan(15);
  });

  it("goes on within the loops it found, and within those of the user", () => {
    const f = (w: Value[], data: readonly (readonly Scalar[])[]) =>
      sum(data, (row) => square(sum(row.map((x, i) => sin(mul(x, w[i]!))))) as Value);
    const data = Array.from({ length: 5 }, () => numbers(9));
    const program = rolled(programOf(valueAndGrad(f as never) as never, numbers(9), data));
    expect(program.loops.some((loop) => loop.count === 9)).toBe(true);
  });

  it("gives the same for Hessians and matrices of products", () => {
    const rosenbrock = (x: Value[]) =>
      sum(
        x.slice(1).map((b, i) => add(mul(100, square(sub(b, square(x[i]!)))), square(sub(1, x[i]!)))),
      ) as Value;
    rolled(programOf(grad(rosenbrock) as never, numbers(30)));
    rolled(programOf(hessian(rosenbrock) as never, numbers(12)));
    const matrix = Array.from({ length: 9 }, () => numbers(9));
    rolled(programOf((a: Value[][], x: Value[]) => a.map((row) => dot(row, x)), matrix, numbers(9)));
  });
});

/** Numbers in [0, 1), the same in every run. @see Park & Miller (1988) */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe("random functions that repeat themselves", () => {
  /** A function of weights and rows with loops in it, some rows of which may differ, wait for others, or be used twice. */
  function repeating(seed: number): (weights: Value[], rows: Value[][]) => Scalar {
    const random = uniform(seed);
    const pick = (count: number) => Math.floor(random() * count);
    const operations = [add, mul, sub, (a: Scalar, b: Scalar) => sin(add(a, b)), (a: Scalar) => tanh(a)];
    const steps = Array.from({ length: 2 + pick(6) }, () => [pick(5), pick(9), pick(9)] as const);
    const [odd, waits, shared, inner] = [random() < 0.3, random() < 0.3, random() < 0.5, random() < 0.5];
    return (weights, rows) => {
      const kept: Scalar[] = [];
      let total: Scalar = 0;
      rows.forEach((row, r) => {
        const pool: Scalar[] = [...row, ...weights.slice(0, 3)];
        if (waits && r > 0) pool.push(kept[0]!);
        for (const [operation, i, j] of steps) {
          pool.push(operations[operation]!(pool[i % pool.length]!, pool[j % pool.length]!));
        }
        if (odd && r === 3) pool.push(square(pool.at(-1)!));
        let result = pool.at(-1)!;
        if (inner)
          result = add(result, sum(weights.map((w, i) => mul(w, sin(mul(row[i % row.length]!, result))))));
        kept.push(result);
        total = add(total, result);
      });
      return shared ? add(total, mul(0.1, sum(kept.map((x) => square(x))))) : total;
    };
  }

  it.each(Array.from({ length: 80 }, (_, seed) => seed + 1))("number %i", (seed) => {
    const f = repeating(seed);
    const rows = Array.from({ length: 8 + (seed % 4) }, () => numbers(3));
    const both = valueAndGrad(f as never, { unconnected: "zero" });
    rolled(programOf(both as never, numbers(8 + (seed % 3)), rows));
  });
});

describe("loops that wait for one another", () => {
  it("keeps a loop that reads what another kept behind it", () => {
    const f = (xs: Value[], rows: Value[]) => {
      const total = sum(xs.map((x) => square(x)));
      const kept = map(rows, (r) => mul(r, total));
      const last = sum(kept, (x) => sin(x));
      return sum(xs.map((x) => mul(x, last)));
    };
    rolled(programOf(f, numbers(10), numbers(12)));
  });

  /** Lists and numbers, each made from earlier ones: by loops of the tracer's and by loops in JavaScript. */
  function waiting(seed: number): (xs: Value[], rows: Value[]) => Scalar {
    const random = uniform(seed);
    const steps = Array.from({ length: 3 + Math.floor(random() * 7) }, () => [random(), random(), random()]);
    return (xs, rows) => {
      const lists: (readonly Scalar[])[] = [xs, rows];
      const totals: Scalar[] = [0.5];
      for (const [kind, i, j] of steps as [number, number, number][]) {
        const list = lists[Math.floor(i * lists.length)]!;
        const total = totals[Math.floor(j * totals.length)]!;
        const row = (x: Scalar) => sin(add(mul(x, total), 0.3));
        if (kind < 0.2) lists.push(map(list, row));
        else if (kind < 0.4) lists.push(list.map(row));
        else if (kind < 0.55) totals.push(sum(list, row));
        else if (kind < 0.85) totals.push(sum(list.map(row)));
        else totals.push(scan(list, total, (carry, x) => tanh(add(carry, x))));
      }
      return sum([...totals, ...lists.flat()]);
    };
  }

  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))("number %i", (seed) => {
    const f = waiting(seed);
    rolled(programOf(f, numbers(10), numbers(12)));
    rolled(programOf(valueAndGrad(f as never, { unconnected: "zero" }) as never, numbers(10), numbers(12)));
  });
});
