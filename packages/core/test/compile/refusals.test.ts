import { describe, expect, it } from "vitest";
import {
  compile,
  defineOp,
  dot,
  grad,
  map,
  mul,
  noGrad,
  square,
  sum,
  TraceError,
  type Value,
  value,
} from "../../src/index.ts";

describe("what cannot be traced", () => {
  const table = [10, 20, 30];

  it.each<[string, (x: Value, i: number) => unknown]>([
    ["an index", (x, i) => x.mul(table[i] ?? 7)],
    ["text", (x, i) => x.mul(`${i}`.length)],
    ["a comparison", (x, i) => (i > 1 ? x : x.neg())],
    ["Math", (x) => Math.sin(x as unknown as number)],
    ["data", (x) => x.data],
    ["data of a captured leaf", (x) => x.mul(value(2).data)],
  ])("refuses to ask for a number: %s", (_, f) => {
    expect(() => compile(f)(1, 1)).toThrow(TraceError);
  });

  it("names the line", () => {
    expect(() => compile((x: Value) => x.data)(1)).toThrow("refusals.test.ts");
  });

  it("refuses Values taken out of a trace, wherever they are used", () => {
    let leaked = value(0);
    compile((x: Value) => {
      leaked = x;
      return square(x);
    })(2);
    const uses = [
      () => square(leaked),
      () => noGrad(() => square(leaked)),
      () => dot([leaked], [leaked]),
      () => leaked.data,
      () => leaked.backward(),
      () => grad((x: Value) => mul(x, leaked))(1),
      () => compile((x: Value) => mul(x, leaked))(1),
    ];
    for (const use of uses) expect(use).toThrow(TraceError);
  });

  it("refuses a Value of one row's function in that of another", () => {
    const f = (xs: Value[]) => {
      let last = value(0);
      const squares = map(xs, (x) => {
        last = square(x);
        return last;
      });
      return sum([...squares, sum(xs, (x) => mul(x, last))]);
    };
    expect(() => compile(f)([1, 2, 3])).toThrow(TraceError);
  });

  it("refuses a kernel that an operation of its own calls", () => {
    const again = defineOp({ name: "again", value: (a) => (a > 0 ? kernel(a - 1) : 1), partials: [0] });
    const kernel: (x: number) => number = compile((x: Value) => mul(x, again(x)));
    expect(() => kernel(2)).toThrow("Its memory is in use");
    expect(kernel(0)).toBe(0);
  });

  it("leaves eager code as it was after an error", () => {
    expect(() => compile((x: Value) => x.data)(1)).toThrow(TraceError);
    const x = value(3);
    square(x).backward();
    expect([x.data, x.grad]).toEqual([3, 6]);
  });

  it("refuses backward where no leaf was captured", () => {
    expect(() => compile((x: Value) => square(x)).backward(2)).toThrow("captured");
  });
});
