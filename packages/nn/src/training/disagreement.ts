import { TraceError } from "@chainrule/core";
import type { BatchLoss, ExampleLoss } from "./batchLoss.ts";
import type { Row } from "./examples.ts";
import type { Probe } from "./probe.ts";

/** The same loss in several ways. */
interface Ways {
  readonly compiled: BatchLoss;
  readonly probe: (batch: readonly Row[]) => Probe;
  /** As `probe`, with Values in place of the numbers of the inputs. */
  readonly withInputsAsValues: (batch: readonly Row[]) => Probe;
  readonly ofExample: ExampleLoss;
}

/** What code that compiles may still do otherwise, and what to do about it. */
const UNSEEN =
  "it depends on something that compile cannot see, such as target === 1, a random number, or a number of the program " +
  "that has changed: choose with where(equal(target, 1), a, b), and let what changes be a value()";
const NO_FUNCTION =
  "model and loss give another loss when they are called again, so they are no functions of their arguments, as with " +
  "random numbers or counters";

/** In what compiled code differs from the functions themselves, or what it throws; `undefined` if they agree. */
export function disagreement(
  batches: readonly (readonly Row[])[],
  gradient: Float64Array,
  { compiled, probe, withInputsAsValues, ofExample }: Ways,
): string | undefined {
  for (const batch of batches) {
    const wanted = probe(batch);
    // The same operations on the same numbers give the same bits.
    for (const [row, before] of wanted.ofExamples) {
      const again = ofExample(row);
      const data = typeof again === "number" ? again : again.data;
      if (!Object.is(data, before)) return `${NO_FUNCTION}: ${before}, then ${data}`;
    }
    try {
      const loss = compiled(batch);
      if (!isNear(loss, wanted.loss, Math.abs(wanted.loss), wanted.lossScale)) {
        return `compiled, the loss is ${loss}, not ${wanted.loss}: ${UNSEEN}`;
      }
      const at = differenceOf(gradient, wanted);
      // A derivative by the inputs has no graph where they are numbers. In compiled code they are Values.
      if (at >= 0 && differenceOf(gradient, withInputsAsValues(batch)) >= 0) {
        return `compiled, a gradient is ${gradient[at]}, not ${wanted.gradient[at]}: ${UNSEEN}`;
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return error instanceof TraceError ? message : `${message} Perhaps ${UNSEEN}.`;
    }
  }
  return undefined;
}

/** The index of the first entry that differs by more than rounding, or −1. */
function differenceOf(gradient: Float64Array, wanted: Probe): number {
  const largest = wanted.gradient.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return gradient.findIndex((x, i) => !isNear(x, wanted.gradient[i]!, largest, wanted.gradientScale));
}

/**
 * Whether two numbers differ by rounding only.
 *
 * @param size - of the number
 * @param scale - of the terms that it is the sum of
 */
function isNear(a: number, b: number, size: number, scale: number): boolean {
  return Object.is(a, b) || !Number.isFinite(b) || Math.abs(a - b) <= 1e-8 * size + 1e-12 * scale;
}
