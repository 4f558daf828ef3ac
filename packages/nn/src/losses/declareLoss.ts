import { map, mean, type Scalar, sum } from "@chainrule/core";
import { checkOptions, describe } from "../check.ts";
import type { Reduction } from "./lossTypes.ts";
import type { Operand } from "./operands.ts";
import { type OptionCheck, oneOf } from "./options.ts";

/** What a loss is: everything but its batch forms, which are the same for all. */
export interface LossDeclaration<Example extends readonly unknown[], Options extends object> {
  readonly name: string;
  /** What the formula takes before the options, with its checks; all as long as there are examples, in a batch. */
  readonly operands: readonly Operand[];
  /** The checks of the options that the loss has besides `reduction`. */
  readonly options?: { readonly [Name in keyof Options]-?: OptionCheck };
  /** The loss of ONE example. Called with operands that were checked, or with Values in place of numbers. */
  readonly formula: (...exampleAndOptions: [...Example, Options]) => Scalar;
}

/**
 * Makes a loss from its declaration: a function of one example, or of arrays of examples, which are reduced.
 *
 * Its type is for the caller to state: that of the operands, and of the result for them.
 */
export function declareLoss<Example extends readonly unknown[], Options extends object = object>(
  declaration: LossDeclaration<Example, Options>,
): unknown {
  const { name, operands, formula } = declaration;
  const optionChecks = { reduction: oneOf("mean", "sum", "none"), ...declaration.options } as Record<
    string,
    OptionCheck
  >;

  return (...given: unknown[]): Scalar | Scalar[] => {
    const options = given[operands.length] === undefined ? {} : (given[operands.length] as object);
    checkOptions(name, options, Object.keys(optionChecks) as never[]);
    for (const [key, option] of Object.entries(options)) {
      if (option !== undefined) optionChecks[key]!(`${name}: ${key}`, option);
    }
    const lossOf = (example: readonly unknown[]) => formula(...(example as Example), options as Options);
    const inputs = operands.map((_, k) => given[k]);
    if (!operands[0]!.isBatch(inputs[0])) {
      operands.forEach(({ one, check }, k) => {
        check(`${name}: ${one}`, inputs[k], inputs);
      });
      return lossOf(inputs);
    }
    const examples = examplesIn(name, operands, inputs);
    const { reduction = "mean" } = options as { reduction?: Reduction };
    // Core's sum, mean and map, so that compiled code has one loop in place of each example.
    if (reduction === "none") return map(examples, lossOf);
    if (examples.length === 1) return lossOf(examples[0]!);
    return (reduction === "sum" ? sum : mean)(examples, lossOf);
  };
}

/** The operands of each example, checked. */
function examplesIn(
  name: string,
  operands: readonly Operand[],
  inputs: readonly unknown[],
): (readonly unknown[])[] {
  const columns = inputs.map((input) => (Array.isArray(input) ? (input as readonly unknown[]) : [input]));
  const count = columns[0]!.length;
  if (count === 0 || columns.some((column) => column.length !== count)) {
    const wanted = `as many ${operands.map((operand) => operand.many).join(" as ")}, at least one`;
    const got = columns.map((column) => column.length).join(" and ");
    throw new RangeError(
      `${name}: needs ${operands.length > 1 ? wanted : "at least one example"}, got ${got}.`,
    );
  }
  return Array.from(columns[0]!, (_, i) => {
    const example = columns.map((column) => column[i]);
    operands.forEach(({ many, check }, k) => {
      check(`${name}: ${many}[${i}]`, example[k], example);
      checkAlike(name, `${many}[${i}]`, example[k], `${many}[0]`, columns[k]![0]);
    });
    return example;
  });
}

/** Checks that an operand has the form of that of the first example. */
function checkAlike(name: string, what: string, x: unknown, whatFirst: string, first: unknown): void {
  if (formOf(x) === formOf(first)) return;
  throw new RangeError(`${name}: ${what} must be ${formOf(first)}, as ${whatFirst} is, got ${describe(x)}.`);
}

function formOf(x: unknown): string {
  return Array.isArray(x) ? `an array of ${x.length}` : "a scalar";
}
