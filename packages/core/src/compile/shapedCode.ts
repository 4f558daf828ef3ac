import type { Value } from "../value.ts";
import type { Executable } from "./executable.ts";
import type { LeafNumbers } from "./leafIndex.ts";
import { type Reader, readerOf, type Writer, writerOf } from "./marshal.ts";
import { offsetsOf, type Shape } from "./shape.ts";

/** What goes into code and comes out of it. */
export interface Interface {
  readonly shapes: readonly Shape[];
  /** The shape of the result. */
  readonly result: Shape;
  /** The leaves that the function captured: their numbers are read at each call. */
  readonly captured: readonly Value[];
}

/** Code for arguments of certain shapes. */
export class ShapedCode {
  readonly shapes: readonly Shape[];
  readonly result: Shape;
  readonly captured: readonly Value[];
  readonly #writers: readonly Writer[];
  readonly #offsets: readonly number[];
  readonly #read: Reader;
  #isRunning = false;
  /** May be replaced by another that computes the same. */
  protected executable: Executable;

  constructor({ shapes, result, captured }: Interface, executable: Executable) {
    this.shapes = shapes;
    this.result = result;
    this.captured = captured;
    this.executable = executable;
    this.#writers = shapes.map(writerOf);
    this.#offsets = offsetsOf(shapes);
    this.#read = readerOf(result);
  }

  /**
   * Writes arguments and captured leaves to the inputs; false for arguments of another shape.
   *
   * @param given - numbers of leaves in place of their own
   */
  fill(args: readonly unknown[], given?: LeafNumbers): boolean {
    if (this.#isRunning) throw reentered();
    const { inputs } = this.executable;
    const writers = this.#writers;
    const { length } = writers;
    if (args.length !== length) return false;
    for (let i = 0; i < length; i++) if (!writers[i]!(args[i], inputs, this.#offsets[i]!)) return false;
    const { captured } = this;
    const end = this.#offsets[length]!;
    if (given !== undefined) this.#fillFrom(given, inputs, end);
    else for (let i = 0; i < captured.length; i++) inputs[end + i] = captured[i]!.data;
    return true;
  }

  #fillFrom({ index, numbers }: LeafNumbers, inputs: Float64Array, start: number): void {
    const { captured } = this;
    const places = index.of(captured);
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!;
      inputs[start + i] = place < 0 ? captured[i]!.data : numbers[place]!;
    }
  }

  run(): void {
    this.#isRunning = true;
    try {
      this.executable.run();
    } finally {
      this.#isRunning = false;
    }
  }

  /** All numbers of the latest result. */
  get outputs(): Float64Array {
    return this.executable.outputs;
  }

  /** The latest result. */
  get value(): unknown {
    return this.#read(this.executable.outputs, 0);
  }
}

function reentered(): Error {
  return new Error(
    "compile: a kernel was called by an operation that it runs. Its memory is in use: call the function itself there.",
  );
}
