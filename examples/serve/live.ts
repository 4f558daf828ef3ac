/** What the page draws that stays until the next reset. */
export interface LiveSetup {
  readonly title: string;
  readonly inputs: readonly string[];
  readonly classes: readonly string[];
  /** How many inputs there are, then how many neurons each layer has. */
  readonly sizes: readonly number[];
  readonly activations: readonly string[];
  /** Where each example lies in the square from −1 to 1, and its class. */
  readonly points: readonly (readonly [x: number, y: number, target: number])[];
  /** How many cells the field has from left to right, and from top to bottom. */
  readonly cells: number;
}

/** Where training is. */
export interface LiveState {
  readonly isRunning: boolean;
  readonly step: number;
  readonly seed: number;
  readonly rate: number;
  /** The mean loss of all examples with these parameters, and the share of them whose class is predicted. */
  readonly loss: number;
  readonly accuracy: number;
  /** Layer by layer, neuron by neuron: weights in input order, then the bias. */
  readonly parameters: readonly number[];
  /** The gradient of the loss in each of them. */
  readonly gradients: readonly number[];
  /** Steps, and the loss at each of them. */
  readonly curve: readonly (readonly [step: number, loss: number])[];
  /** The logits in each cell, row by row from the top, as `fieldOf` packs them. */
  readonly field: string;
}
