import { expect, test } from "vitest";
import { oriented } from "../src/convention.ts";
import { conventions } from "../src/index.ts";

const perNeuron = [
  [1, 2, 3],
  [4, 5, 6],
];
const perInput = [
  [1, 4],
  [2, 5],
  [3, 6],
];

test("B has a row for each neuron, A and C one for each input", () => {
  expect(oriented(conventions.B, perNeuron)).toEqual(perNeuron);
  expect(oriented(conventions.A, perNeuron)).toEqual(perInput);
  expect(oriented(conventions.C, perNeuron)).toEqual(perInput);
});

test("the way back is the way there", () => {
  for (const row of Object.values(conventions)) {
    expect(oriented(row, oriented(row, perNeuron))).toEqual(perNeuron);
  }
});
