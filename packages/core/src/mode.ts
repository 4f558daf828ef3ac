import type { Value } from "./value.ts";

/** What {@link checked} wants to see. */
export interface Checks {
  /** After a node was made. */
  recorded(node: Value): void;
  /** Before gradients flow from a root. */
  beforeBackward(root: Value): void;
}

/** How operations behave at the moment; changed by {@link withMode} only. */
export const mode: { recording: boolean; checks: Checks | undefined } = {
  recording: true,
  checks: undefined,
};

/** Runs f with some of the mode changed, and changes it back however f ends. */
export function withMode<R>(caller: string, change: Partial<typeof mode>, f: () => R): R {
  if (typeof f !== "function")
    throw new TypeError(`${caller}: needs a function to run, as in ${caller}(() => …).`);
  const before = { ...mode };
  Object.assign(mode, change);
  try {
    const result = f();
    if (result instanceof Promise) {
      throw new TypeError(
        `${caller}: the function must not be asynchronous; use ${caller} around each part of it.`,
      );
    }
    return result;
  } finally {
    Object.assign(mode, before);
  }
}
