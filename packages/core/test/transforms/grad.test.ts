import { describe, expect, test } from "vitest";
import { add, dot, grad, type Scalar, sum, type Value, value, valueAndGrad } from "../../src/index.ts";

describe("grad", () => {
  test("has the structure of the argument", () => {
    const f = ({ w, b }: { w: Value[]; b: Value }) => dot(w, [2, 3]).add(b);
    expect(grad(f)({ w: [1, 1], b: 0 })).toEqual({ w: [2, 3], b: 1 });
  });

  test("composes to any order", () => {
    const third = grad(grad(grad((x: Value) => x.pow(5))));
    expect(third(2)).toBeCloseTo(60 * 4, 10);
  });

  test("keeps nested derivatives apart", () => {
    // d/dx [x · d/dy (x + y)] = 1; an engine that confuses the two perturbations says 2.
    expect(grad((x: Value) => x.mul(grad((y: Value) => add(x, y))(x)))(1)).toBe(1);
    expect(grad((x: Value) => x.mul(grad((y: Value) => x.mul(y))(2) as Scalar))(3)).toBe(6);
  });

  test("changes no grad, of captured Values neither", () => {
    const captured = value(4);
    captured.grad = 7;
    expect(grad((x: Value) => x.mul(captured))(3)).toBe(4);
    expect(captured.grad).toBe(7);
  });

  test("passes further arguments on", () => {
    const f = (x: Value, data: readonly number[]) => sum(data.map((d) => x.mul(d)));
    expect(grad(f)(2, [1, 2, 3])).toBe(6);
  });

  test("valueAndGrad gives both", () => {
    expect(valueAndGrad(([x, y]: [Value, Value]) => x.mul(y))([2, 3])).toEqual([6, [3, 2]]);
  });

  test("with respect to captured Values, without touching their grad", () => {
    const w = value(3, "w");
    const b = value(1, "b");
    w.grad = 7;
    const model = (x: number) => w.mul(x).add(b).square();
    expect(grad(model, { wrt: w })(2)).toBe(28);
    expect(grad(model, { wrt: [w, b] })(2)).toEqual([28, 14]);
    expect(valueAndGrad(model, { wrt: [b] })(2)).toEqual([49, [14]]);
    expect(w.grad).toBe(7);
    expect(() => grad((x: number) => w.mul(x), { wrt: [w, b] })(2)).toThrow(/does not depend on b \(1\)/);
    expect(grad((x: Value) => x.mul(grad(() => w.mul(x), { wrt: w })() as Scalar))(5)).toBe(10);
    expect(() => grad(model, { wrt: [w, 0] as never })).toThrow(
      /wrt must be the position of an argument.*or Values/,
    );
  });

  test("captured Values that depend on each other get total derivatives, as by backward()", () => {
    const w = value(3, "w");
    const h = w.mul(w);
    const f = () => h.mul(w);
    expect(grad(f, { wrt: [h, w] })()).toEqual([3, 27]);
    expect(grad(f, { wrt: [w, h] })()).toEqual([27, 3]);
    expect(grad(f, { wrt: h })()).toBe(3);
    f().backward();
    expect([h.grad, w.grad]).toEqual([3, 27]);
  });

  test("a derivative at a captured Value keeps its dependence on an outer input", () => {
    const outer = (x: Value) => {
      const h = x.mul(2);
      return grad(() => h.square(), { wrt: h })() as Scalar;
    };
    expect(grad(outer)(5)).toBe(4); // d/dx 2h = 4
  });

  test("captured Values are given once each, without holes", () => {
    const w = value(3);
    const message = /wrt must be the position of an argument.*several different ones, or Values/;
    expect(() => grad(() => w.exp(), { wrt: [w, w] })).toThrow(message);
    const holes = new Array<Value>(2);
    holes[0] = w;
    expect(() => grad(() => w.exp(), { wrt: holes })).toThrow(message);
    expect(() => grad(() => w.exp(), { wrt: [] as never })).toThrow(message);
  });

  test("f may change arrays that it captured", () => {
    const xs = [1, 2];
    const f = (v: readonly Value[]) => {
      xs.push(7);
      return sum(v);
    };
    expect(grad(f)(xs)).toEqual([1, 1]);
    const ws = [value(1)];
    const growing = () => {
      ws.push(value(2));
      return ws[0]!.mul(3);
    };
    expect(grad(growing, { wrt: ws })()).toEqual([3]);
  });

  test("numbers in, numbers out: a captured Value gets no gradient through them", () => {
    const w = value(3);
    const f = (x: Value) => x.mul(w);
    w.mul(grad(f)(2)).backward();
    expect(w.grad).toBe(3);
    w.zeroGrad();
    w.mul(grad(f)(value(2))).backward();
    expect(w.grad).toBe(6);
  });

  test("types: positions, captured tuples, readonly and typed arrays", () => {
    const h = (x: Value, y: Value, k: number) => x.mul(y).mul(k);
    const y = value(3);
    const [slope]: [number] = grad(() => y.mul(2), { wrt: [y] })();
    expect(slope).toBe(2);
    expect(grad(h, { wrt: 0 })(2, y, 10)).toBe(30);
    expect(grad(h, { wrt: 1 })(value(2), 3, 10)).toBe(20);
    // @ts-expect-error position 0 is passed on as it is
    expect(() => grad(h, { wrt: 1 })(2, 3, 10)).toThrow(TypeError);
    expect(grad((xs: readonly Value[]) => sum(xs))(Float32Array.of(1, 2))).toEqual([1, 1]);
  });

  test("errors name what is wrong and what to do", () => {
    expect(() => grad(3 as never)).toThrow("grad: needs a function, got 3.");
    expect(() => grad((xs: Value[]) => xs as never)([1, 2])).toThrow(
      /must return one scalar, got an array of 2.*jacobian.*sum/,
    );
    expect(() => grad(() => undefined as never)(1)).toThrow(
      /what the function returned must be a number, a Value.*got undefined/,
    );
    expect(() => grad((x: Value) => x)("3" as never)).toThrow(
      /the argument must be a number.*got the string "3"/,
    );
    expect(() => grad(([x]: Value[]) => x!)([1, { y: Number.NaN, z: null }] as never)).toThrow(
      /the argument\[1\]\.z/,
    );
    expect(() => valueAndGrad((x: Value) => x, { unconnected: "maybe" as never })).toThrow(
      /"error" or "zero"/,
    );
  });

  test("an input that does not reach the result is an error, or 0 on request", () => {
    const f = ([x, _]: [Value, Value]) => x.mul(2);
    expect(() => grad(f)([1, 5])).toThrow(/does not depend on the argument\[1\] \(5\)/);
    expect(grad(f, { unconnected: "zero" })([1, 5])).toEqual([2, 0]);
    expect(() => grad(() => 3)(1)).toThrow(/does not depend on the argument/);
  });
});
