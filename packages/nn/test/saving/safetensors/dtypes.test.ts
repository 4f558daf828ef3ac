import { value } from "@chainrule/core";
import { expect, test } from "vitest";
import { loadSafetensors } from "../../../src/index.ts";
import { file } from "./file.ts";

/** What a file of one number says, from its bits, most significant first. */
function read(dtype: string, hex: string): number {
  const data = Uint8Array.from(Buffer.from(hex, "hex")).reverse();
  const p = value(0);
  const header = { "parameters.0": { dtype, shape: [], data_offsets: [0, data.length] } };
  loadSafetensors({ parameters: () => [p] }, file(header, data));
  return p.data;
}

test.each([
  ["F64", "3fd5555555555555", 1 / 3],
  ["F64", "8000000000000000", -0],
  ["F32", "3eaaaaab", Math.fround(1 / 3)],
  ["F32", "00000001", 2 ** -149],
  ["F32", "7fc00000", NaN],
  // Wikipedia, "Half-precision floating-point format", examples
  ["F16", "0001", 2 ** -24],
  ["F16", "03ff", 2 ** -14 * (1023 / 1024)],
  ["F16", "0400", 2 ** -14],
  ["F16", "3555", 0.333251953125],
  ["F16", "3bff", 1 - 2 ** -11],
  ["F16", "3c01", 1 + 2 ** -10],
  ["F16", "7bff", 65504],
  ["F16", "c000", -2],
  ["F16", "8000", -0],
  ["F16", "7c00", Infinity],
  ["F16", "fc00", -Infinity],
  ["F16", "7e00", NaN],
  ["BF16", "3f80", 1],
  ["BF16", "4049", 3.140625],
  ["BF16", "3eab", 0.333984375],
  ["BF16", "0001", 2 ** -133],
  ["BF16", "8000", -0],
  ["BF16", "ff80", -Infinity],
  ["BF16", "7fc1", NaN],
])("%s %s is %d", (dtype, hex, expected) => {
  expect(read(dtype, hex)).toBe(expected);
});
