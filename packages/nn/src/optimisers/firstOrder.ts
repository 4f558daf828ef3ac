import type { Value } from "@chainrule/core";
import { checkNumber, checkOptions } from "../check.ts";
import { checkMethod } from "./checkState.ts";
import { checkRate } from "./checks.ts";
import type { Optimiser, OptimiserState } from "./optimiser.ts";
import { ParameterArrays } from "./parameterArrays.ts";
import { checkValues } from "./parameters.ts";
import { type Schedule, toSchedule } from "./schedules.ts";
import { Slots } from "./slots.ts";

/** The options that all first-order methods have. */
export interface FirstOrderOptions {
  /** η, a finite number ≥ 0, or a schedule of such. */
  readonly learningRate: number | Schedule;
  /** λ, a finite number ≥ 0; 0 unless told. */
  readonly weightDecay?: number;
}

/** What distinguishes a first-order method, but for its rule. */
export interface Method {
  readonly name: string;
  /** The options it takes. */
  readonly options: readonly string[];
  /** What it keeps for each parameter. */
  readonly slots: readonly string[];
  /** η unless told; to be told where there is none. */
  readonly learningRate?: number;
  /** λ unless told; 0 where there is none. */
  readonly weightDecay?: number;
  /** Whether weight decay shrinks the parameters by themselves, and not by way of the gradient. */
  readonly isDecayDecoupled?: boolean;
}

/** The direction d of parameter i, for its gradient g; also brings its slots up to date. */
export type Rule = (gradient: number, i: number) => number;

/**
 * A method that moves each parameter by its own gradients: `p ← p − ηd`, where its rule makes d from g.
 *
 * Weight decay adds λp to the gradient, or where it is decoupled, takes ηλp from the parameter.
 */
export abstract class FirstOrder implements Optimiser {
  /** λ. */
  readonly weightDecay: number;
  readonly #method: Method;
  readonly #schedule: Schedule;
  readonly #slots: Slots;
  #constantRate: number | undefined;
  #steps = 0;
  #arrays: readonly Float64Array[] | undefined;
  #rule: Rule | undefined;

  constructor(method: Method, options: Partial<FirstOrderOptions>) {
    checkOptions(method.name, options, method.options as never);
    const { learningRate = method.learningRate, weightDecay = method.weightDecay ?? 0 } = options;
    checkRate(`${method.name}: weightDecay`, weightDecay);
    this.#method = method;
    this.#schedule = toSchedule(`${method.name}: learningRate`, learningRate as number | Schedule);
    this.#slots = new Slots(method.name, method.slots);
    this.weightDecay = weightDecay;
  }

  /** The rule, on these slots: an array for each name, an entry for each parameter. */
  protected abstract rule(slots: readonly Float64Array[]): Rule;

  /** η of the next step. Set it between steps, and it stays so: a schedule counts no longer. */
  get learningRate(): number {
    return this.#constantRate ?? this.#schedule(this.#steps);
  }

  set learningRate(rate: number) {
    checkRate(`${this.#method.name}: learningRate`, rate);
    this.#constantRate = rate;
  }

  /** How many steps were done. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Moves each parameter once. What is remembered of a parameter follows it where the list changes; one that is new in
   * the list starts as all did.
   *
   * @throws TypeError or RangeError if the schedule gives no rate, a parameter is no leaf or appears twice, or there are
   *   more or fewer than the restored state has; nothing was changed then
   */
  step(parameters: readonly Value[]): void {
    checkValues(this.#method.name, parameters);
    const arrays = new ParameterArrays(parameters);
    this.stepArrays(arrays);
    arrays.writeData();
  }

  stepArrays({ parameters, data, gradient }: ParameterArrays): void {
    const rate = this.learningRate;
    checkRate(`${this.#method.name}: the learning rate of step ${this.#steps}`, rate);
    const rule = this.#ruleFor(parameters);
    const isDecoupled = this.#method.isDecayDecoupled === true;
    const coupled = isDecoupled ? 0 : this.weightDecay;
    const kept = isDecoupled ? 1 - rate * this.weightDecay : 1;
    for (let i = 0; i < data.length; i++) {
      const p = data[i]!;
      data[i] = kept * p - rate * rule(gradient[i]! + coupled * p, i);
    }
    this.#steps++;
  }

  #ruleFor(parameters: readonly Value[]): Rule {
    const arrays = this.#slots.follow(parameters);
    if (this.#rule === undefined || arrays !== this.#arrays) this.#rule = this.rule(arrays);
    this.#arrays = arrays;
    return this.#rule;
  }

  /**
   * What it remembers: the numbers for each parameter in the order of the latest list, the number of steps, and the
   * learning rate if it was set. Options are not in it; give the same to the optimiser that goes on.
   */
  get state(): OptimiserState {
    return {
      method: this.#method.name,
      steps: this.#steps,
      ...(this.#constantRate === undefined ? {} : { learningRate: this.#constantRate }),
      ...this.#slots.state,
    };
  }

  /**
   * Goes on where another optimiser of the same method and options was, bit for bit. The numbers belong to the
   * parameters of the next step, in order.
   *
   * @throws TypeError or RangeError if the state is not one of this method; nothing was changed then
   */
  restore(state: OptimiserState): void {
    const { name } = this.#method;
    checkMethod(name, state);
    const { steps, learningRate } = state as { readonly steps?: unknown; readonly learningRate?: unknown };
    checkNumber(`${name}: state.steps`, steps, "an integer ≥ 0", (x) => Number.isSafeInteger(x) && x >= 0);
    if (learningRate !== undefined) checkRate(`${name}: state.learningRate`, learningRate);
    this.#slots.restore(state);
    this.#steps = steps;
    this.#constantRate = learningRate;
  }

  /**
   * A function that goes back to where it is now; 3 copies of arrays at most, so it can be taken before each step.
   *
   * @throws Error from the function if another snapshot was taken since
   */
  snapshot(): () => void {
    const goBack = this.#slots.snapshot();
    const [steps, rate] = [this.#steps, this.#constantRate];
    return () => {
      goBack();
      this.#steps = steps;
      this.#constantRate = rate;
    };
  }
}
