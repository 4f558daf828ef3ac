import { compile, type Value, value } from "@chainrule/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadSafetensors, MLP, toSafetensors } from "../../src/index.ts";
import { doubles, file, withHeaderLength } from "./safetensors/file.ts";
import { giveGradients, refused, snapshot } from "./snapshot.ts";

const weight = { dtype: "F64", shape: [1, 2], data_offsets: [0, 16] };
const bias = { dtype: "F64", shape: [1], data_offsets: [16, 24] };
const header = { "layers.0.weight": weight, "layers.0.bias": bias };
const data = doubles(1, 2, 3);
const good = file(header, data);

function net(): MLP {
  const mlp = new MLP(2, [1]);
  giveGradients(mlp);
  return mlp;
}

test("the file that the hostile ones are made of is good", () => {
  const mlp = net();
  const gradients = snapshot(mlp).map(([, gradient]) => gradient);
  expect(loadSafetensors(mlp, good)).toEqual({});
  expect(snapshot(mlp)).toEqual([1, 2, 3].map((number, i) => [number, gradients[i]]));
});

const weightWith = (changes: object) =>
  file({ ...header, "layers.0.weight": { ...weight, ...changes } }, data);
const text = (json: string) => file(json, data);
const W = '"layers.0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}';
const B = '"layers.0.bias":{"dtype":"F64","shape":[1],"data_offsets":[16,24]}';

describe("refuses, and leaves numbers and gradients as they were:", () => {
  test.each<[string, Uint8Array, string]>([
    ["no bytes", new Uint8Array(), "a safetensors file has at least 8 bytes, got 0"],
    ["a length cut short", good.subarray(0, 7), "at least 8 bytes, got 7"],
    ["a header cut short", good.subarray(0, 40), "but only 32 are there. The file was cut short"],
    [
      "data cut short",
      good.subarray(0, -1),
      "the tensors have 24 bytes, but 23 are there. The file was cut short",
    ],
    ["bytes after the data", new Uint8Array([...good, 0]), "24 bytes, but 25 are there. Something was added"],
    [
      "a header beyond the cap",
      withHeaderLength(good, 100_000_001n),
      "longer than 100000000 bytes, got 100000001",
    ],
    ["a header of 2⁶⁴ − 1 bytes", withHeaderLength(good, 2n ** 64n - 1n), "got 18446744073709551615"],
    ["a header of no bytes", withHeaderLength(good, 0n), 'must begin with "{"'],
    ["another kind of file", text("[1]"), 'the header must begin with "{". Is it a safetensors file?'],
    ["a byte order mark", text(`\uFEFF{${W},${B}}`), 'must begin with "{"'],
    ["a header that is not JSON", text("{,}"), "the header is not JSON"],
    ["a header with more after it", text(`{${W},${B}}{}`), "the header is not JSON"],
    ["a header that is not UTF-8", withByte(good, 11, 0xff), "the header is not UTF-8"],
    ["one name twice", text(`{${W},${B},${B}}`), 'has the name "layers.0.bias" twice'],
    [
      "one name twice, escaped",
      text(`{${W},${B},"l\\u0061yers.0.bias":{}}`),
      'has the name "layers.0.bias" twice',
    ],
    ["one field twice", text(`{${W},${B.replace("{", '{"dtype":"F32",')}}`), 'has the name "dtype" twice'],
    [
      "levels without end",
      text(`{"a":${"[".repeat(1e6)}`),
      "more than 32 arrays and objects inside each other",
    ],
    [
      "a tensor named __proto__",
      text(`{${W},${B},"__proto__":{"dtype":"F64","shape":[0],"data_offsets":[24,24]}}`),
      'has "__proto__", which the model has not',
    ],
    ["an entry that is no object", text(`{${W},${B},"x":null}`), 'tensor "x" must be an object, got null'],
    [
      "metadata that is no object",
      text(`{${W},${B},"__metadata__":[]}`),
      "__metadata__ must be an object of strings",
    ],
    [
      "metadata that is no text",
      text(`{${W},${B},"__metadata__":{"a":1}}`),
      '__metadata__: "a" must be a string, got 1',
    ],
    [
      "another dtype",
      weightWith({ dtype: "I64" }),
      'tensor "layers.0.weight": dtype must be one of F64, F32, F16, BF16, got the string "I64". Convert',
    ],
    ["a dtype out of a prototype", weightWith({ dtype: "constructor" }), "dtype must be one of"],
    ["no dtype", weightWith({ dtype: undefined }), "dtype must be one of F64, F32, F16, BF16, got undefined"],
    ["a shape that is no array", weightWith({ shape: 2 }), "shape must be an array of integers ≥ 0, got 2"],
    ["a negative axis", weightWith({ shape: [-1, -2] }), "shape must be an array of integers ≥ 0, got -1"],
    ["a broken axis", weightWith({ shape: [0.5, 4] }), "got 0.5"],
    ["an axis beyond 2⁵³", weightWith({ shape: [2 ** 53, 1] }), "got 9007199254740992"],
    ["a size beyond all bounds", weightWith({ shape: [2 ** 52, 2 ** 52] }), "dtype and shape make"],
    ["axes in text", weightWith({ shape: ["1", "2"] }), 'got the string "1"'],
    [
      "another shape",
      weightWith({ shape: [2, 1] }),
      'tensor "layers.0.weight" has shape [2, 1], that of the model [1, 2]',
    ],
    ["another number of axes", weightWith({ shape: [2] }), "has shape [2], that of the model [1, 2]"],
    [
      "a shape that is not its bytes",
      weightWith({ shape: [1, 3] }),
      "dtype and shape make 24 bytes, data_offsets 16",
    ],
    [
      "offsets that are no pair",
      weightWith({ data_offsets: [0, 8, 16] }),
      "must be [begin, end], got [0, 8, 16]",
    ],
    ["offsets backwards", weightWith({ data_offsets: [16, 0] }), "must be [begin, end], got [16, 0]"],
    [
      "negative offsets",
      weightWith({ data_offsets: [-16, 0] }),
      "data_offsets must be an array of integers ≥ 0, got -16",
    ],
    [
      "offsets beyond the data",
      weightWith({ data_offsets: [1600, 1616] }),
      "leaves a gap before it: it begins at byte 16",
    ],
    [
      "data that no tensor covers",
      weightWith({ data_offsets: [8, 24] }),
      "leaves a gap before it: it begins at byte 8 of the data, expected 0",
    ],
    [
      "an overlap",
      file({ ...header, "layers.0.bias": { ...bias, data_offsets: [8, 16] } }, data),
      '"layers.0.bias" overlaps the tensor before it: it begins at byte 8 of the data, expected 16',
    ],
    [
      "a gap between tensors",
      file({ ...header, "layers.0.bias": { ...bias, data_offsets: [24, 32] } }, doubles(1, 2, 3, 4)),
      "leaves a gap before it",
    ],
    ["a tensor less", file({ "layers.0.weight": weight }, doubles(1, 2)), 'the file lacks "layers.0.bias"'],
    [
      "a tensor more",
      file({ ...header, x: { dtype: "F64", shape: [], data_offsets: [24, 32] } }, doubles(1, 2, 3, 4)),
      'has "x", which',
    ],
    [
      "a tensor that PyTorch counts with",
      file({ ...header, n: { dtype: "I64", shape: [], data_offsets: [24, 32] } }, doubles(1, 2, 3, 4)),
      'tensor "n": dtype must be one of',
    ],
  ])("%s", (_, bytes, message) => {
    const mlp = net();
    const error = refused(mlp, () => loadSafetensors(mlp, bytes));
    expect(error.message).toMatch(/^loadSafetensors: /);
    expect(error.message).toContain(message);
    expect([TypeError, RangeError]).toContain(error.constructor);
  });
});

