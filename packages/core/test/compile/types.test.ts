import { expect, expectTypeOf, test } from "vitest";
import {
  type Arguments,
  compile,
  grad,
  hessian,
  hvp,
  type Inspection,
  jacobian,
  jvp,
  type Kernel,
  type LoadedKernel,
  mean,
  mul,
  type Scalar,
  square,
  sub,
  sum,
  type Value,
  valueAndGrad,
  vjp,
} from "../../src/index.ts";

type Point = readonly [Value, Value];
const f = ([x, y]: Point) => x.square().mul(y);
const at = [2, 3] as const;

/** What a user passes as data. */
const rows: readonly (readonly number[])[] = [
  [1, 2],
  [3, 4],
];
const flat = Float64Array.of(1, 2);

test("plain functions: numbers in place of Values, in and out", () => {
  const kernel = compile(([x, y]: [Value, Value], k: number) => ({ product: x.mul(y), scaled: [x.mul(k)] }));
  expectTypeOf(kernel).parameters.toEqualTypeOf<[readonly [number, number], number]>();
  expectTypeOf(kernel([1, 2], 3)).toEqualTypeOf<{ product: number; scaled: number[] }>();
  expect(kernel([1, 2], 3)).toEqual({ product: 2, scaled: [3] });
  const scalar = compile((x: Scalar) => mul(x, 2));
  expectTypeOf(scalar).toBeCallableWith(2);
  expectTypeOf(scalar(2)).toEqualTypeOf<number>();
  // @ts-expect-error a string is no number
  expect(() => scalar("2")).toThrow(TypeError);
});

test("arrays may be readonly or typed", () => {
  const total = compile((xs: Value[]) => sum(xs));
  expect([total([1, 2]), total(rows[0]!), total(flat), total(new Float32Array(2))]).toEqual([3, 3, 3, 0]);
  const table = compile((xs: Value[][]) => sum(xs.map((row) => sum(row))));
  expect([table([[1, 2]]), table(rows), table([flat, flat])]).toEqual([3, 10, 6]);
  const records = compile((ps: { x: Value; tags: string[] }[]) => mean(ps, ({ x }) => x));
  expect(
    records([
      { x: 1, tags: ["a"] },
      { x: 3, tags: ["a"] },
    ]),
  ).toBe(2);
});

test("strings, flags and functions stay what they are", () => {
  const kernel = compile((x: Value, name: "double" | "half", twice: boolean, g: (x: Value) => Value) => ({
    y: g(name === "double" ? x.mul(2) : x.div(2)),
    name,
    twice,
    none: null,
  }));
  const result = kernel(3, "double", true, (x) => x.neg());
  expectTypeOf(result).toEqualTypeOf<{
    y: number;
    name: "double" | "half";
    twice: boolean;
    none: null;
  }>();
  expect(result).toEqual({ y: -6, name: "double", twice: true, none: null });
});

test("every transform", () => {
  expectTypeOf(compile(grad(f))(at)).toEqualTypeOf<readonly [number, number]>();
  expectTypeOf(compile(valueAndGrad(f))(at)).toEqualTypeOf<
    [value: number, gradient: readonly [number, number]]
  >();
  expectTypeOf(compile(jacobian(([x, y]: [Value, Value]) => [x, y.square()]))([1, 2])).toEqualTypeOf<
    [number, number][]
  >();
  expectTypeOf(compile(hessian(f))(at)[0][1]).toEqualTypeOf<number>();
  expectTypeOf(compile(jvp(f))(at, [1, 0])).toEqualTypeOf<[value: number, derivative: number]>();
  expectTypeOf(compile(vjp(f))(at, 1)[1][0]).toEqualTypeOf<number>();
  expectTypeOf(compile(hvp(f))(at, [1, 0])[1]).toEqualTypeOf<number>();
  expectTypeOf(compile(grad(grad((x: Value) => x.pow(3))))(2)).toEqualTypeOf<number>();
  expect(compile(jvp(f))(at, [1, 0])).toEqual([12, 12]);
  expect(compile(hessian(f))(at)).toEqual([
    [6, 4],
    [4, 0],
  ]);
});

test("data after the argument, in every form", () => {
  const loss = (w: Value[], xs: readonly (readonly number[])[], ys: readonly number[]) =>
    mean(xs, (x) => square(sub(sum(x.map((xi, i) => mul(w[i]!, xi))), sum(ys))));
  const step = compile(valueAndGrad(loss));
  const [value, gradient] = step([1, 2], rows, [1, 2]);
  expectTypeOf(value).toEqualTypeOf<number>();
  expectTypeOf(gradient).toEqualTypeOf<number[]>();
  expect(step(flat, rows, flat)[1]).toEqual(Float64Array.from(gradient));
  expect(step([1, 2], [flat, [3, 4]], [1, 2])).toEqual([value, gradient]);
  const both = compile(grad(loss, { wrt: [0, 2] }));
  expectTypeOf(both([1, 2], rows, [1, 2])[0]).toEqualTypeOf<number[]>();
});

test("kernels have names of their own", async () => {
  const kernel: Kernel<[x: Value], Value> = compile((x: Value) => x.square());
  expect(kernel(3)).toBe(9);
  expectTypeOf(kernel.inspect()).toEqualTypeOf<Inspection>();
  expectTypeOf(kernel.view(3)).toEqualTypeOf<Float64Array>();
  expectTypeOf<Arguments<[Value, { x: Value[] }]>[0]>().toEqualTypeOf<number>();
  const loaded: LoadedKernel<[x: Value], Value> = compile.load(kernel.wasm);
  expectTypeOf(loaded(3)).toEqualTypeOf<number>();
  const ready = compile.async((x: Value) => x.square(), { like: [1] });
  expectTypeOf(ready).resolves.toEqualTypeOf<Kernel<[x: Value], Value>>();
  // @ts-expect-error the example arguments are those of the function
  await expect(compile.async((x: Value) => x.square(), { like: ["a"] })).rejects.toThrow(TypeError);
});
