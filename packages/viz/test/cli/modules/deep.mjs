import { MLP, meanSquaredError } from "../../../../nn/src/index.ts";

export const model = new MLP(2, [...Array(20).fill(4), 1], { activation: "sigmoid", seed: 1 });
export const data = {
  inputs: [
    [0, 1],
    [1, 0],
  ],
  targets: [1, 0],
};
export const loss = ([output], target) => meanSquaredError([output], [target]);
