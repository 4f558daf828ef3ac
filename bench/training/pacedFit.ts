import { type Dataset, type FitOptions, fit, type Model, type Target } from "@chainrule/nn";
import type { Running } from "../contender.ts";

/** Training without end as a contender: an epoch is a step. Between turns it waits. */
export async function pacedFit<T extends Target>(
  model: Model,
  data: Dataset<T>,
  options: FitOptions<T>,
): Promise<Running> {
  const turns = new EventTarget();
  const next = (event: string) =>
    new Promise<void>((resolve) => {
      turns.addEventListener(event, () => resolve(), { once: true });
    });
  let left = 1;
  let loss = 0;
  const firstEpoch = next("done");
  const training = fit(model, data, {
    ...options,
    epochs: Number.MAX_SAFE_INTEGER,
    onEpoch(epoch) {
      loss = epoch.loss;
      if (--left > 0) return undefined;
      turns.dispatchEvent(new Event("done"));
      return next("turn");
    },
  });
  await Promise.race([firstEpoch, training]);
  return {
    results: () => [loss, ...model.parameters().map(({ data }) => data)],
    async steps(count) {
      const done = next("done");
      left = count;
      turns.dispatchEvent(new Event("turn"));
      await done;
      return loss;
    },
  };
}
