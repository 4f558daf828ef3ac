export { type AccuracyOptions, accuracy } from "./accuracy.ts";
export { type Activation, type ActivationFunction, type ActivationName, activations } from "./activation.ts";
export { Callable } from "./callable.ts";
export type { Dataset } from "./data/dataset.ts";
export { type MoonsOptions, moons } from "./data/moons.ts";
export { type SpiralOptions, spiral } from "./data/spiral.ts";
export { type SplitOptions, split } from "./data/split.ts";
export { type Standardisation, standardise } from "./data/standardise.ts";
export { xor } from "./data/xor.ts";
export { type EpochReport, type FitOptions, fit, type History } from "./fit.ts";
export { glorotBound, heBound } from "./initialise.ts";
export { Layer, type LayerForward, type LayerOptions } from "./layer.ts";
export {
  binaryCrossEntropyWithLogits,
  binaryCrossEntropyWithLogits as bceWithLogits,
} from "./losses/binaryCrossEntropyWithLogits.ts";
export { crossEntropyWithLogits } from "./losses/crossEntropyWithLogits.ts";
export { hinge } from "./losses/hinge.ts";
export { meanSquaredError } from "./losses/meanSquaredError.ts";
export { MLP, type MLPForward, type MLPOptions } from "./mlp.ts";
export type { Model, Outputs } from "./model.ts";
export { Neuron, type NeuronOptions } from "./neuron.ts";
export { Random, type RandomOptions } from "./random.ts";
export { type Optimiser, SGD, type SGDOptions } from "./sgd.ts";
export type { Loss } from "./trainingStep.ts";
