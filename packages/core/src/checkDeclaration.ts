import type { BinaryDeclaration, NaryDeclaration, TernaryDeclaration, UnaryDeclaration } from "./op.ts";
import { describe } from "./value.ts";

/** What a declaration may hold; the last three are for operations of this package. */
const KEYS = new Set([
  ...["name", "symbol", "value", "partials", "domain", "selects", "lowered"],
  ...["nonEmpty", "instruction", "sendAll"],
]);

/** @throws TypeError naming what is not of the form that `defineOp` takes */
export function checkDeclaration(
  declaration: UnaryDeclaration | BinaryDeclaration | TernaryDeclaration | NaryDeclaration,
): void {
  if (typeof declaration !== "object" || declaration === null) {
    throw new TypeError(`defineOp: needs { name, value, partials }, got ${describe(declaration)}.`);
  }
  const { name, value, partials, lowered, domain = [] } = declaration;
  if (typeof name !== "string" || name === "") {
    throw new TypeError(`defineOp: name must be a non-empty string, got ${describe(name)}.`);
  }
  const unknown = Object.keys(declaration).find((key) => !KEYS.has(key));
  if (unknown !== undefined) {
    throw new TypeError(`defineOp ${name}: there is no "${unknown}". There are: ${[...KEYS].join(", ")}.`);
  }
  if (typeof value !== "function") {
    throw new TypeError(`defineOp ${name}: value must be a function of numbers, got ${describe(value)}.`);
  }
  if (lowered !== undefined && typeof lowered !== "function") {
    throw new TypeError(`defineOp ${name}: lowered must be a function of scalars, got ${describe(lowered)}.`);
  }
  if (typeof partials === "function") return;
  if (!Array.isArray(partials) || partials.length < 1 || partials.length > 3) {
    throw new TypeError(
      `defineOp ${name}: partials must be 1 to 3 functions or constants (null where no gradient flows), or one function ` +
        `of an array, got ${describe(partials)}.`,
    );
  }
  if (value.length > partials.length) {
    throw new TypeError(
      `defineOp ${name}: value takes ${value.length} operands, but there are rules for ${partials.length} only. ` +
        "Give one partial for each operand.",
    );
  }
  for (const partial of partials) {
    if (partial !== null && typeof partial !== "function" && typeof partial !== "number") {
      throw new TypeError(
        `defineOp ${name}: each partial must be a function, a constant or null, got ${describe(partial)}.`,
      );
    }
  }
  if (!Array.isArray(domain) || domain.some((interval) => !(interval[0] <= interval[1]))) {
    throw new TypeError(`defineOp ${name}: domain must be intervals [from, to], got ${describe(domain)}.`);
  }
}
