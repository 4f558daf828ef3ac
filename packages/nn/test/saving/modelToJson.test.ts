import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadModelJson, MLP, modelToJson } from "../../src/index.ts";
import { expectRoundTrip } from "./roundTrip.ts";
import { giveGradients, refused, snapshot } from "./snapshot.ts";

function net(): MLP {
  const mlp = new MLP(2, [1]);
  giveGradients(mlp);
  return mlp;
}

test("reads well", () => {
  const mlp = new MLP(2, [2]);
  [0.1, -0, NaN, 1, -Infinity, 5e-324].forEach((number, i) => {
    mlp.parameters()[i]!.data = number;
  });
  expect(modelToJson(mlp, { metadata: { epochs: "200" } })).toBe(`{
  "format": "chainrule model",
  "version": 1,
  "metadata": {
    "epochs": "200"
  },
  "parameters": {
    "layers.0.weight": [
      [0.1, "-0"],
      [1, "-Infinity"]
    ],
    "layers.0.bias": ["NaN", 5e-324]
  }
}
`);
});

test("any doubles come back bit for bit", () => {
  expectRoundTrip((from, to) => loadModelJson(to, modelToJson(from)));
});

const W = '"layers.0.weight": [[1, 2]]';
const text = (parameters: string, rest = "") =>
  `{"format": "chainrule model", "version": 1, "parameters": {${parameters}}${rest}}`;

test("a minus sign before 0 is kept, and gradients stay", () => {
  const mlp = net();
  const gradients = snapshot(mlp).map(([, gradient]) => gradient);
  expect(loadModelJson(mlp, text(`${W}, "layers.0.bias": [-0.0]`))).toEqual({});
  expect(snapshot(mlp)).toEqual([1, 2, -0].map((number, i) => [number, gradients[i]]));
});

describe("refuses, and leaves numbers and gradients as they were:", () => {
  test.each([
    ["nothing", "", "the text is not JSON"],
    ["a text cut short", text(W).slice(0, -9), "the text is not JSON"],
    ["a string without end", '{"a', "the text is not JSON"],
    ["an escape that is none", '{"\\x": 1}', "the text is not JSON"],
    ["levels without end", "[".repeat(1e6), "more than 32 arrays and objects inside each other"],
    ["an array", "[]", "must be an object, got an array of 0"],
    ["another format", '{"format": "x"}', 'format must be "chainrule model", got the string "x"'],
    [
      "a newer version",
      '{"format": "chainrule model", "version": 2}',
      "version must be 1, got 2. A newer @chainrule/nn",
    ],
    [
      "no parameters",
      '{"format": "chainrule model", "version": 1}',
      "parameters must be an object, got undefined",
    ],
    ["an entry more", text(W, ', "note": 1'), 'there must be no entry "note". Notes go into metadata'],
    [
      "metadata that is no text",
      text(W, ', "metadata": {"a": null}'),
      'metadata: "a" must be a string, got null',
    ],
    ["one name twice", text(`${W}, ${W}`), 'the text has the name "layers.0.weight" twice'],
    [
      "a name __proto__",
      text(`${W}, "layers.0.bias": [3], "__proto__": [1]`),
      'has "__proto__", which the model has not',
    ],
    ["a name less", text(W), 'the file lacks "layers.0.bias"'],
    [
      "null",
      text(`${W}, "layers.0.bias": [null]`),
      'tensor "layers.0.bias"[0] must be a number, "NaN", "Infinity", "-Infinity", "-0", or an array of them, got null',
    ],
    ["other text", text(`${W}, "layers.0.bias": ["nan"]`), 'got the string "nan"'],
    [
      "an object",
      text(`${W}, "layers.0.bias": {"0": 1}`),
      "must be a number or arrays of numbers, got an object",
    ],
    ["digits beyond all doubles", text(`${W}, "layers.0.bias": [1e999]`), "is beyond the largest double"],
    [
      "rows of different lengths",
      text('"layers.0.weight": [[1, 2], [3]], "layers.0.bias": [3]'),
      "its rows must be alike: expected an array of 2, got an array of 1",
    ],
    [
      "a number among rows",
      text('"layers.0.weight": [[1, 2], 3], "layers.0.bias": [3]'),
      "expected an array of 2, got 3",
    ],
    ["a row among numbers", text(`${W}, "layers.0.bias": [3, [4]]`), "expected a number, got an array of 1"],
    [
      "another shape",
      text(`${W}, "layers.0.bias": 3`),
      'tensor "layers.0.bias" has shape [], that of the model [1]',
    ],
    ["an empty array", text(`${W}, "layers.0.bias": []`), "has shape [0], that of the model [1]"],
  ])("%s", (_, json, message) => {
    const mlp = net();
    const error = refused(mlp, () => loadModelJson(mlp, json));
    expect(error.message).toMatch(/^loadModelJson: /);
    expect(error.message).toContain(message);
    expect([TypeError, RangeError]).toContain(error.constructor);
  });
});

test("text changed or cut anywhere never crashes, and never changes the model if refused", () => {
  const json = modelToJson(new MLP(2, [2, 1], { seed: 5 }), { metadata: { a: "b" } });
  const unit = fc.oneof(
    fc.string({ maxLength: 3 }),
    fc.constantFrom("{", "}", "[", "]", '"', ":", ",", "\\", "-", "1e999"),
  );
  const change = fc.record({ at: fc.nat(json.length), unit });
  const mlp = new MLP(2, [2, 1]);
  giveGradients(mlp);
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), fc.option(fc.nat(json.length)), (changes, length) => {
      const changed = changes.reduce(
        (text, { at, unit }) => text.slice(0, at) + unit + text.slice(at + 1),
        json.slice(0, length ?? json.length),
      );
      const before = snapshot(mlp);
      try {
        loadModelJson(mlp, changed);
      } catch (error) {
        expect(String(error)).toMatch(/^(Type|Range)Error: loadModelJson: /);
        expect(snapshot(mlp)).toEqual(before);
      }
    }),
    { numRuns: 2000, endOnFailure: true },
  );
});

test("refuses text that is none, and options that are none", () => {
  expect(() => loadModelJson(net(), {} as never)).toThrow(
    "loadModelJson: text must be a string, got an object.",
  );
  expect(() => loadModelJson(net(), "{}", { metadata: {} } as never)).toThrow(
    'there is no option "metadata"',
  );
});
