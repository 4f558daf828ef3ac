import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  defineOp,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  log,
  mul,
  noGrad,
  type Scalar,
  square,
  sum,
  type Value,
  value,
  vjp,
  where,
} from "../../src/index.ts";

type Vector = readonly Value[];

const f = ([x, y, z]: Vector) => [x!.mul(y!).sin(), y!.exp().mul(z!), z!.square().add(x!), y!.div(z!)];
const scalar = (v: Vector) => sum(f(v).map((y) => y.tanh()));
const point = fc.array(
  fc.integer({ min: 3, max: 20 }).map((k) => k / 10),
  { minLength: 3, maxLength: 3 },
);
const direction = (size: number) =>
  fc.array(
    fc.integer({ min: -20, max: 20 }).map((k) => k / 10),
    { minLength: size, maxLength: size },
  );
const settings = { numRuns: 60, seed: 6, endOnFailure: true };

function inner(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, x, i) => total + x * b[i]!, 0);
}

function close(got: number, want: number): void {
  expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(want)));
}

describe("laws", () => {
  test("⟨u, Jv⟩ = ⟨Jᵀu, v⟩: forward and reverse mode agree", () => {
    fc.assert(
      fc.property(point, direction(3), direction(4), (x, v, u) => {
        const [y, jv] = jvp(f)(x, v);
        const [sameY, jtu] = vjp(f)(x, u);
        expect(sameY).toEqual(y);
        close(inner(u, jv as number[]), inner(jtu as number[], v));
      }),
      settings,
    );
  });

  test("the Jacobian by rows is the Jacobian by columns", () => {
    fc.assert(
      fc.property(point, (x) => {
        const rows = jacobian(f, { mode: "reverse" })(x) as number[][];
        const columns = jacobian(f, { mode: "forward" })(x) as number[][];
        rows.flat().forEach((entry, i) => {
          close(columns.flat()[i]!, entry);
        });
      }),
      settings,
    );
  });

  test("the Hessian is symmetric, times v it is hvp, and its columns are those of grad's Jacobian", () => {
    fc.assert(
      fc.property(point, direction(3), (x, v) => {
        const h = hessian(scalar)(x) as number[][];
        const product = hvp(scalar)(x, v) as number[];
        const reverse = jacobian(grad(scalar), { mode: "reverse" })(x) as number[][];
        h.forEach((row, i) => {
          close(product[i]!, inner(row, v));
          row.forEach((entry, j) => {
            close(h[j]![i]!, entry);
            close(reverse[i]![j]!, entry);
          });
        });
      }),
      settings,
    );
  });
});

