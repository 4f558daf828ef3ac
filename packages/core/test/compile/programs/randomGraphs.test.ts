import fc from "fast-check";
import { expect, test } from "vitest";
import * as core from "../../../src/index.ts";
import {
  compile,
  hvp,
  map,
  mean,
  type Scalar,
  scan,
  sum,
  tanh,
  type Value,
  valueAndGrad,
} from "../../../src/index.ts";
import { type Operation, operations } from "../../operations.ts";
import { flat, tiers } from "./agree.ts";

/** The operations that everyone may call, by name, with how many operands they are called here. */
const called = operations
  .filter(([name]) => name in core)
  .map(([name, operation]) => ({ name, operation, count: operation.op.arity ?? 3 }));

interface Node {
  readonly pick: number;
  readonly operands: readonly number[];
  readonly isBounded: boolean;
}

/** A graph: each node applies one of the operations to nodes before it, inputs or constants. */
const graph: fc.Arbitrary<Node[]> = fc.array(
  fc.record({
    pick: fc.nat(called.length - 1),
    operands: fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
    isBounded: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);
/** Far from the smallest doubles, whose products are mostly rounding. */
const ordinary = fc.integer({ min: -300, max: 300 }).map((n) => n / 100 + 0.001);
const inputs = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: ordinary },
    { weight: 1, arbitrary: fc.constantFrom(0, -0, 1, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, -800) },
  ),
  { minLength: 3, maxLength: 3 },
);
/** Not 0: a direction known to be 0 from the start passes over NaN, one that turns out to be 0 does not. */
const directions = fc.array(ordinary, { minLength: 3, maxLength: 3 });

const constants = [0, 1, -1, 0.5, 2, -0];

/**
 * Whether graphs with this operation may read numbers of rows beside Values: a number ties with a Value in max and min
 * without a share in the gradient, but compiled code sees no difference between them.
 */
const takesRows = ({ name }: (typeof called)[number]) => name !== "max" && name !== "min";

function run(nodes: readonly Node[], inputs: readonly Scalar[]): Scalar {
  const scalars: Scalar[] = [...constants, ...inputs];
  for (const { pick, operands, isBounded } of nodes) {
    const { operation, count, name } = called[pick]!;
    // inputs and constants, but more often one of the latest results
    const given = operands.slice(0, count).map((at) => {
      const among = at % 3 === 0 ? scalars.length : Math.min(5, scalars.length);
      return scalars[scalars.length - 1 - (at % among)]!;
    });
    const result = apply(name, operation, given);
    scalars.push(isBounded ? tanh(result) : result);
  }
  return sum(scalars.slice(-3));
}

function apply(name: string, operation: Operation, operands: readonly Scalar[]): Scalar {
  if (name === "dot") return core.dot(operands, [...operands].reverse());
  if (operation.op.arity === undefined) return (operation as unknown as core.Nary)(operands);
  return operation(...operands);
}

/** As numbers go, with the rounding of what is added up in another order. */
function expectSame(got: unknown, want: unknown, note: string): void {
  const wanted = flat(want);
  const found = flat(got);
  found.forEach((x, i) => {
    const y = wanted[i]!;
    const largest = Math.max(...wanted.filter((z) => Number.isFinite(z)).map(Math.abs), 1);
    const isClose =
      Object.is(x, y) || x === y || Math.abs(x - y) <= 1e-11 * Math.max(Math.abs(y), 1e-3 * largest);
    if (!isClose) expect({ entry: i, number: x }, note).toEqual({ entry: i, number: y });
  });
  expect(found.length).toBe(wanted.length);
}

const settings = { numRuns: 80, seed: 12, endOnFailure: true };
const zero = { unconnected: "zero" } as const;

test.each(tiers)(
  "random graphs: value, gradient and Hessian-vector product, eager = compiled: %s",
  (tier) => {
    fc.assert(
      fc.property(graph, inputs, directions, (nodes, x, direction) => {
        const f = (xs: Value[]) => run(nodes, xs);
        const first = valueAndGrad(f, zero);
        expectSame(compile(first, { tier })(x), first(x), "value and gradient");
        const second = hvp(f, zero);
        expectSame(compile(second, { tier })(x, direction), second(x, direction), "Hessian-vector product");
      }),
      settings,
    );
  },
);

test.each(tiers)("random graphs as bodies of sum, mean, map and scan, nested: %s", (tier) => {
  const body = graph.filter((nodes) => nodes.every(({ pick }) => takesRows(called[pick]!)));
  const rowsOf = fc.array(inputs, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(body, body, rowsOf, ordinary, (outer, inner, rows, x) => {
      const programs: ((a: Value, rows: readonly (readonly number[])[]) => Scalar)[] = [
        (a, data) => sum(data, ([p, q]) => tanh(run(inner, [a, p!, q!]))),
        (a, data) => mean(data, (row) => scan(row, a as Scalar, (c, r) => tanh(run(inner, [c, r, a])))),
        (a, data) =>
          scan(data, a as Scalar, (c, row) =>
            tanh(run(outer, [c, sum(row, (r) => tanh(run(inner, [c, r, a]))), a])),
          ),
        (a, data) =>
          sum(
            map(data, (row) => tanh(run(outer, [a, ...row.slice(0, 2)]))),
            (y) => run(inner, [y, a, 1]),
          ),
      ];
      for (const [i, f] of programs.entries()) {
        const first = valueAndGrad(f, zero);
        expectSame(compile(first, { tier })(x, rows), first(x, rows), `program ${i}`);
        const second = hvp((a: Value) => f(a, rows), zero);
        expectSame(compile(second, { tier })(x, 1), second(x, 1), `program ${i}, second derivative`);
      }
    }),
    { ...settings, numRuns: 20 },
  );
});
