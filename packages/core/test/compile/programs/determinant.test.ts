import { expect, test } from "vitest";
import { add, grad, hessian, mul, type Scalar, sub } from "../../../src/index.ts";
import { agree, expectClose, many, numbersFrom } from "./agree.ts";

/** The determinant by expansion along the first row. */
function determinant(matrix: readonly (readonly Scalar[])[]): Scalar {
  const [first, ...rest] = matrix;
  if (rest.length === 0) return first![0]!;
  let total: Scalar = 0;
  first!.forEach((entry, column) => {
    const minor = rest.map((row) => row.filter((_, j) => j !== column));
    const term = mul(entry, determinant(minor));
    total = column % 2 === 0 ? add(total, term) : sub(total, term);
  });
  return total;
}

test.each([1, 2, 3, 4, 5, 6])("the gradient of the determinant is the adjugate transposed, n = %d", (n) => {
  const next = numbersFrom(n);
  const matrix = many(n, () => many(n, () => next()));
  const gradient = agree(grad(determinant), matrix);
  const cofactor = (i: number, j: number) => {
    const minor = matrix.filter((_, k) => k !== i).map((row) => row.filter((_, l) => l !== j));
    return (-1) ** (i + j) * (n === 1 ? 1 : (determinant(minor) as number));
  };
  expectClose(
    gradient,
    matrix.map((row, i) => row.map((_, j) => cofactor(i, j))),
  );
});

test("the determinant has no second derivative along any one entry", () => {
  const second = agree(hessian(determinant), [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 10],
  ]);
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) expect(second[i]![j]![i]![j]).toBe(0);
  expect(second[0]![0]![1]![1]).toBe(10);
});
