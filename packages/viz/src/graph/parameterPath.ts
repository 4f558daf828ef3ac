/** The path of a parameter of a neuron: `w2`, `b`, or such after a prefix that ends in a dot. */
const PARAMETER = /^(?:(.*)\.)?(?:w\d+|b)$/s;
const NEURON = /^(?:(.*)\.)?neurons\.\d+$/s;

/**
 * Whether a label is the path of a parameter, such as `layers.1.neurons.0.w2`.
 *
 * @param hasWeights - whether there are weights such as `w0` without a path: a plain `b` is their bias then
 */
export function isParameterPath(label: string, hasWeights: boolean): boolean {
  return PARAMETER.test(label) && (label !== "b" || hasWeights);
}

/** Whether a label is that of a weight without a path, such as `w0`. */
export function isWeight(label: string): boolean {
  return /^w\d+$/.test(label);
}

/**
 * The parts of a model that a parameter belongs to, the outermost first; none for a path of one step, such as `w2`.
 *
 * @example partsOf("layers.1.neurons.0.w2") // ["layers.1", "layers.1.neurons.0"]
 * @example partsOf("neurons.0.b") // ["neurons.0"]
 */
export function partsOf(label: string): readonly string[] {
  const unit = PARAMETER.exec(label)?.[1];
  if (unit === undefined) return [];
  const layer = NEURON.exec(unit)?.[1];
  return layer === undefined ? [unit] : [layer, unit];
}
