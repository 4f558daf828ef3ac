import type { Image } from "../../../src/compile/image.ts";

/** Compiles an image; the function runs it on numbers. */
export function instantiate(image: Image): (inputs: readonly number[]) => number[] {
  const calls: Record<string, (...operands: number[]) => number> = {};
  for (const [index, op] of image.imports.entries()) {
    calls[image.importNames[index]!] =
      op.arity === undefined
        ? (at, n) =>
            (op.value as (xs: readonly number[]) => number)([...new Float64Array(memory.buffer, at, n)])
        : (op.value as (...operands: number[]) => number);
  }
  const module = new WebAssembly.Module(image.bytes as Uint8Array<ArrayBuffer>);
  const { exports } = new WebAssembly.Instance(module, { op: calls });
  const { memory, run } = exports as { memory: WebAssembly.Memory; run: () => void };
  return (inputs) => {
    new Float64Array(memory.buffer, image.inputsAt, inputs.length).set(inputs);
    run();
    return [...new Float64Array(memory.buffer, image.outputsAt, image.outputCount)];
  };
}
