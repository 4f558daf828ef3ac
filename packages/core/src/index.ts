import "./methods.ts";

export { noGrad } from "./apply.ts";
export { CheckError, checked } from "./checks.ts";
export { topologicalOrder, zeroGrad } from "./graph.ts";
export {
  type Binary,
  type BinaryDeclaration,
  defineOp,
  type Interval,
  type Nary,
  type NaryDeclaration,
  type Op,
  type Ternary,
  type TernaryDeclaration,
  type Unary,
  type UnaryDeclaration,
} from "./op.ts";
export * from "./ops/index.ts";
export { localDerivatives } from "./partials.ts";
export {
  type Gradient,
  type GradOptions,
  grad,
  type ValueAndGradient,
  valueAndGrad,
} from "./transforms/grad.ts";
export {
  type GradCheckEntry,
  type GradCheckOptions,
  type GradCheckReport,
  gradCheck,
  type WrongRule,
} from "./transforms/gradCheck.ts";
export {
  type Hessian,
  hessian,
  type Jacobian,
  type JacobianOptions,
  jacobian,
} from "./transforms/jacobian.ts";
export {
  type HessianVectorProduct,
  hvp,
  type JacobianVectorProduct,
  jvp,
  type VectorJacobianProduct,
  vjp,
} from "./transforms/products.ts";
export type { Numbers, Tree, Values } from "./transforms/tree.ts";
export { type Label, type Scalar, Value, value } from "./value.ts";
