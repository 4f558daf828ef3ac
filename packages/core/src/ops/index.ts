// The public operations. The others in this folder are what derivatives and compiled code are made of.
export {
  elu,
  gelu,
  geluTanh,
  logaddexp,
  logit,
  logSigmoid,
  mish,
  sigmoid,
  silu,
  softplus,
} from "./activations.ts";
export { add, div, mul, neg, reciprocal, square, sub } from "./arithmetic.ts";
export { type Dot, dot } from "./dot.ts";
export { acosh, asinh, atanh, cosh, sech, sinh, tanh } from "./hyperbolic.ts";
export { norm } from "./norm.ts";
export { abs, ceil, clamp, floor, fmod, huber, leakyRelu, mod, relu, round, sign } from "./piecewise.ts";
export { cbrt, exp, expm1, log, log1p, log2, log10, pow, sqrt } from "./powers.ts";
export { type Extremum, max, mean, min, sum } from "./reductions.ts";
export {
  equal,
  greater,
  greater as gt,
  greaterEqual,
  less,
  lessEqual,
  notEqual,
  step,
  stopGradient,
  where,
} from "./selection.ts";
export { logsumexp, softmax } from "./softmax.ts";
export { erf, erfc, normalCdf, sinc } from "./special.ts";
export { acos, asin, atan, atan2, cos, type Hypot, hypot, sin, tan } from "./trigonometric.ts";
