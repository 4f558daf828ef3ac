import type { Value } from "@chainrule/core";
import { Callable } from "./callable.ts";
import { describe } from "./check.ts";
import { likelyNames, nearNames } from "./nearNames.ts";

/** The fields of an instance that were checked, for its constructor to take as they are. */
export class Parts<Fields> {
  readonly fields: Fields;

  constructor(fields: Fields) {
    this.fields = fields;
  }
}

/** What some parameters are to be, such as those of a neuron. */
export interface Assignment {
  readonly parameters: readonly Value[];
  readonly numbers: readonly number[];
  /** What an error message calls parameter i: names are made for errors only. */
  readonly nameOf: (i: number) => string;
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
    const names = Object.keys(numbers);
    return this.assign([
      {
        parameters: names.map((name) => this.#find("set", name)),
        numbers: Object.values(numbers),
        nameOf: (i) => names[i]!,
      },
    ]);
  }

  /** Sets parameters; all is checked first. @throws TypeError or RangeError as {@link set} */
  protected assign(assignments: readonly Assignment[]): this {
    for (const assignment of assignments) checkAssignment(assignment);
    const before = assignments.map(({ parameters }) => parameters.map(({ data }) => data));
    const setTo = (rows: readonly (readonly number[])[]) => {
      assignments.forEach(({ parameters }, k) => {
        parameters.forEach((parameter, i) => {
          parameter.data = rows[k]![i]!;
        });
      });
    };
    setTo(assignments.map(({ numbers }) => numbers));
    // Looked for afterwards, because a map of all parameters takes much longer than to set them.
    for (const { parameters, numbers, nameOf } of assignments) {
      const lost = parameters.findIndex(({ data }, i) => !Object.is(data, numbers[i]));
      if (lost < 0) continue;
      const other = parameters[lost]!.data;
      setTo(before);
      throw new RangeError(
        `set: ${JSON.stringify(nameOf(lost))} gives ${numbers[lost]} to a parameter that another name gives ${other}.`,
      );
    }
    return this;
  }

  #find(caller: string, name: string): Value {
    this.#named ??= this.namedParameters();
    const parameter = this.#named.get(name);
    if (parameter !== undefined) return parameter;
    const near = nearNames(String(name), likelyNames(String(name), [...this.#named.keys()])).join(", ");
    throw new RangeError(
      `${caller}: there is no parameter ${JSON.stringify(name)}. Names count from 0; near ones are ${near}.`,
    );
  }
}

function checkAssignment({ parameters, numbers, nameOf }: Assignment): void {
  parameters.forEach((parameter, i) => {
    const name = () => JSON.stringify(nameOf(i));
    if (typeof numbers[i] !== "number") {
      throw new TypeError(`set: ${name()} must be a number, got ${describe(numbers[i])}.`);
    }
    if (parameter.op === undefined) return;
    throw new TypeError(
      `set: ${name()} is the result of ${parameter.op.name}, and so cannot be set. ` +
        "Set the leaves that it is computed from.",
    );
  });
}
