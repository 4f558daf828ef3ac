import type { Scalar } from "@chainrule/core";
import { declareLoss } from "./declareLoss.ts";
import { informationOf } from "./information.ts";
import type { ScalarMeasure } from "./lossTypes.ts";
import { probabilityOperand } from "./operands.ts";
import { type UnitOptions, unitOption } from "./options.ts";

/**
 * The information content of an event of probability p: `−log p`, how surprising it is. 0 if it is certain, ∞ if it is
 * impossible. Of m events it is the mean, unless told.
 *
 * The gradient is −1/p in nats, and −1/(p ln 2) in bits.
 *
 * @param p - from 0 to 1, or an array of m ≥ 1. A Value outside makes the content NaN
 * @param options - `unit`, and the `reduction` of m contents
 * @returns one scalar, ≥ 0, in nats unless told; an array of m with `{ reduction: "none" }`
 * @throws RangeError for a number outside [0, 1] or an empty array, TypeError for anything but scalars
 * @example informationContent(0.125, { unit: "bits" }) // 3
 * @see Cover & Thomas (2006), "Elements of Information Theory", §2.1
 */
export const informationContent: ScalarMeasure<UnitOptions> = declareLoss<[p: Scalar], UnitOptions>({
  name: "informationContent",
  operands: [probabilityOperand("p", "p")],
  options: unitOption,
  formula: informationOf,
}) as ScalarMeasure<UnitOptions>;
