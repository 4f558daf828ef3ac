import type { Op } from "../op.ts";
import { type DataSegment, encodeModule, type FunctionDefinition, type Signature } from "./wasm/encoder.ts";

/**
 * A compiled program, and how to run it.
 *
 * Instances export `memory` and `run: () => void`, and import `imports[i]` from module `"op"` as `importNames[i]`: an
 * operation on one to three operands as a function of that many numbers; one on any number of them as a function of the
 * address of the operands, one number after the other, and of how many they are. Before `run`, the numbers of the
 * arguments are to be in memory, in order, from `inputsAt` on, as doubles; after it the results are, from `outputsAt`
 * on. Nothing else in memory is to be changed, nor are the results: those that are constants are not written again.
 */
export interface Image extends Layout {
  readonly bytes: Uint8Array;
  readonly importNames: readonly string[];
  /** Per function: how many bytes its instructions take. The first runs the program. */
  readonly functionSizes: readonly number[];
}

/** What of an {@link Image} is known before its module is written. */
interface Layout {
  readonly imports: readonly Op[];
  /** Byte address, a multiple of 8. */
  readonly inputsAt: number;
  /** Byte address, a multiple of 8. */
  readonly outputsAt: number;
  readonly outputCount: number;
  /** Size of the memory, in pages of 65,536 bytes. */
  readonly pages: number;
  /** Per loop: how many of its rows are side by side; 1 where they go one by one. */
  readonly lanes: readonly number[];
}

/** The module with these functions, the first of which runs the program, and what its memory begins with. */
export function writeImage(
  layout: Layout,
  functions: readonly FunctionDefinition[],
  data: readonly DataSegment[],
): Image {
  const { imports, pages } = layout;
  const importNames = imports.map((op, index) => `${op.name.replaceAll(/[^ -~]/g, "_")}${index}`);
  const bytes = encodeModule({
    imports: imports.map((op, index) => ({
      module: "op",
      name: importNames[index]!,
      signature: signatureOf(op),
    })),
    functions,
    pages,
    exports: [
      { name: "memory", kind: "memory", index: 0 },
      { name: "run", kind: "function", index: imports.length },
    ],
    data,
  });
  return { ...layout, bytes, importNames, functionSizes: functions.map(({ code }) => code.bytes.length) };
}

function signatureOf({ arity }: Op): Signature {
  if (arity === undefined) return { params: ["i32", "i32"], results: ["f64"] };
  return { params: Array.from({ length: arity }, () => "f64"), results: ["f64"] };
}
