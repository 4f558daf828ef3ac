import { checkOptions } from "../check.ts";
import { checkMetadata, type Metadata } from "./metadata.ts";
import { type NamesOptions, parameterTensors } from "./parameterTensors.ts";
import type { Savable } from "./savable.ts";
import type { SavedTensors } from "./tensor.ts";

export interface SaveOptions extends NamesOptions {
  /** Notes that go with the numbers; none unless told. */
  readonly metadata?: Metadata;
}

/** What a file of this model holds. @throws TypeError for a model or options that cannot be saved */
export function savedTensors(caller: string, model: Savable, options: SaveOptions): SavedTensors {
  checkOptions(caller, options, ["names", "metadata"]);
  const { names, metadata = {} } = options;
  checkMetadata(`${caller}: metadata`, metadata);
  const tensors = parameterTensors(caller, model, names).map(
    ({ name, shape, parameters }) => [name, { shape, data: parameters.map(({ data }) => data) }] as const,
  );
  return { tensors: new Map(tensors), metadata };
}
