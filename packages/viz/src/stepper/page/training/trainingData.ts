import type { Packed, PageData } from "../pageData.ts";

/** All that a page of training knows: the graph, and what it was in each frame. */
export interface TrainingData extends PageData {
  readonly frames: number;
  /** How many steps of training lie between two frames. */
  readonly every: number;
  /** For each node its numbers, frame by frame, to 4 digits; one where they are all the same. */
  readonly series: readonly Packed[];
  /** The same of its gradients. */
  readonly gradients: readonly Packed[];
  /** For each node and each edge one letter a frame: how large |gradient| is; see {@link LEVELS}. One where they are all the same. */
  readonly nodeLevels: readonly string[];
  readonly edgeLevels: readonly string[];
  /** Magnitudes at the ends of the scale, as text; none where no gradient is larger than 0. */
  readonly range?: readonly [low: string, high: string];
}

/** No gradient, a gradient of 0, the steps of the scale, and what is not finite. */
export const LEVELS = "n0123456x";
