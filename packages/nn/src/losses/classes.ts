import { equal, mul, type Scalar, step, where } from "@chainrule/core";

/** One term for each class but the label's, which has `neutral` in its place. */
export function exceptLabel(
  label: Scalar,
  xs: readonly Scalar[],
  neutral: number,
  term: (x: Scalar) => Scalar,
): Scalar[] {
  if (typeof label === "number") return xs.map((x, k) => (k === label ? neutral : term(x)));
  return xs.map((x, k) => where(equal(label, k), neutral, term(x)));
}

/** The loss of the only class, which is certain: 0 whatever its number x is, which gets the gradient 0; NaN for NaN. */
export function nothing(x: Scalar): Scalar {
  return mul(0, step(x));
}

/** Whether a target is a distribution, not a class. */
export function isRow(target: Scalar | readonly Scalar[]): target is readonly Scalar[] {
  return Array.isArray(target);
}
