import type { Op } from "../../op.ts";
import * as hyperbolicOps from "../../ops/hyperbolic.ts";
import * as powerOps from "../../ops/powers.ts";
import { exp, expm1 } from "./exponential.ts";
import { tanh } from "./hyperbolic.ts";
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
 * leaves its accuracy open) they may differ in the last bits.
 */
export const ownFunctions: ReadonlyMap<Op, OwnFunction> = new Map([
  [powerOps.exp.op, { formula: exp, isFasterAlone: false }],
  [powerOps.expm1.op, { formula: expm1, isFasterAlone: true }],
  [hyperbolicOps.tanh.op, { formula: tanh, isFasterAlone: true }],
]);
