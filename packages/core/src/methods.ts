import { backward } from "./backward.ts";
import { zeroGrad } from "./graph.ts";
import * as operations from "./ops/index.ts";
import { checkOnlyFlag } from "./options.ts";
import { gradientNodes } from "./transforms/gradientNodes.ts";
import { type Scalar, Value } from "./value.ts";

type Operations = typeof operations;

interface MethodByArity {
  1: () => Value;
  2: (b: Scalar) => Value;
  3: (b: Scalar, c: Scalar) => Value;
}

type Arity<F> = F extends { readonly op: { readonly arity: infer N } } ? Extract<N, 1 | 2 | 3> : never;

/** Every operation on one to three scalars as a method of its first: `add(a, b)` is `a.add(b)`. */
export type OperationMethods = {
  readonly [Name in keyof Operations as Arity<Operations[Name]> extends never
    ? never
    : Name]: MethodByArity[Arity<Operations[Name]>];
} & {
  readonly max: (b: Scalar) => Value;
  readonly min: (b: Scalar) => Value;
};

/** The walks over the graph below a Value. */
export interface WalkMethods {
  /**
   * Back-propagates from this node: adds ∂this/∂leaf to the `grad` of every leaf it depends on, and sets the
   * `grad` of the nodes between. Call {@link zeroGrad} before a fresh start; calling twice adds twice.
   *
   * With `createGraph`, the leaves also get this gradient as a node of a new graph, in `gradNode`: it can be drawn,
   * and differentiated again. It does not accumulate.
   *
   * If the rule of an operation throws on the way, some gradients have arrived and others have not: call `zeroGrad()`.
   *
   * @throws CheckError if data of leaves changed since they were used
   * @example const x = value(3); x.mul(x).backward(); x.grad // 6
   */
  backward(options?: { readonly createGraph?: boolean }): void;
  /** Sets `grad` to 0 on this node and on everything it was computed from. */
  zeroGrad(): void;
}

export type Methods = OperationMethods & WalkMethods;

const walks: WalkMethods & ThisType<Value> = {
  backward(options = {}) {
    checkOnlyFlag("backward", options, "createGraph");
    const nodes = options.createGraph === true ? gradientNodes(this) : [];
    backward(this);
    for (const [leaf, node] of nodes) leaf.gradNode = node;
  },
  zeroGrad() {
    zeroGrad(this);
  },
};

for (const [name, method] of Object.entries(walks)) define(name, method);

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
  define(name, method);
}

function define(name: string, method: unknown): void {
  Object.defineProperty(Value.prototype, name, { value: method, writable: true, configurable: true });
}
