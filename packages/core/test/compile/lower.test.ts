import { describe, expect, it } from "vitest";
import type { Program } from "../../src/compile/program.ts";
import {
  add,
  grad,
  greater,
  mul,
  noGrad,
  relu,
  type Scalar,
  scan,
  sin,
  softmax,
  square,
  sub,
  sum,
  TraceError,
  type Value,
  value,
  valueAndGrad,
  where,
} from "../../src/index.ts";
import { operationsIn, programOf, run } from "./programOf.ts";

const rows = [1, 2, 3, 4];

describe("lowering", () => {
  it("shares equal expressions", () => {
    const program = programOf((x: Value, y: Value) => add(sin(mul(x, y)), square(sin(mul(x, y)))), 1, 2);
    expect(operationsIn(program)).toEqual(["mul", "sin", "mul", "add"]);
  });

  it("folds constants, and those of leaves made on the way", () => {
    const program = programOf((x: Value) => mul(x, value(2).mul(3).add(1)), 1);
    expect(operationsIn(program)).toEqual(["mul"]);
    expect(run(program, [5])).toEqual([35]);
  });

  it("leaves out what no result needs", () => {
    const program = programOf((x: Value) => {
      sin(x);
      return square(x);
    }, 1);
    expect(operationsIn(program)).toEqual(["mul"]);
  });

  it("keeps the sign of zero and NaN: x + 0 and 0 · x stay", () => {
    const program = programOf((x: Value) => [add(x, 0), mul(0, x), sub(x, 0)], 1);
    expect(run(program, [-0])).toEqual([0, -0, -0]);
    expect(run(program, [Number.POSITIVE_INFINITY])).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it("decides by a comparison without asking whether it is NaN", () => {
    const program = programOf((x: Value) => where(greater(x, 0), x, mul(2, x)), 1);
    expect(operationsIn(program)).toEqual(["greater", "mul", "select"]);
  });

  it("shares the exponentials of a softmax", () => {
    const program = programOf((xs: Value[]) => softmax(xs), [1, 2, 3]);
    expect(operationsIn(program).filter((name) => name === "exp")).toHaveLength(3);
  });

  it("traces the function of a row once, whatever the number of rows", () => {
    let calls = 0;
    const f = (xs: Value[]) =>
      sum(xs, (x) => {
        calls++;
        return square(x);
      });
    const small = programOf(f, rows);
    const large = programOf(f, new Array(1000).fill(1));
    expect(calls).toBe(2);
    expect(large.loops[0]!.body).toHaveLength(small.loops[0]!.body.length);
  });

  it("runs the sum and its gradient as one loop", () => {
    const loss = (w: Value, xs: readonly Scalar[]) => sum(xs, (x) => square(sin(mul(w, x))));
    const program = programOf(valueAndGrad(loss) as never, 2, new Array(20).fill(1));
    expect(program.loops).toHaveLength(1);
    expect(program.loops[0]!.sums).toHaveLength(2);
  });

  it("moves what does not change from row to row out of the loop", () => {
    const program = programOf((w: Value, xs: Value[]) => sum(xs, (x) => mul(x, sin(w))), 2, rows);
    expect(operationsIn(program)).toEqual(["sin"]);
  });

  it("keeps the carries, and computes the rest again on the way back", () => {
    const f = (x: Value) => scan(rows, x, (carry, row) => sin(mul(carry, row))) as Value;
    const program = programOf(grad(f) as never, 0.5);
    const [forward, back] = program.loops;
    expect([forward!.stacks.length, back!.reversed, back!.inits.length]).toEqual([1, true, 1]);
  });

  it("keeps the carries of √n rows only if asked to compute the others again", () => {
    const many = Array.from({ length: 1000 }, (_, i) => Math.sin(i));
    const f = (recompute: boolean) => (x: Value) =>
      scan(many, x as Scalar, (carry, row) => sin(add(mul(1.1, carry), row)), { recompute }) as Value;
    const kept = (program: Program) =>
      Math.max(...program.loops.map((loop) => loop.count * loop.stacks.length));
    const [all, few] = [false, true].map((recompute) => programOf(grad(f(recompute)) as never, 0.5));
    expect([kept(all!), kept(few!)]).toEqual([1000, 32]);
    expect(run(few!, [0.5])[0]).toBeCloseTo(run(all!, [0.5])[0]!, 12);
  });

  it("refuses a Value of a row outside of its function", () => {
    let leaked: Value | undefined;
    const f = (xs: Value[]) => {
      const total = sum(xs, (x) => {
        leaked = square(x);
        return leaked;
      });
      return add(total, leaked!);
    };
    expect(() => programOf(f, rows)).toThrow(TraceError);
  });

  it("takes no gradient through noGrad", () => {
    const program = programOf(
      grad((x: Value) =>
        mul(
          x,
          noGrad(() => sin(x)),
        ),
      ) as never,
      1,
    );
    expect(run(program, [2])).toEqual([Math.sin(2)]);
  });

  it("has no limit of depth", () => {
    const f = (x: Value) => {
      let y: Scalar = x;
      for (let i = 0; i < 100_000; i++) y = relu(add(y, 1));
      return y;
    };
    expect(run(programOf(f, 0), [0])).toEqual([100_000]);
  });
});
