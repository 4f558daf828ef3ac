import type { Op, PartialN } from "./op.ts";
import { describe, isScalar, numberIn, type Scalar, type Value } from "./value.ts";

/** Whether a gradient can flow from a node made by op to its operand in this slot. */
export function passesGradient(op: Op, slot: number): boolean {
  return typeof op.partials === "function" || op.partials[slot] !== null;
}

export function numberOf(x: Scalar): number {
  return typeof x === "number" ? x : numberIn(x);
}

/**
 * What a node with this adjoint sends to an operand: adjoint × partial; 0 for a zero adjoint, and for a zero partial of
 * an operation that selects.
 */
export function contribution(adjoint: number, partial: number, op: Op): number {
  return adjoint === 0 || (partial === 0 && op.selects) ? 0 : adjoint * partial;
}

/** ∂node/∂operand for a slot of a node with one or two operands, by calling its rule. */
export function numericPartial(node: Value, slot: number): number {
  const rule = (node.op!.partials as readonly ((...scalars: number[]) => number)[])[slot]!;
  const a = numberOf(node.first as Scalar);
  let partial: unknown;
  try {
    partial =
      node.second === undefined
        ? rule(a, numberIn(node))
        : rule(a, numberOf(node.second as Scalar), numberIn(node));
  } catch (error) {
    throw error instanceof TypeError ? brokenRule(node.op!.name, error) : error;
  }
  if (typeof partial !== "number") throw wrongPartial(node.op!, slot, partial);
  return partial;
}

function wrongPartial(op: Op, slot: number, partial: unknown): TypeError {
  return new TypeError(
    `${op.name}: its partial for operand ${slot + 1} must return a number for numbers, got ${describe(partial)}. ` +
      "Write it in operations of its operands, such as mul(2, a), and return it.",
  );
}

/** Which operands a derivative is wanted for. */
export type Wanted = (operand: Scalar) => boolean;

/** ∂node/∂operand as numbers; `null` where no gradient flows, or the rule need not be asked. */
export function numericPartials(node: Value, isWanted: Wanted): readonly (number | null)[] {
  const numbers = node.operands.map(numberOf);
  return partialsAt(node, numbers, node.data, isWanted) as readonly (number | null)[];
}

/** As {@link numericPartials}, as scalars of the graph, which can be differentiated again. */
export function symbolicPartials(node: Value, isWanted: Wanted): readonly (Scalar | null)[] {
  return partialsAt(node, node.operands, node, isWanted);
}

/** Whether a gradient can flow to an operand: a plain number gets none. */
export const isValue: Wanted = (operand) => typeof operand === "object";

/** What the rules of a node's operation say for these operands and this result. */
function partialsAt(
  node: Value,
  operands: readonly Scalar[],
  result: Scalar,
  isWanted: Wanted,
): readonly (Scalar | null)[] {
  const op = node.op!;
  const all: unknown = askRules(node, operands, result, isWanted);
  if (!Array.isArray(all) || all.length !== operands.length) {
    throw new TypeError(
      `${op.name}: its partials must be an array of ${operands.length}, one for each operand, got ${describe(all)}.`,
    );
  }
  for (let slot = 0; slot < all.length; slot++) {
    const partial: unknown = all[slot];
    const isRight = typeof partial === "number" || (typeof result === "object" && isScalar(partial));
    if (partial !== null && !isRight) throw wrongPartial(op, slot, partial);
  }
  return all;
}

function askRules(node: Value, operands: readonly Scalar[], result: Scalar, isWanted: Wanted): unknown {
  const { partials, name } = node.op!;
  try {
    if (typeof partials === "function") return (partials as PartialN)(operands, result);
    const given = node.operands;
    return partials.map((partial, slot) => {
      if (typeof partial !== "function") return partial;
      if (!isWanted(given[slot]!)) return null;
      return (partial as (...operandsAndResult: Scalar[]) => Scalar)(...operands, result);
    });
  } catch (error) {
    throw error instanceof TypeError ? brokenRule(name, error) : error;
  }
}

/** Names the operation that has the rule in an error about the wrong kind of thing. */
function brokenRule(name: string, cause: TypeError): TypeError {
  const advice = cause.message.includes("is not a function")
    ? " Rules get plain numbers too: write square(a), not a.square()."
    : "";
  return new TypeError(`${name}: its rule for the partials failed: ${cause.message}.${advice}`, { cause });
}
