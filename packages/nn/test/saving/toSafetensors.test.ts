import { expect, test } from "vitest";
import { loadSafetensors, MLP, toSafetensors } from "../../src/index.ts";
import { expectRoundTrip } from "./roundTrip.ts";
import { doubles, file } from "./safetensors/file.ts";
import { refused, snapshot } from "./snapshot.ts";

/** What safetensors 0.8.0 of Python wrote, by `safetensors.numpy.save`, for the net below. */
const golden =
  "38010000000000007b225f5f6d657461646174615f5f223a7b22666f726d6174223a226e70227d2c226c61796572732e302e626961" +
  "73223a7b226474797065223a22463634222c227368617065223a5b325d2c22646174615f6f666673657473223a5b302c31365d7d2c" +
  "226c61796572732e302e776569676874223a7b226474797065223a22463634222c227368617065223a5b322c335d2c22646174615f" +
  "6f666673657473223a5b31362c36345d7d2c226c61796572732e312e62696173223a7b226474797065223a22463634222c22736861" +
  "7065223a5b315d2c22646174615f6f666673657473223a5b36342c37325d7d2c226c61796572732e312e776569676874223a7b2264" +
  "74797065223a22463634222c227368617065223a5b312c325d2c22646174615f6f666673657473223a5b37322c38385d7d7d202020" +
  "2020000000000000f03f00000000000004c09a9999999999b93f0000000000000080000000000000f07f0100000000000000000000" +
  "000000f87f555555555555d53f0000000000000840000000000000f03f0000000000000040";

function goldenNet(): MLP {
  const mlp = new MLP(3, [2, 1]);
  const numbers = [0.1, -0, Infinity, 1, Number.MIN_VALUE, NaN, 1 / 3, -2.5, 1, 2, 3];
  mlp.parameters().forEach((parameter, i) => {
    parameter.data = numbers[i]!;
  });
  return mlp;
}

test("writes byte for byte what the library of the format writes", () => {
  const bytes = toSafetensors(goldenNet(), { metadata: { format: "np" } });
  expect(Buffer.from(bytes).toString("hex")).toBe(golden);
});

test("reads what the library of the format wrote", () => {
  const mlp = new MLP(3, [2, 1]);
  const metadata = loadSafetensors(mlp, new Uint8Array(Buffer.from(golden, "hex")));
  expect(snapshot(mlp)).toEqual(snapshot(goldenNet()));
  expect(metadata).toEqual({ format: "np" });
});

test("weight is [outputs, inputs] with a row for each neuron, as Wx + b has it", () => {
  const mlp = new MLP(2, [3]);
  const { neurons } = mlp.layers[0]!;
  const header =
    '{"layers.0.bias":{"dtype":"F64","shape":[3],"data_offsets":[0,24]},' +
    '"layers.0.weight":{"dtype":"F64","shape":[3,2],"data_offsets":[24,72]}}';
  const data = doubles(
    ...neurons.map((neuron) => neuron.bias.data),
    ...neurons.flatMap((neuron) => neuron.weights.map((weight) => weight.data)),
  );
  expect(toSafetensors(mlp)).toEqual(file(header.padEnd(8 * Math.ceil(header.length / 8)), data));
});

test("any doubles come back bit for bit", () => {
  expectRoundTrip((from, to) => loadSafetensors(to, toSafetensors(from)));
});

test("names of torch.nn.Sequential, which counts the activations", () => {
  const mlp = new MLP(2, [2, 1], { seed: 3 });
  const names = (name: string) => name.replace(/^layers\.(\d+)/, (_, layer) => String(2 * Number(layer)));
  const bytes = toSafetensors(mlp, { names });
  const header = new TextDecoder().decode(bytes.subarray(8));
  expect(header.match(/"\d\.(weight|bias)"/g)).toEqual(['"0.bias"', '"0.weight"', '"2.bias"', '"2.weight"']);
  const other = new MLP(2, [2, 1]);
  loadSafetensors(other, bytes, { names });
  expect(snapshot(other)).toEqual(snapshot(mlp));
  expect(refused(other, () => loadSafetensors(other, bytes)).message).toBe(
    "loadSafetensors: the tensors are not those of the model: the file lacks " +
      '"layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", and has "0.bias", "0.weight", ' +
      '"2.bias", "2.weight", which the model has not. If only the names differ, say how in options.names.',
  );
});

test("refuses options that cannot work", () => {
  const mlp = new MLP(1, [1]);
  expect(() => toSafetensors(mlp, { name: "x" } as never)).toThrow('there is no option "name"');
  expect(() => toSafetensors(mlp, { metadata: { epochs: 3 } as never })).toThrow(
    'toSafetensors: metadata: "epochs" must be a string, got 3.',
  );
  expect(() => toSafetensors(mlp, { names: () => "same" })).toThrow(
    'two tensors of the model are named "same"',
  );
  expect(() => toSafetensors(mlp, { names: () => 1 as never })).toThrow("must be a string, got 1");
  expect(() => toSafetensors(mlp, { names: {} as never })).toThrow("names must be a function");
  expect(() =>
    toSafetensors(mlp, { names: (name) => (name.endsWith("bias") ? name : "__metadata__") }),
  ).toThrow('cannot be named "__metadata__"');
  expect(() => loadSafetensors(mlp, new ArrayBuffer(8) as never)).toThrow("new Uint8Array(buffer)");
});

test("bytes may begin anywhere in their buffer", () => {
  const old = new MLP(2, [1], { seed: 1 });
  const bytes = toSafetensors(old);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const mlp = new MLP(2, [1]);
  loadSafetensors(mlp, shifted.subarray(3));
  expect(snapshot(mlp)).toEqual(snapshot(old));
});
