import type { Value } from "@chainrule/core";

/** The numbers and gradients of parameters in arrays, where a step over thousands of them is quick. */
export class ParameterArrays {
  readonly parameters: readonly Value[];
  readonly data: Float64Array;
  readonly gradient: Float64Array;

  /** @param parameters - whose numbers and gradients it takes over */
  constructor(parameters: readonly Value[]) {
    this.parameters = parameters;
    this.data = new Float64Array(parameters.length);
    this.gradient = new Float64Array(parameters.length);
    this.readData();
    this.readGradient();
  }

  /** Takes over what the parameters hold. */
  readData(): void {
    const { parameters, data } = this;
    for (let i = 0; i < data.length; i++) data[i] = parameters[i]!.data;
  }

  readGradient(): void {
    const { parameters, gradient } = this;
    for (let i = 0; i < gradient.length; i++) gradient[i] = parameters[i]!.grad;
  }

  /** Lets the parameters hold what the arrays do. */
  writeData(): void {
    const { parameters, data } = this;
    for (let i = 0; i < data.length; i++) parameters[i]!.data = data[i]!;
  }

  writeGradient(): void {
    const { parameters, gradient } = this;
    for (let i = 0; i < gradient.length; i++) parameters[i]!.grad = gradient[i]!;
  }
}
