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
 * Where the loss, its gradient or a parameter stops being finite, or the loss throws, the step does; the parameters are
 * then the last that gave a finite loss, or those at the start.
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
  const { needsEvaluate = false } = optimiser;
  const good = data.slice();
  let undo = optimiser.snapshot?.();
  const move = moveBy(optimiser, arrays);
  let hasLearnt = false;

  const nameOf = (i: number) => arrays.parameters[i]!.label ?? `parameters[${i}]`;

  function goBack(): void {
    data.set(good);
    undo?.();
  }

  /** What f gives; if it throws, the parameters are the last good ones again. */
  function orGoBack<R>(f: () => R): R {
    try {
      return f();
    } catch (error) {
      goBack();
      throw error;
    }
  }

  /** An error that says what stopped being finite, and where. */
  function diverged(what: string, batch: readonly Row[], when: string, advice: string): Error {
    let fault: unknown;
    try {
      fault = faultOf(batch);
    } catch (error) {
      fault = error;
    } finally {
      goBack();
    }
    const origin = fault instanceof Error ? `: ${fault.message}\n` : ". ";
    return new Error(`fit: ${what} in ${when}${origin}${advice}`, { cause: fault });
  }

  return (batch, when) => {
    const loss = orGoBack(() => lossOf(batch));
    const advice = hasLearnt ? TOO_FAST : NOT_BEGUN;
    if (!Number.isFinite(loss)) throw diverged(`the loss is ${loss}`, batch, when, advice);
    // What a first-order method makes of it shows in the parameters.
    const steep = needsEvaluate ? gradient.findIndex((g) => !Number.isFinite(g)) : -1;
    if (steep >= 0) {
      throw diverged(`the gradient of ${nameOf(steep)} is ${gradient[steep]}`, batch, when, advice);
    }
    good.set(data);
    undo = optimiser.snapshot?.();
    clipGradient(gradient, clip);
    // A method that evaluates the loss itself begins with what is known already.
    let isKnown = needsEvaluate;
    orGoBack(() =>
      move(() => {
        if (isKnown && data.every((x, i) => x === good[i])) {
          isKnown = false;
          return loss;
        }
        isKnown = false;
        return lossOf(batch);
      }),
    );
    const broken = data.findIndex((x) => !Number.isFinite(x));
    if (broken >= 0) {
      const number = data[broken];
      data.set(good);
      throw diverged(`the update makes ${nameOf(broken)} ${number}`, batch, when, TOO_FAST);
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
