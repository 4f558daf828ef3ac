import "./methods.ts";

export { noGrad } from "./apply.ts";
export { CheckError, checked } from "./checks.ts";
export {
  type Compile,
  type CompileAsyncOptions,
  type CompileOptions,
  compile,
} from "./compile/compile.ts";
export type { Tier } from "./compile/executable.ts";
export type { InspectedLoop, Inspection } from "./compile/inspection.ts";
export type { Argument, Arguments, Kernel, LoadedKernel, Result } from "./compile/kernel.ts";
export type { LoadOptions } from "./compile/load.ts";
export type { KernelAbi, KernelImport, SavedKernel } from "./compile/save.ts";
export type { Shape } from "./compile/shape.ts";
export { topologicalOrder, zeroGrad } from "./graph.ts";
export { localDerivatives } from "./localDerivatives.ts";
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
export { type Carried, map, mean, type RowSum, type ScanOptions, scan, sum } from "./rows.ts";
export { TraceError } from "./traceError.ts";
export {
  type Gradient,
  type GradOptions,
  grad,
  type ValueAndGradient,
  valueAndGrad,
} from "./transforms/grad.ts";
export { type GradCheckOptions, gradCheck } from "./transforms/gradCheck.ts";
export type { GradCheckEntry, GradCheckReport, Verdict, WrongRule } from "./transforms/gradCheckReport.ts";
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
export { useCount } from "./useCount.ts";
export { type Label, type Scalar, Value, value } from "./value.ts";
