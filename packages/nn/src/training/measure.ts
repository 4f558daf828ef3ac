import { compile, map, noGrad, type Scalar, type Value } from "@chainrule/core";
import type { Target } from "../data/dataset.ts";
import {
  firstOfNoClass,
  oddAnswer,
  predictedClass,
  targetClass,
  thresholdOf,
} from "../evaluation/classes.ts";
import { TOLERANCE } from "../losses/operands.ts";
import type { Model } from "../model.ts";
import type { ParameterArrays } from "../optimisers/parameterArrays.ts";
import { exampleRunner } from "./exampleRunner.ts";
import type { Examples, Row } from "./examples.ts";
import type { Loss } from "./loss.ts";

/** How well a model does on a data set. */
export interface Measurement {
  /** The mean loss. */
  readonly loss: number;
  /** The fraction of examples whose class is predicted; `undefined` where targets are no classes. */
  readonly accuracy: number | undefined;
}

/** How many examples compiled code takes at once. */
const CHUNK = 128;

/**
 * A function that measures a model on examples, with the parameters as they then are in arrays. Targets are classes if
 * {@link accuracy} takes them; rows only if they are probabilities of classes, because other rows, too, have a largest.
 *
 * @param isCompiled - whether to compile; where that turns false, compiled code is not used any more
 */
export function measureOn<T extends Target>(
  model: Model,
  arrays: ParameterArrays,
  examples: Examples<T>,
  loss: Loss<T>,
  isCompiled: () => boolean,
): () => Measurement {
  const { rows } = examples;
  const run = exampleRunner(model, loss, examples);
  const ofRow = (row: ArrayLike<Scalar>): Scalar[] => {
    const { outputs, loss } = run(row);
    return [loss, ...outputs];
  };
  const [byCode, byItself] = [compiled(ofRow), eager(ofRow, (row) => examples.nameOf(row))];
  const threshold = thresholdOf(model);
  const targets = rows.map((row) => examples.targetOf(row) as Target);
  let areClasses: boolean | undefined;
  return () => {
    arrays.writeData();
    let total = 0;
    let right = 0;
    const { numbers, width } = (isCompiled() ? byCode : byItself)(rows);
    areClasses ??= firstOfNoClass(targets, width - 1) < 0 && targets.every(isClass);
    for (let i = 0; i < rows.length; i++) {
      const outputs = numbers.subarray(i * width + 1, (i + 1) * width);
      total += numbers[i * width]!;
      if (areClasses && predictedClass(outputs, threshold) === targetClass(targets[i]!)) right++;
    }
    return { loss: total / rows.length, accuracy: areClasses ? right / rows.length : undefined };
  };
}

/** Whether a row of several numbers is a distribution; anything else is left to {@link firstOfNoClass}. */
function isClass(target: Target): boolean {
  if (typeof target === "number" || target.length === 1) return true;
  const total = target.reduce((sum, p) => sum + p, 0);
  return target.every((p) => p >= 0) && Math.abs(total - 1) <= TOLERANCE;
}

/** What a function gives for each row, one after the other: so many numbers each. */
type Evaluate = (rows: readonly Row[]) => { readonly numbers: Float64Array; readonly width: number };

function eager(ofRow: (row: Row) => Scalar[], nameOf: (row: Row) => string | undefined): Evaluate {
  return (rows) => {
    const results = rows.map((row) =>
      noGrad(() => ofRow(row)).map((x) => (typeof x === "number" ? x : x.data)),
    );
    const width = results[0]!.length;
    const odd = results.findIndex(({ length }) => length !== width);
    if (odd >= 0) throw oddAnswer(`fit: ${nameOf(rows[odd]!)}`, results[odd]!.length - 1, width - 1);
    return { numbers: Float64Array.from(results.flat()), width };
  };
}

function compiled(ofRow: (row: Value[]) => Scalar[]): Evaluate {
  const kernel = compile((rows: Value[][]) => map(rows, ofRow));
  return (rows) => {
    const size = Math.min(CHUNK, rows.length);
    let numbers = new Float64Array();
    let width = 0;
    for (let start = 0; start < rows.length; start += size) {
      // The last chunk is filled up: code is made for each size.
      const chunk = Array.from({ length: size }, (_, i) => rows[start + i] ?? rows[0]!);
      const found = kernel.view(chunk);
      if (start === 0) {
        width = found.length / size;
        numbers = new Float64Array(rows.length * width);
      }
      numbers.set(found.subarray(0, Math.min(found.length, numbers.length - start * width)), start * width);
    }
    return { numbers, width };
  };
}
