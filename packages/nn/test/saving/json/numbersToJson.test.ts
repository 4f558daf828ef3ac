import fc from "fast-check";
import { expect, test } from "vitest";
import { numbersFromJson, numbersToJson } from "../../../src/saving/json/numbersToJson.ts";
import { specialDoubles } from "../snapshot.ts";

test("numbers in arrays and objects come back bit for bit through JSON", () => {
  const double = fc.oneof(fc.double(), fc.constantFrom(...specialDoubles));
  const { numbers } = fc.letrec((tie) => ({
    numbers: fc.oneof(
      { maxDepth: 4 },
      double,
      fc.array(tie("numbers"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("numbers"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(numbers, (given) => {
      const text = JSON.stringify(numbersToJson("test", given));
      expect(numbersFromJson("test", JSON.parse(text))).toEqual(given);
    }),
    { endOnFailure: true },
  );
});

test("a name __proto__ is an entry, not a prototype", () => {
  const back = numbersFromJson("test", JSON.parse('{"__proto__": {"polluted": 1}}')) as object;
  expect(Object.keys(back)).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
});

test("says where the fault is", () => {
  expect(() => numbersToJson("state", { v: [1, "x"] })).toThrow(
    new TypeError('state: "v"[1] must be a number, or an array of them, got the string "x".'),
  );
  expect(() => numbersFromJson("state", { v: [1, true] })).toThrow('state: "v"[1] must be');
});

test("leaves out what is undefined", () => {
  expect(numbersToJson("state", { a: 1, b: undefined })).toEqual({ a: 1 });
});
