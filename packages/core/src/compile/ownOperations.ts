import type { Op } from "../op.ts";
import * as activations from "../ops/activations.ts";
import * as arithmetic from "../ops/arithmetic.ts";
import * as dot from "../ops/dot.ts";
import * as hyperbolic from "../ops/hyperbolic.ts";
import * as norm from "../ops/norm.ts";
import * as piecewise from "../ops/piecewise.ts";
import * as powers from "../ops/powers.ts";
import * as reductions from "../ops/reductions.ts";
import * as select from "../ops/select.ts";
import * as selection from "../ops/selection.ts";
import * as softmax from "../ops/softmax.ts";
import * as special from "../ops/special.ts";
import * as trigonometric from "../ops/trigonometric.ts";

/** All operations of this package: those that derivatives and compiled code are made of, too. */
export function ownOperations(): ReadonlySet<Op> {
  const modules: readonly object[] = [
    ...[activations, arithmetic, dot, hyperbolic, norm, piecewise, powers],
    ...[reductions, select, selection, softmax, special, trigonometric],
  ];
  const exported: unknown[] = modules.flatMap((module) => Object.values(module));
  return new Set(exported.flatMap((x) => (typeof x === "function" && "op" in x ? [x.op as Op] : [])));
}
