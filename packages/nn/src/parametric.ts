import type { Value } from "@chainrule/core";
import { Callable } from "./callable.ts";
import { checkNumber, describe } from "./check.ts";
import { nearNames } from "./nearNames.ts";

/** The fields of an instance that were checked, for its constructor to take as they are. */
export class Parts<Fields> {
  readonly fields: Fields;

  constructor(fields: Fields) {
    this.fields = fields;
  }
}

/** A function with parameters that have names: a neuron, a layer, a net. */
export abstract class Parametric<Input, Output> extends Callable<Input, Output> {
  #named: ReadonlyMap<string, Value> | undefined;
  #distinct: readonly Value[] | undefined;

  /** The parameters by name, in order. One that stands in two places has two names. */
  abstract namedParameters(): ReadonlyMap<string, Value>;

  /** The parameters in the order of their names; one that stands in several places comes several times. */
  protected abstract listParameters(): readonly Value[];

  /** All parameters in the order of their names, each once. */
  parameters(): Value[] {
    this.#distinct ??= [...new Set(this.listParameters())];
    return [...this.#distinct];
  }

  /**
   * The parameter of this name.
   *
   * @throws RangeError that lists near names if there is none
   * @example new MLP(2, [3, 1]).parameter("layers.1.neurons.0.w2").label // "layers.1.neurons.0.w2"
   */
  parameter(name: string): Value {
    return this.#find("parameter", name);
  }

  /**
   * Sets parameters by name, and leaves the others as they are. All is checked before anything is changed.
   *
   * @param numbers - for each name a number
   * @returns the instance
   * @throws RangeError that lists near names if there is no such parameter, or if two names of one parameter get
   *   different numbers; TypeError for anything but numbers, and for a parameter that is computed from others
   * @example new MLP(1, [1, 1]).set({ "layers.1.neurons.0.w0": 12 }).layers[1].matrices("B").W // [[12]]
   */
  set(numbers: Readonly<Record<string, number>>): this {
    if (typeof numbers !== "object" || numbers === null || Array.isArray(numbers)) {
      throw new TypeError(`set: needs an object of numbers by name, got ${describe(numbers)}.`);
    }
    const wanted = new Map<Value, number>();
    for (const [name, number] of Object.entries(numbers)) {
      const parameter = this.#find("set", name);
      checkNumber(`set: ${JSON.stringify(name)}`, number, "a number", () => true);
      checkSettable(name, parameter);
      if (wanted.has(parameter) && !Object.is(wanted.get(parameter), number)) {
        throw new RangeError(
          `set: ${JSON.stringify(name)} gives ${number} to a parameter that another name gives ${wanted.get(parameter)}.`,
        );
      }
      wanted.set(parameter, number);
    }
    for (const [parameter, number] of wanted) parameter.data = number;
    return this;
  }

  #find(caller: string, name: string): Value {
    this.#named ??= this.namedParameters();
    const parameter = this.#named.get(name);
    if (parameter !== undefined) return parameter;
    const near = nearNames(String(name), [...this.#named.keys()]).join(", ");
    throw new RangeError(
      `${caller}: there is no parameter ${JSON.stringify(name)}. Names count from 0; near ones are ${near}.`,
    );
  }
}

function checkSettable(name: string, parameter: Value): void {
  if (parameter.op !== undefined) {
    throw new TypeError(
      `set: ${JSON.stringify(name)} is the result of ${parameter.op.name}, and so cannot be set. ` +
        "Set the leaves that it is computed from.",
    );
  }
  // Where a parameter cannot be set, in the trace of `compile`, it cannot be read either, and this throws.
  parameter.data;
}