describe("structures", () => {
  test("a Jacobian has a tree like x for each scalar of the result", () => {
    const g = ({ a, b }: { a: Value; b: Value[] }) => ({ p: a.mul(b[0]!), q: [b[1]!.square(), 3] });
    expect(jacobian(g)({ a: 2, b: [3, 4] })).toEqual({
      p: { a: 3, b: [2, 0] },
      q: [
        { a: 0, b: [0, 8] },
        { a: 0, b: [0, 0] },
      ],
    });
  });

  test("a scalar function of a scalar: everything is a number", () => {
    const cube = (x: Value) => x.pow(3);
    expect(jacobian(cube)(2)).toBe(12);
    expect(hessian(cube)(2)).toBe(12);
    expect(hvp(cube)(2, 10)).toBe(120);
    expect(jvp(cube)(2, 10)).toEqual([8, 120]);
    expect(vjp(cube)(2, 10)).toEqual([8, 120]);
  });

  test("derivatives of any order, forward over reverse over forward", () => {
    const slope = (x: Value) => jvp((v: Value) => v.exp().mul(v))(x, 1)[1];
    expect(hessian(slope)(0.5)).toBeCloseTo((0.5 + 3) * Math.exp(0.5), 12);
  });

  test("gradients at other argument positions", () => {
    const h = (x: Scalar, y: Scalar, scale: number) => mul(mul(x, y), scale);
    expect(grad(h, { wrt: 1 })(2, 3, 10)).toBe(20);
    expect(grad(h, { wrt: [0, 1] })(2, 3, 10)).toEqual([30, 20]);
    expect(() => grad(h, { wrt: -1 as never })).toThrow(/wrt must be the position of an argument.*got -1/);
    expect(() => grad(h, { wrt: [0, 0] })).toThrow(/several different ones, or Values, got \[0, 0\]/);
  });

  test("nested derivatives stay apart in forward mode too", () => {
    expect(jvp((x: Value) => x.mul(jvp((y: Value) => add(x, y) as Value)(x, 1)[1]))(1, 1)[1]).toBe(1);
  });

  test("a branch not taken leaks nothing, in either mode", () => {
    const safe = (x: Value) => where(x.greater(0), x.sqrt(), 0);
    expect(jvp(safe)(0, 1)[1]).toBe(0);
    expect(grad(safe)(0)).toBe(0);
    expect(hessian(safe)(0)).toBe(0);
  });

  test("an infinite adjoint does not enter the branch not taken of a gradient graph either", () => {
    const f = ([taken, other]: [Value, Value]) => where(1, taken, other).sqrt();
    const gradient = grad(f)([value(0), value(4)]);
    expect(gradient.map((node) => node.data)).toEqual([Number.POSITIVE_INFINITY, 0]);
  });

  test("a tangent or weight that is a Value can be differentiated", () => {
    const along = (v: Value) => jvp((x: Value) => x.square())(value(3), v.square())[1];
    expect(grad(along)(2)).toBe(24);
    const direction = value(5);
    const [, derivative] = jvp((x: Value) => x.square())(3 as never, direction);
    expect((derivative as Value).op).toBeDefined();
    const [, gradient] = vjp((x: Value) => x.square())(3 as never, direction);
    expect((gradient as Value).op).toBeDefined();
  });

  test("mistakes are named", () => {
    expect(() => jvp(f)([1, 2, 3], [1, 2])).toThrow(
      "jvp: the tangent must be an array of 3, got an array of 2.",
    );
    expect(() => vjp(f)([1, 2, 3], [1])).toThrow(
      "vjp: the weights must be an array of 4, got an array of 1.",
    );
    expect(() => jacobian(f, { mode: "sideways" as never })).toThrow(/mode must be "forward" or "reverse"/);
    expect(() => jacobian(f, { modes: "forward" } as never)).toThrow(
      /there is no option "modes".*mode, unconnected/,
    );
    expect(() => jacobian((() => "x") as never as (x: Value) => Value)(1)).toThrow(
      /jacobian: what the function returned must be a number/,
    );
    expect(() => hessian(f as never)([1, 2, 3])).toThrow(/must return one scalar, got an array of 4/);
  });

  test("tangents go by key and index, not by position", () => {
    const g = ({ a, b }: { a: Value; b: Value }) => a.mul(10).add(b);
    expect(jvp(g)({ a: 1, b: 1 }, { b: 1, a: 0 })).toEqual([11, 1]);
    expect(() => jvp(g)({ a: 1, b: 1 }, { a: 1, c: 1 } as never)).toThrow(
      /must be an object with the keys a, b/,
    );
    const h = ([[p], [q, r]]: [[Value], [Value, Value]]) => p.mul(q).add(r);
    expect(() => jvp(h)([[1], [2, 3]], [[1, 0], [0]] as never)).toThrow(
      /the tangent\[0\] must be an array of 1, got an array of 2/,
    );
  });

  test("an input that no result depends on is an error, or 0 on request", () => {
    const cut = ([x, y]: Vector) => [x!.mul(2), value(y!.data).add(x!)];
    expect(() => jacobian(cut)([1, 2])).toThrow(
      /jacobian: the result does not depend on the argument\[1\] \(2\)/,
    );
    expect(jacobian(cut, { unconnected: "zero" })([1, 2])).toEqual([
      [2, 0],
      [1, 0],
    ]);
    expect(() => vjp(cut)([1, 2], [1, 1])).toThrow(/vjp: the result does not depend/);
    expect(() => hessian((x: Value) => value(x.data).exp())(1)).toThrow(/does not depend on the argument/);
    expect(hessian(([x, y]: [Value, Value]) => x.square().add(y))([1, 2])).toEqual([
      [2, 0],
      [0, 0],
    ]);
  });

  test("Values give Values, constants included", () => {
    const slope = grad((x: Value) => x.mul(3))(value(2));
    expect(slope.add(1).data).toBe(4);
    const [y, tangent] = jvp((x: Value) => x.mul(3))(value(2), value(1));
    expect([y.data, tangent.data]).toEqual([6, 3]);
  });

  test("noGrad outside does not blind a transform", () => {
    expect(noGrad(() => jacobian(([x, y]: [Value, Value]) => [x.mul(y)])([2, 3]))).toEqual([[3, 2]]);
    expect(noGrad(() => hessian((x: Value) => x.pow(3))(2))).toBe(12);
  });

  test("the fewer sweeps are made: one per input, or one per output", () => {
    let calls = 0;
    const counted = defineOp({
      name: "counted",
      value: (a) => a,
      partials: [
        () => {
          calls++;
          return 1;
        },
      ],
    });
    jacobian((x: Value) => [1, 2, 3, 4].map((k) => counted(x).mul(k)))(1);
    expect(calls).toBe(4); // one forward sweep through four nodes
    calls = 0;
    jacobian((xs: Vector) => counted(sum(xs)))([1, 2, 3, 4]);
    expect(calls).toBe(1); // one reverse sweep through one node
  });

  test("cycles and bottomless trees are named", () => {
    const cycle: unknown[] = [1];
    cycle.push(cycle);
    expect(() => grad(sum as never)(cycle as never)).toThrow(/nested more than 1000 deep. Is it a cycle\?/);
  });

  test("every transform takes readonly and typed arrays", () => {
    const at = [1, 2] as const;
    const f = (xs: readonly Value[]) => sum(xs.map((x) => x.square()));
    const typed = Float64Array.of(1, 2);
    expect(jacobian(f)(at)).toEqual([2, 4]);
    expect(jacobian(f)(typed)).toEqual([2, 4]);
    expect(hessian(f)(typed)).toEqual([
      [2, 0],
      [0, 2],
    ]);
    expect(jvp(f)(typed, at)).toEqual([5, 10]);
    expect(vjp((xs: readonly Value[]) => xs.map((x) => x.square()))(at, typed)).toEqual([
      [1, 4],
      [2, 8],
    ]);
    expect(hvp(f)(at, typed)).toEqual([2, 4]);
  });

  test("errors name the function that was called", () => {
    expect(() => hessian(f as never)([1, 2, 3])).toThrow(/^hessian: the function must return one scalar/);
    expect(() => hvp(f as never)([1, 2, 3], [1, 2, 3])).toThrow(/^hvp: the function must return one scalar/);
    expect(() => hessian(() => 3)(1)).toThrow(/^hessian: the result does not depend on/);
    const g = ({ a, b }: { a: Value; b: Value }) => a.mul(b);
    expect(() => hvp(g)({ a: 1, b: 1 }, { a: 1, c: 1 } as never)).toThrow(
      "hvp: the tangent must be an object with the keys a, b, got one with the keys a, c.",
    );
  });

  test("jvp is as strict as the others", () => {
    const cut = ([x, _y]: Vector) => x!.mul(2);
    expect(() => jvp(cut)([1, 2], [1, 0])).toThrow(/jvp: the result does not depend on the argument\[1\]/);
    expect(jvp(cut, { unconnected: "zero" })([1, 2], [1, 0])).toEqual([2, 2]);
    expect(() => jvp(cut, { mode: "forward" } as never)).toThrow(/jvp: there is no option "mode"/);
    expect(() => (jvp as (...args: unknown[]) => unknown)(cut, [1, 2], [1, 0])).toThrow(
      "jvp: options must be an object, got an array of 2. The point is passed in a second call: jvp(f)(x).",
    );
  });

  test("typed arrays are arrays", () => {
    expect(grad((xs: Value[]) => sum(xs.map((x) => x.square())))(Float64Array.of(1, 2))).toEqual([2, 4]);
  });
});

