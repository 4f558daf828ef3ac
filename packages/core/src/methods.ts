import * as operations from "./ops/index.ts";
import { type Scalar, Value } from "./value.ts";

type Operations = typeof operations;

interface MethodByArity {
  1: () => Value;
  2: (b: Scalar) => Value;
  3: (b: Scalar, c: Scalar) => Value;
}

type Arity<F> = F extends { readonly op: { readonly arity: infer N } } ? Extract<N, 1 | 2 | 3> : never;

/** Every operation on one to three scalars as a method of its first: `add(a, b)` is `a.add(b)`. */
export type Methods = {
  readonly [Name in keyof Operations as Arity<Operations[Name]> extends never
    ? never
    : Name]: MethodByArity[Arity<Operations[Name]>];
} & {
  readonly max: (b: Scalar) => Value;
  readonly min: (b: Scalar) => Value;
};

for (const [name, operation] of Object.entries(operations)) {
  if (!("op" in operation)) continue;
  const isExtremum = operation === operations.max || operation === operations.min;
  if (operation.op.arity === undefined && !isExtremum) continue;
  const apply = operation as (...operands: Scalar[]) => Scalar;
  const method = {
    1: function (this: Value) {
      return apply(this);
    },
    2: function (this: Value, b: Scalar) {
      return apply(this, b);
    },
    3: function (this: Value, b: Scalar, c: Scalar) {
      return apply(this, b, c);
    },
  }[operation.op.arity ?? 2];
  Object.defineProperty(Value.prototype, name, { value: method, writable: true, configurable: true });
}
