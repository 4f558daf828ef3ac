import { counted, describe } from "./check.ts";
import { type Convention, conventionNamed, oriented } from "./convention.ts";
import type { Neuron } from "./neuron.ts";
import type { Assignment } from "./parametric.ts";

/** The parameters of a layer as numbers: W row by row in the form of a {@link Convention}, b one per neuron. */
export interface Weights {
  readonly W: readonly (readonly number[])[];
  readonly b: readonly number[];
}

/** The parameters of a layer and their gradients ∇W = ∂loss/∂W and ∇b = ∂loss/∂b, of the same shapes. */
export interface Matrices extends Weights {
  readonly gradW: readonly (readonly number[])[];
  readonly gradb: readonly number[];
}

/** The matrices of neurons side by side. */
export function matricesOf(caller: string, neurons: readonly Neuron[], name: Convention): Matrices {
  const convention = conventionNamed(caller, name);
  const rows = neurons.map(({ weights }) => weights);
  return {
    W: oriented(
      convention,
      rows.map((row) => row.map(({ data }) => data)),
    ),
    b: neurons.map(({ bias }) => bias.data),
    gradW: oriented(
      convention,
      rows.map((row) => row.map(({ grad }) => grad)),
    ),
    gradb: neurons.map(({ bias }) => bias.grad),
  };
}

/**
 * What each parameter of neurons side by side is to be, by matrices. Names are made for errors only.
 *
 * @param prefix - what the names start with
 * @throws TypeError if W and b are not arrays of numbers, RangeError if their shapes are not those of the layer
 */
export function assignments(
  caller: string,
  name: Convention,
  given: Weights,
  neurons: readonly Neuron[],
  prefix = "",
): Assignment[] {
  const [inputs, outputs] = [neurons[0]!.weights.length, neurons.length];
  const convention = conventionNamed(caller, name);
  const missing = ["W", "b"].find((key) => isObject(given) && !(key in given));
  if (missing !== undefined) {
    throw new TypeError(
      `${caller}: ${missing} is missing. Needs { W, b }, got { ${Object.keys(given).join(", ")} }.`,
    );
  }
  if (!isMatrix(given?.W) || !Array.isArray(given.b)) {
    throw new TypeError(
      `${caller}: needs { W, b } with an array of rows of equal length and an array, got ${describe(given)}.`,
    );
  }
  const { W, b } = given;
  const [rows, columns] = convention.indices[0] === "to" ? [outputs, inputs] : [inputs, outputs];
  if (W.length !== rows || W[0]!.length !== columns) {
    const isTransposed = W.length === columns && W[0]!.length === rows;
    throw new RangeError(
      `${caller}: W must be ${rows} × ${columns} (convention ${name}: ${convention.shape}), ` +
        `got ${W.length} × ${W[0]!.length}.${isTransposed ? " Is it of another convention?" : ""}`,
    );
  }
  if (b.length !== outputs) {
    throw new RangeError(
      `${caller}: b must have ${counted(outputs, "number")}, one per neuron, got ${b.length}.`,
    );
  }
  return oriented(convention, W).map((row, n): Assignment => {
    const { weights, bias } = neurons[n]!;
    return {
      parameters: [...weights, bias],
      numbers: [...row, b[n]!],
      nameOf: (i) => `${prefix}neurons.${n}.${i < inputs ? `w${i}` : "b"}`,
    };
  });
}

function isObject(x: unknown): x is object {
  return typeof x === "object" && x !== null && !Array.isArray(x);
}

function isMatrix(W: unknown): W is readonly (readonly number[])[] {
  if (!Array.isArray(W) || W.length === 0) return false;
  return W.every((row) => Array.isArray(row) && row.length > 0 && row.length === W[0].length);
}
