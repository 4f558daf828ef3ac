import type { Optimiser } from "../optimisers/optimiser.ts";
import type { ParameterArrays } from "../optimisers/parameterArrays.ts";
import { Random } from "../random.ts";
import type { Best, Checkpoint } from "./checkpoint.ts";
import { checkResume } from "./checkResume.ts";
import type { Row } from "./examples.ts";
import type { Measurement } from "./measure.ts";
import type { TrainingStep } from "./trainingStep.ts";

/** How many examples there are, how many make a batch, and from where they are shuffled. */
interface Plan {
  readonly rows: readonly Row[];
  readonly batchSize: number;
  readonly seed: number;
  /** Whether the best epoch is kept, and given back in the end. */
  readonly keepsBest: boolean;
  /** Whether each epoch is measured on other examples. */
  readonly hasValidation: boolean;
}

/** The course of training: which batch comes next, and what the losses were. */
export class Course {
  /** How many epochs are done. */
  epoch = 0;
  /** How many batches of the next epoch are done. */
  batch = 0;
  losses: number[] = [];
  validation: Measurement[] = [];
  readonly batches: number;
  readonly #parameters: Float64Array;
  readonly #optimiser: Optimiser;
  readonly #plan: Plan;
  #random: Random;
  /** The generator before it shuffled the rows. */
  #before: readonly number[];
  #order: readonly Row[] | undefined;
  #total = 0;
  #best: Best | undefined;

  constructor({ data }: ParameterArrays, optimiser: Optimiser, plan: Plan) {
    this.#parameters = data;
    this.#optimiser = optimiser;
    this.#plan = plan;
    this.batches = Math.ceil(plan.rows.length / plan.batchSize);
    this.#random = new Random(plan.seed);
    this.#before = this.#random.state;
  }

  /**
   * Goes on from a checkpoint.
   *
   * @param epochs - how many are to be done, counted from the beginning
   * @throws TypeError or RangeError if that cannot be; nothing is changed then
   */
  resume(checkpoint: Checkpoint, epochs: number): void {
    const { rows, batchSize, keepsBest, hasValidation } = this.#plan;
    const parameters = this.#parameters.length;
    checkResume(checkpoint, {
      parameters,
      examples: rows.length,
      batchSize,
      epochs,
      keepsBest,
      hasValidation,
    });
    if (this.#optimiser.restore === undefined) {
      throw new TypeError("fit: cannot resume with an optimiser that has no restore(state).");
    }
    const random = Random.fromState(checkpoint.random);
    this.#optimiser.restore(checkpoint.optimiser);
    this.#parameters.set(checkpoint.parameters);
    this.epoch = checkpoint.epoch;
    this.batch = checkpoint.batch;
    this.losses = [...checkpoint.losses];
    this.validation = hasValidation ? [...(checkpoint.validation ?? [])] : [];
    this.#total = checkpoint.total;
    this.#random = random;
    this.#before = checkpoint.random;
    // Without patience the weights in the end are those of the last epoch, not of an epoch long past.
    this.#best = keepsBest ? checkpoint.best : undefined;
  }

  /** Learns from the next batch. @returns its mean loss */
  step(step: TrainingStep): number {
    const { rows, batchSize } = this.#plan;
    this.#order ??= batchSize < rows.length ? this.#random.shuffle(rows) : rows;
    const start = this.batch * batchSize;
    const batch = this.batches === 1 ? this.#order : this.#order.slice(start, start + batchSize);
    const loss = step(batch, `epoch ${this.epoch + 1}, batch ${this.batch + 1}`);
    this.#total += loss * batch.length;
    this.batch++;
    return loss;
  }

  /** Ends the epoch. @returns its mean loss */
  endEpoch(): number {
    const loss = this.#total / this.#plan.rows.length;
    this.losses.push(loss);
    this.epoch++;
    this.batch = 0;
    this.#total = 0;
    this.#order = undefined;
    this.#before = this.#random.state;
    return loss;
  }

  /**
   * Takes note of the loss of an epoch that is done. NaN is never the lowest.
   *
   * @returns for how many epochs it was not lower
   */
  note(loss: number): number {
    if (loss < (this.#best?.loss ?? Number.POSITIVE_INFINITY)) {
      this.#best = { epoch: this.epoch, loss, parameters: Array.from(this.#parameters) };
    }
    return this.epoch - (this.#best?.epoch ?? 0);
  }

  /** Sets the parameters to those after the best epoch, if there was one. @returns that */
  takeBest(): Best | undefined {
    if (this.#best !== undefined) this.#parameters.set(this.#best.parameters);
    return this.#best;
  }

  /** @throws TypeError if the optimiser does not say what it remembers */
  checkpoint(): Checkpoint {
    const found = this.findCheckpoint();
    if (found !== undefined) return found;
    throw new TypeError("fit: a checkpoint needs an optimiser that has a state, and restore(state).");
  }

  /** `undefined` if the optimiser does not say what it remembers. */
  findCheckpoint(): Checkpoint | undefined {
    const { state } = this.#optimiser;
    if (state === undefined) return undefined;
    return {
      epoch: this.epoch,
      batch: this.batch,
      total: this.#total,
      losses: [...this.losses],
      ...(this.validation.length === 0 ? {} : { validation: [...this.validation] }),
      parameters: Array.from(this.#parameters),
      optimiser: state,
      random: this.#before,
      examples: this.#plan.rows.length,
      batchSize: this.#plan.batchSize,
      ...(this.#best === undefined ? {} : { best: this.#best }),
    };
  }
}
