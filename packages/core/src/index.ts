import "./methods.ts";

export {
  type Gradient,
  type GradOptions,
  grad,
  type ScalarFunction,
  type ValueAndGradient,
  valueAndGrad,
} from "./grad.ts";
export { type GradCheckEntry, type GradCheckOptions, type GradCheckReport, gradCheck } from "./gradCheck.ts";
export { topologicalOrder, zeroGrad } from "./graph.ts";
export {
  type Binary,
  type BinaryDeclaration,
  defineOp,
  type Interval,
  type Nary,
  type NaryDeclaration,
  noGrad,
  type Op,
  type Ternary,
  type TernaryDeclaration,
  type Unary,
  type UnaryDeclaration,
} from "./op.ts";
export * from "./ops/index.ts";
export { localDerivatives } from "./partials.ts";
export type { Numbers, Tree, Values } from "./tree.ts";
export { type Label, type Scalar, Value, value } from "./value.ts";
