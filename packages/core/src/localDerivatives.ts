import { checkUpToDate } from "./checks.ts";
import { numericPartials } from "./partials.ts";
import { describe, Value } from "./value.ts";

/**
 * The local derivatives of a node: ∂node/∂operand for each operand slot, at the numbers the graph holds.
 *
 * @returns one entry per slot; `null` where no gradient flows (a condition, a comparison). Empty for a leaf
 * @throws TypeError if given anything but a Value; CheckError if the graph is out of date
 * @example localDerivatives(value(3).mul(value(4))) // [4, 3]
 */
export function localDerivatives(node: Value): readonly (number | null)[] {
  if (!(node instanceof Value))
    throw new TypeError(`localDerivatives: needs a Value, got ${describe(node)}.`);
  if (node.op === undefined) return [];
  checkUpToDate([node]);
  return numericPartials(node, () => true);
}
