import type { Optimiser } from "../optimisers/optimiser.ts";
import type { ParameterArrays } from "../optimisers/parameterArrays.ts";
import type { BatchLoss } from "./batchLoss.ts";
import { type Clip, clipGradient } from "./clip.ts";
import type { Row } from "./examples.ts";

/** Does one step of training on a batch, and returns its mean loss before. */
export type TrainingStep = (batch: readonly Row[], when: string) => number;

const TOO_FAST =
  "The weights are back at the last good ones. Try a lower learning rate, or standardise the inputs.";
/** No rate is to blame then. */
const NOT_BEGUN =
  "No step was taken yet, and the weights are as they were. Check the data and the loss: logits need a loss such as " +
  "crossEntropyWithLogits or binaryCrossEntropyWithLogits.";

/**
 * A step that lets the optimiser lower the loss of a batch, with the parameters in arrays.
 *
 * Where the loss or a parameter stops being finite, the step throws; the parameters are then the last that gave a finite
 * loss, or those at the start.
 *
 * @param faultOf - the error that names what stopped being finite on a batch, if it can be found
 */
export function trainingStep(
  arrays: ParameterArrays,
  lossOf: BatchLoss,
  faultOf: (batch: readonly Row[]) => unknown,
  { optimiser, clip = {} }: { optimiser: Optimiser; clip?: Clip },
): TrainingStep {
  const { data, gradient } = arrays;
  const good = data.slice();
  let undo = optimiser.snapshot?.();
  const move = moveBy(optimiser, arrays);
  let hasLearnt = false;

  function diverged(what: string, batch: readonly Row[], when: string, advice: string): Error {
    let fault: unknown;
    try {
      fault = faultOf(batch);
    } finally {
      data.set(good);
      undo?.();
    }
    const origin = fault instanceof Error ? `: ${fault.message}\n` : ". ";
    return new Error(`fit: ${what} in ${when}${origin}${advice}`, { cause: fault });
  }

  return (batch, when) => {
    const loss = lossOf(batch);
    if (!Number.isFinite(loss)) {
      throw diverged(`the loss is ${loss}`, batch, when, hasLearnt ? TOO_FAST : NOT_BEGUN);
    }
    good.set(data);
    undo = optimiser.snapshot?.();
    clipGradient(gradient, clip);
    move(() => lossOf(batch));
    const broken = data.findIndex((x) => !Number.isFinite(x));
    if (broken >= 0) {
      const name = arrays.parameters[broken]!.label ?? "a parameter";
      const number = data[broken];
      data.set(good);
      throw diverged(`the update makes ${name} ${number}`, batch, when, TOO_FAST);
    }
    hasLearnt = true;
    return loss;
  };
}

/** Lets the optimiser do a step, in arrays or by way of the Values. */
function moveBy(optimiser: Optimiser, arrays: ParameterArrays): (evaluate: () => number) => void {
  if (optimiser.stepArrays !== undefined) return (evaluate) => optimiser.stepArrays!(arrays, evaluate);
  return (evaluate) => {
    arrays.writeData();
    arrays.writeGradient();
    optimiser.step(arrays.parameters, () => {
      arrays.readData();
      const loss = evaluate();
      arrays.writeGradient();
      return loss;
    });
    arrays.readData();
  };
}
