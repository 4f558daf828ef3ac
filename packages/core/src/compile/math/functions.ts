import type { Op } from "../../op.ts";
import * as hyperbolic from "../../ops/hyperbolic.ts";
import * as powers from "../../ops/powers.ts";
import { exp, expm1 } from "./exponential.ts";
import { atanh, cosh, sinh, tanh } from "./hyperbolic.ts";
import { log, log1p, log2, log10 } from "./logarithm.ts";
import type { Formula } from "./term.ts";

/** An operation as a function within the module. */
interface OwnFunction {
  readonly formula: Formula;
  /** Whether one number at a time takes less time, too, than the call of the import. */
  readonly isFasterAlone: boolean;
}

/**
 * Operations that modules compute themselves, two numbers at a time. Each gives the numbers of fdlibm to the last bit, as
 * V8's `Math` does, so that compiled code and operations one by one agree. In engines whose `Math` is another (JavaScript
 * leaves its accuracy open) they may differ in the last bits. `sin` and `cos` are not here: in some builds of V8 they are
 * those of glibc.
 */
export const ownFunctions: ReadonlyMap<Op, OwnFunction> = new Map([
  [powers.exp.op, { formula: exp, isFasterAlone: false }],
  [powers.expm1.op, { formula: expm1, isFasterAlone: true }],
  [powers.log.op, { formula: log, isFasterAlone: false }],
  [powers.log1p.op, { formula: log1p, isFasterAlone: true }],
  [powers.log2.op, { formula: log2, isFasterAlone: true }],
  [powers.log10.op, { formula: log10, isFasterAlone: true }],
  [hyperbolic.sinh.op, { formula: sinh, isFasterAlone: false }],
  [hyperbolic.cosh.op, { formula: cosh, isFasterAlone: true }],
  [hyperbolic.tanh.op, { formula: tanh, isFasterAlone: true }],
  [hyperbolic.atanh.op, { formula: atanh, isFasterAlone: true }],
]);
