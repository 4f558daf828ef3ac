import { compile, map, noGrad, type Scalar, type Value } from "@chainrule/core";
import type { Dataset, Target } from "../data/dataset.ts";
import { predictedClass, targetClass, thresholdOf } from "../evaluation/classes.ts";
import { type Model, outputsOf } from "../model.ts";
import type { ParameterArrays } from "../optimisers/parameterArrays.ts";
import { Examples, type Row } from "./examples.ts";
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
 * A function that measures a model on a data set, with the parameters as they then are in arrays. Targets are classes
 * if they are those of {@link accuracy}; of a model with one output, −1, 0 and 1 only.
 */
export function measureOn<T extends Target>(
  model: Model,
  arrays: ParameterArrays,
  dataset: Dataset<T>,
  loss: Loss<T>,
  isCompiled: boolean,
): () => Measurement {
  const examples = new Examples(dataset);
  const { rows } = examples;
  const ofRow = (row: ArrayLike<Scalar>): Scalar[] => {
    const outputs = outputsOf("fit", model, examples.inputsOf(row));
    return [loss(outputs, examples.targetOf(row)), ...outputs];
  };
  const evaluate = isCompiled ? compiled(ofRow) : eager(ofRow);
  const threshold = thresholdOf(model);
  return () => {
    arrays.writeData();
    let total = 0;
    let right = 0;
    let areClasses = true;
    const { numbers, width } = evaluate(rows);
    for (let i = 0; i < rows.length; i++) {
      const outputs = numbers.subarray(i * width + 1, (i + 1) * width);
      const target = dataset.targets[i]!;
      total += numbers[i * width]!;
      areClasses &&= isClass(target, outputs.length);
      if (areClasses && predictedClass(outputs, threshold) === targetClass(target, outputs.length)) right++;
    }
    return { loss: total / rows.length, accuracy: areClasses ? right / rows.length : undefined };
  };
}

function isClass(target: Target, outputs: number): boolean {
  const isLabel = outputs > 1 || [-1, 0, 1].includes([target].flat()[0]!);
  return isLabel && targetClass(target, outputs) !== undefined;
}

/** What a function gives for each row, one after the other: so many numbers each. */
type Evaluate = (rows: readonly Row[]) => { readonly numbers: Float64Array; readonly width: number };

function eager(ofRow: (row: Row) => Scalar[]): Evaluate {
  return (rows) => {
    const results = rows.map((row) =>
      noGrad(() => ofRow(row)).map((x) => (typeof x === "number" ? x : x.data)),
    );
    return { numbers: Float64Array.from(results.flat()), width: results[0]!.length };
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
