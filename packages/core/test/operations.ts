import type { Op, Scalar } from "../src/index.ts";
import * as activations from "../src/ops/activations.ts";
import * as arithmetic from "../src/ops/arithmetic.ts";
import * as dot from "../src/ops/dot.ts";
import * as hyperbolic from "../src/ops/hyperbolic.ts";
import * as norm from "../src/ops/norm.ts";
import * as piecewise from "../src/ops/piecewise.ts";
import * as powers from "../src/ops/powers.ts";
import * as reductions from "../src/ops/reductions.ts";
import * as selection from "../src/ops/selection.ts";
import * as softmax from "../src/ops/softmax.ts";
import * as special from "../src/ops/special.ts";
import * as trigonometric from "../src/ops/trigonometric.ts";

export type Operation = ((...operands: Scalar[]) => Scalar) & { op: Op };

const files = [
  activations,
  arithmetic,
  dot,
  hyperbolic,
  norm,
  piecewise,
  powers,
  reductions,
  selection,
  softmax,
  special,
  trigonometric,
];

/** Every declared operation with its exported name, public or not, by name. */
export const operations: [string, Operation][] = files
  .flatMap((file) => Object.entries(file))
  .filter((entry): entry is [string, Operation] => typeof entry[1] === "function" && "op" in entry[1])
  .sort(([a], [b]) => (a < b ? -1 : 1));
