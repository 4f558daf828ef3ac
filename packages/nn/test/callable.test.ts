import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Callable, MLP } from "../src/index.ts";

class Scaler extends Callable<number, number> {
  readonly factor: number;
  constructor(factor: number) {
    super();
    this.factor = factor;
  }
  protected override evaluate(x: number): number {
    return this.factor * x;
  }
  override toString(): string {
    return `Scaler(${this.factor})`;
  }
}
class Negative extends Scaler {
  protected override evaluate(x: number): number {
    return -super.evaluate(x);
  }
}

test("instances are functions of their class, with their own fields", () => {
  const double = new Scaler(2);
  const triple = new Scaler(3);
  expect(typeof double).toBe("function");
  expect([1, 2].map(double)).toEqual([2, 4]);
  expect([triple(5), triple.factor]).toEqual([15, 3]);
  expect(double).toBeInstanceOf(Scaler);
  expect(double).toBeInstanceOf(Callable);
  expect(double).not.toBeInstanceOf(Negative);
});

test("a subclass overrides what the call does", () => {
  expect(new Negative(2)(4)).toBe(-8);
  expect(new Negative(2)).toBeInstanceOf(Scaler);
});

test("the console of Node shows toString()", () => {
  expect(inspect(new Scaler(2))).toBe("Scaler(2)");
});

test("call, apply and bind are those of a function", () => {
  const double = new Scaler(2);
  expect([double.call(undefined, 3), double.apply(undefined, [4]), double.bind(undefined, 5)()]).toEqual([
    6, 8, 10,
  ]);
  expect(double).toBeInstanceOf(Function);
  const mlp = new MLP(2, [1]);
  expect(mlp.call(null, [1, 2])[0].data).toBe(mlp([1, 2])[0].data);
});

test("a class that says no more is shown by its name", () => {
  class Damped extends Callable<number, number> {
    protected override evaluate(x: number): number {
      return x / 2;
    }
  }
  expect([String(new Damped()), inspect(new Damped()), new Damped()(3)]).toEqual(["Damped", "Damped", 1.5]);
});

test("a class without evaluate says what is missing", () => {
  const Unfinished = { Unfinished: class extends (Callable as never as new () => (x: number) => number) {} }
    .Unfinished;
  expect(() => new Unfinished()(1)).toThrow(
    new TypeError("Unfinished: a class that extends Callable needs a method evaluate(input)."),
  );
});
