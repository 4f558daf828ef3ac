import type { Scalar } from "@chainrule/core";
import type { Target } from "../data/dataset.ts";
import type { Outputs } from "../model.ts";

/** A target whose numbers may be Values, as they are where a loss is compiled. */
export type ScalarTarget<T extends Target> = T extends number ? Scalar : readonly Scalar[];

/** The loss of one example: what the model answered, and what was wanted. */
export type Loss<T extends Target = number> = (outputs: Outputs, target: ScalarTarget<T>) => Scalar;
