import { compile, type Value, valueAndGrad, zeroGrad } from "@chainrule/core";

/** Computes a cost, and leaves its gradient in the `grad` of the parameters. */
export type Way = (cost: () => Value, parameters: readonly Value[]) => number;

const byBackward: Way = (cost, parameters) => {
  zeroGrad(parameters);
  const result = cost();
  result.backward();
  return result.data;
};

const byGrad: Way = (cost, parameters) => {
  const [result, gradient] = valueAndGrad(cost, { wrt: parameters })();
  return leave(result, gradient, parameters);
};

const byKernel: Way = (cost, parameters) => {
  zeroGrad(parameters);
  return compile(cost).backward();
};

const byCompiledGrad: Way = (cost, parameters) => {
  const [result, gradient] = compile(valueAndGrad(cost, { wrt: parameters }))();
  return leave(result, gradient as readonly number[], parameters);
};

function leave(result: number, gradient: readonly number[], parameters: readonly Value[]): number {
  parameters.forEach((parameter, i) => {
    parameter.grad = gradient[i]!;
  });
  return result;
}

/** The ways to a gradient, eager and compiled, for `test.each`. */
export const ways: readonly (readonly [name: string, way: Way])[] = [
  ["backward()", byBackward],
  ["valueAndGrad", byGrad],
  ["kernel.backward()", byKernel],
  ["compile(valueAndGrad)", byCompiledGrad],
];