describe("matrix calculus of the lecture notes", () => {
  const at = ([x, y]: readonly [number, number]) => ({ x, y });

  test("gradients: x² + cos y", () => {
    expect(grad(({ x, y }: { x: Value; y: Value }) => x.square().add(y.cos()))(at([3, 0.5]))).toEqual({
      x: 6,
      y: -Math.sin(0.5),
    });
  });

  test("Jacobian of [2x + y³, eʸ − 13x]", () => {
    const g = ([x, y]: Vector) => [x!.mul(2).add(y!.pow(3)), y!.exp().sub(x!.mul(13))];
    expect(jacobian(g)([1, 2])).toEqual([
      [2, 12],
      [-13, Math.exp(2)],
    ]);
  });

  test("chain rule: sin x² has slope 2x cos x²", () => {
    expect(grad((x: Value) => x.square().sin())(1.5)).toBeCloseTo(3 * Math.cos(2.25), 14);
  });

  test("Jacobian chain rule for [sin(x² + y), ln y³]", () => {
    const outer = ([u, v]: Vector) => [u!.sin(), v!.log()];
    const innerF = ([x, y]: Vector) => [x!.square().add(y!), y!.pow(3)];
    const [x, y] = [0.7, 1.3];
    const whole = jacobian((v: Vector) => outer(innerF(v)))([x, y]) as number[][];
    const a = jacobian(outer)([x * x + y, y ** 3]) as number[][];
    const b = jacobian(innerF)([x, y]) as number[][];
    const product = a.map((row) => [0, 1].map((j) => row[0]! * b[0]![j]! + row[1]! * b[1]![j]!));
    const closed = [
      [2 * x * Math.cos(x * x + y), Math.cos(x * x + y)],
      [0, 3 / y],
    ];
    whole.flat().forEach((entry, i) => {
      close(entry, product.flat()[i]!);
      close(entry, closed.flat()[i]!);
    });
  });

  test("element-wise operations have diagonal Jacobians; w ⊗ v has diag v", () => {
    const v = [2, 3, 5];
    expect(jacobian((w: Vector) => w.map((wi, i) => wi.mul(v[i]!)))([7, 8, 9])).toEqual([
      [2, 0, 0],
      [0, 3, 0],
      [0, 0, 5],
    ]);
  });

  test("scalar expansion: x·v, v + x and v − x have slopes v, 1 and −1; the sum has 1ᵀ", () => {
    const v = [2, 3];
    expect(jacobian((x: Value) => v.map((vi) => x.mul(vi)))(4)).toEqual([2, 3]);
    expect(jacobian((x: Value) => v.map((vi) => add(vi, x)))(4)).toEqual([1, 1]);
    expect(jacobian((x: Value) => v.map((vi) => add(vi, x.neg())))(4)).toEqual([-1, -1]);
    expect(grad((w: Vector) => sum(w))([1, 2, 3])).toEqual([1, 1, 1]);
  });

  test("[2x₁ + x₂, πx₂, −x₁/x₂]", () => {
    const g = ([a, b]: Vector) => [a!.mul(2).add(b!), b!.mul(Math.PI), a!.div(b!).neg()];
    expect(jacobian(g)([3, 4])).toEqual([
      [2, 1],
      [0, Math.PI],
      [-1 / 4, 3 / 16],
    ]);
  });

  test("f = x₁ − 2x₂ + x₃/4 after g = [x₁ + 2x₂, x₂, −x₁ + 3] has gradient [3/4, 0]", () => {
    const outer = ([a, b, c]: Vector) => a!.sub(b!.mul(2)).add(c!.div(4));
    const g = ([a, b]: Vector) => [a!.add(b!.mul(2)), b!, a!.neg().add(3)];
    expect(grad((v: Vector) => outer(g(v)))([5, 6])).toEqual([0.75, 0]);
    const row = grad(outer)([17, 6, -2]) as number[];
    const j = jacobian(g)([5, 6]) as number[][];
    expect(
      [0, 1].map((k) =>
        inner(
          row,
          j.map((r) => r[k]!),
        ),
      ),
    ).toEqual([0.75, 0]);
  });

  test("[w₁/w₂, −w₂, log w₁]", () => {
    const g = ([a, b]: Vector) => [a!.div(b!), b!.neg(), a!.log()];
    expect(jacobian(g)([2, 4])).toEqual([
      [1 / 4, -2 / 16],
      [0, -1],
      [1 / 2, 0],
    ]);
  });

  test("the same function from (x, y) or from (a, b): 2ax + b/y", () => {
    const h = (x: Scalar, y: Scalar, a: Scalar, b: Scalar) => add(mul(a, square(x)), mul(b, log(y)));
    expect(grad(h, { wrt: [0, 1] })(3, 4, 5, 6)).toEqual([30, 1.5]);
    expect(grad(h, { wrt: [2, 3] })(3, 4, 5, 6)).toEqual([9, Math.log(4)]);
  });

  test("∂(Wx)/∂vec[W] = [[x₁, x₂, 0, 0], [0, 0, x₁, x₂]]", () => {
    const x = [7, 8];
    const product = (w: Vector) =>
      [0, 2].map((row) => add(w[row]!.mul(x[0]!), w[row + 1]!.mul(x[1]!)) as Scalar);
    expect(jacobian(product)([1, 2, 3, 4])).toEqual([
      [7, 8, 0, 0],
      [0, 0, 7, 8],
    ]);
  });
});

describe("further arguments", () => {
  const f = ([x, y]: [Value, Value], scale: number, { power }: { power: number }) =>
    x.pow(power).mul(y).mul(scale);

  test("are passed on as they are by every transform", () => {
    const options = { power: 2 };
    expect(hessian(f)([3, 5], 10, options)).toEqual([
      [100, 60],
      [60, 0],
    ]);
    expect(jacobian((x: [Value, Value], k: number) => [f(x, k, options)])([3, 5], 10)).toEqual([[300, 90]]);
    expect(hvp(f)([3, 5], [1, 0], 10, options)).toEqual([100, 60]);
    expect(jvp(f)([3, 5], [1, 0], 10, options)).toEqual([450, 300]);
    expect(vjp(f)([3, 5], 2, 10, options)).toEqual([450, [600, 180]]);
  });
});