test("names in messages are cut, however long they are", () => {
  const mlp = net();
  const names = Array.from({ length: 9 }, (_, i) => [
    `${i}${"x".repeat(1e5)}`,
    { ...bias, shape: [0], data_offsets: [24, 24] },
  ]);
  const { message } = refused(mlp, () =>
    loadSafetensors(mlp, file({ ...header, ...Object.fromEntries(names) }, data)),
  );
  expect(message.length).toBeLessThan(1000);
  expect(message).toContain("and 4 more");
});

test("no prototype changes", () => {
  const mlp = net();
  const metadata = loadSafetensors(
    mlp,
    text(`{${W},${B},"__metadata__":{"__proto__":"x","constructor":"y"}}`),
  );
  expect(Object.entries(metadata)).toEqual([
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

test("bytes changed or cut anywhere never crash, and never change the model if refused", () => {
  const file = toSafetensors(new MLP(2, [2, 1], { seed: 5 }), { metadata: { a: "b" } });
  const change = fc.record({ at: fc.nat(file.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
  const input = fc.record({
    changes: fc.array(change, { maxLength: 4 }),
    length: fc.option(fc.nat(file.length)),
  });
  const mlp = new MLP(2, [2, 1]);
  giveGradients(mlp);
  fc.assert(
    fc.property(input, ({ changes, length }) => {
      const bytes = file.slice(0, length ?? file.length);
      for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
      const before = snapshot(mlp);
      try {
        loadSafetensors(mlp, bytes);
      } catch (error) {
        expect(String(error)).toMatch(/^(Type|Range)Error: loadSafetensors: /);
        expect(snapshot(mlp)).toEqual(before);
      }
    }),
    { numRuns: 2000, endOnFailure: true },
  );
});

test("two names of one parameter must agree", () => {
  const shared = value(0);
  const model = {
    namedParameters: () =>
      new Map([
        ["a", shared],
        ["b", shared],
      ]),
    parameters: () => [shared],
  };
  const entry = (begin: number) => ({ dtype: "F64", shape: [], data_offsets: [begin, begin + 8] });
  const both = (a: number, b: number) => file({ a: entry(0), b: entry(8) }, doubles(a, b));
  expect(refused(model, () => loadSafetensors(model, both(1, 2))).message).toContain("share that parameter");
  loadSafetensors(model, both(NaN, NaN));
  expect(shared.data).toBeNaN();
});

test("a model is not loaded while it is traced", () => {
  const mlp = net();
  const kernel = compile((x: Value) => {
    loadSafetensors(mlp, good);
    return x;
  });
  expect(refused(mlp, () => kernel(1)).name).toBe("TraceError");
});

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = byte;
  return changed;
}
