import { describe, expect, test } from "vitest";
import { grad, topologicalOrder, type Value, value } from "../../src/index.ts";

describe("backward({ createGraph: true })", () => {
  test("leaves gradients as nodes that hold the same numbers and can be differentiated again", () => {
    const x = value(2, "x");
    const y = x.pow(3).add(x.sin());
    y.backward({ createGraph: true });
    const slope = x.gradNode!;
    expect(slope.data).toBeCloseTo(x.grad, 14);
    expect(topologicalOrder(slope)).toContain(x);
    x.grad = 0;
    slope.backward();
    expect(x.grad).toBeCloseTo(12 - Math.sin(2), 14);
  });

  test("agrees with grad(grad(f))", () => {
    const f = (v: Value) => v.tanh().mul(v.exp());
    const x = value(0.3);
    f(x).backward({ createGraph: true });
    const first = x.gradNode!;
    x.zeroGrad();
    first.backward();
    expect(x.grad).toBeCloseTo(grad(grad(f))(0.3), 13);
  });

  test("is that of the latest call, while grad accumulates", () => {
    const x = value(3);
    const y = x.mul(x);
    y.backward({ createGraph: true });
    y.backward({ createGraph: true });
    expect([x.grad, x.gradNode!.data]).toEqual([12, 6]);
  });

  test("a constant gradient is a node too; without the option there is none", () => {
    const x = value(3);
    x.add(x).backward();
    expect(x.gradNode).toBeUndefined();
    x.add(x).backward({ createGraph: true });
    expect([x.gradNode!.data, x.gradNode!.op]).toEqual([2, undefined]);
    expect(() => x.backward({ creategraph: true } as never)).toThrow(/got creategraph: true/);
    expect(() => x.backward(null as never)).toThrow(/got options: null/);
    expect(() => x.backward({ createGraph: 1 as never })).toThrow(
      /the only option is \{ createGraph: true \} or false, got createGraph: 1/,
    );
  });
});
