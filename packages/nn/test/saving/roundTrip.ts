import fc from "fast-check";
import { expect } from "vitest";
import { MLP } from "../../src/index.ts";
import { specialDoubles } from "./snapshot.ts";

/** Checks that a way to save and load gives every double back, bit for bit. */
export function expectRoundTrip(copy: (from: MLP, to: MLP) => void): void {
  const double = fc.oneof(fc.double(), fc.constantFrom(...specialDoubles));
  fc.assert(
    fc.property(fc.array(double, { minLength: 11, maxLength: 11 }), (numbers) => {
      const [old, mlp] = [new MLP(3, [2, 1]), new MLP(3, [2, 1])];
      old.parameters().forEach((parameter, i) => {
        parameter.data = numbers[i]!;
      });
      copy(old, mlp);
      expect(mlp.parameters().map(({ data }) => data)).toEqual(numbers);
    }),
    { endOnFailure: true },
  );
}
