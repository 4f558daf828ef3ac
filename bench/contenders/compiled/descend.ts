/** One step of gradient descent, in place, over nested arrays and objects of the same structure. */
export function descend(parameters: object, gradient: object, rate: number): void {
  if (Array.isArray(parameters) ? typeof parameters[0] === "number" : parameters instanceof Float64Array) {
    const from = gradient as number[];
    const to = parameters as number[];
    for (let i = 0; i < to.length; i++) to[i]! -= rate * from[i]!;
    return;
  }
  for (const key of Object.keys(parameters)) {
    descend((parameters as never)[key], (gradient as never)[key], rate);
  }
}
