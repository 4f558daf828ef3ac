export {
  type Activation,
  type ActivationFunction,
  type ActivationName,
  type Activations,
  activations,
  type LayerActivation,
  type LayerActivationFunction,
  type LayerActivationName,
} from "./activation.ts";
export { Callable } from "./callable.ts";
export { type Convention, type ConventionRow, conventions } from "./convention.ts";
export { type BatchesOptions, batches } from "./data/batches.ts";
export { booleanFunction } from "./data/booleanFunction.ts";
export { type BooleanFunctionName, booleanFunctions } from "./data/booleanFunctions.ts";
export { type CirclesOptions, circles } from "./data/circles.ts";
export type { CsvDataset } from "./data/csv/csvDataset.ts";
export type { Column, CsvOptions } from "./data/csv/csvOptions.ts";
export { parseCsv } from "./data/csv/parseCsv.ts";
export { readCsv } from "./data/csv/readCsv.ts";
export type { Dataset, Target } from "./data/dataset.ts";
export { type MoonsOptions, moons } from "./data/moons.ts";
export { oneHot } from "./data/oneHot.ts";
export { type SampleOptions, sampleFunction } from "./data/sampleFunction.ts";
export { type SpiralOptions, spiral } from "./data/spiral.ts";
export { type PartOf, type SplitOptions, split } from "./data/split.ts";
export { type Standardisation, standardise } from "./data/standardise.ts";
export { xor } from "./data/xor.ts";
export { accuracy } from "./evaluation/accuracy.ts";
export type { ThresholdOptions } from "./evaluation/classes.ts";
export { type ClassEvaluation, type Evaluation, evaluate } from "./evaluation/evaluate.ts";
export type { MLPOptions } from "./firstLayers.ts";
export { glorotBound, heBound } from "./initialise.ts";
export { Layer, type LayerForward, type LayerOptions } from "./layer.ts";
export { absoluteError } from "./losses/absoluteError.ts";
export { type BinaryCrossEntropyOptions, binaryCrossEntropy } from "./losses/binaryCrossEntropy.ts";
export {
  binaryCrossEntropyWithLogits,
  binaryCrossEntropyWithLogits as bceWithLogits,
} from "./losses/binaryCrossEntropyWithLogits.ts";
export { crossEntropy } from "./losses/crossEntropy.ts";
export { crossEntropyWithLogits } from "./losses/crossEntropyWithLogits.ts";
export { entropy } from "./losses/entropy.ts";
export { hinge } from "./losses/hinge.ts";
export { type HuberOptions, huberLoss } from "./losses/huberLoss.ts";
export { informationContent } from "./losses/informationContent.ts";
export { klDivergence } from "./losses/klDivergence.ts";
export type {
  ClassLoss,
  DistributionLoss,
  DistributionMeasure,
  DivergenceLoss,
  LossOf,
  Reduction,
  ScalarLoss,
  ScalarMeasure,
} from "./losses/lossTypes.ts";
export { meanSquaredError } from "./losses/meanSquaredError.ts";
export { type MulticlassHingeOptions, multiclassHinge } from "./losses/multiclassHinge.ts";
export { negativeLogLikelihood } from "./losses/negativeLogLikelihood.ts";
export type { UnitOptions } from "./losses/options.ts";
export { type SquaredErrorOptions, squaredError } from "./losses/squaredError.ts";
export type { Matrices, Weights } from "./matrices.ts";
export { MLP, type MLPForward } from "./mlp.ts";
export type { Model, Outputs } from "./model.ts";
export { Neuron, type NeuronOptions } from "./neuron.ts";
export { Adam, type AdamOptions, AdamW } from "./optimisers/adam.ts";
export { clipGradientNorm, clipGradientValue } from "./optimisers/clipGradients.ts";
export { LBFGS, type LBFGSOptions } from "./optimisers/lbfgs.ts";
export type { Optimiser, OptimiserState } from "./optimisers/optimiser.ts";
export { RMSprop, type RMSpropOptions } from "./optimisers/rmsprop.ts";
export {
  cosineDecay,
  exponentialDecay,
  inverseTimeDecay,
  linearDecay,
  piecewise,
  type Schedule,
  stepDecay,
  warmup,
} from "./optimisers/schedules.ts";
export { SGD, type SGDOptions } from "./optimisers/sgd.ts";
export { Random, type RandomOptions } from "./random.ts";
export { loadModel } from "./saving/loadModel.ts";
export { loadModelJson } from "./saving/loadModelJson.ts";
export { loadSafetensors } from "./saving/loadSafetensors.ts";
export type { Metadata } from "./saving/metadata.ts";
export { modelToJson } from "./saving/modelToJson.ts";
export type { NamesOptions } from "./saving/parameterTensors.ts";
export type { Savable } from "./saving/savable.ts";
export type { SaveOptions } from "./saving/savedTensors.ts";
export { saveModel } from "./saving/saveModel.ts";
export { toSafetensors } from "./saving/toSafetensors.ts";
export type { Best, Checkpoint } from "./training/checkpoint.ts";
export { checkpointFromJson, checkpointToJson } from "./training/checkpointJson.ts";
export type { Clip } from "./training/clip.ts";
export { fit, type History } from "./training/fit.ts";
export type { EpochReport, FitOptions, StepReport } from "./training/fitOptions.ts";
export type { Loss, ScalarTarget } from "./training/loss.ts";
export type { Measurement } from "./training/measure.ts";
export { loadCheckpoint, saveCheckpoint } from "./training/saveCheckpoint.ts";
