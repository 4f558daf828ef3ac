/** What compiling is made of. */
export type Phase = "trace" | "lower" | "roll" | "emit" | "load";

/** Milliseconds by phase. */
export type Milliseconds = Readonly<Record<Phase, number>>;

/** Adds up the time that each phase takes. */
export class Stopwatch {
  readonly #spent: Record<Phase, number> = { trace: 0, lower: 0, roll: 0, emit: 0, load: 0 };

  get milliseconds(): Milliseconds {
    return { ...this.#spent };
  }

  time<R>(phase: Phase, work: () => R): R {
    const start = now();
    try {
      return work();
    } finally {
      this.#spent[phase] += now() - start;
    }
  }

  async timeLater<R>(phase: Phase, work: () => Promise<R>): Promise<R> {
    const start = now();
    try {
      return await work();
    } finally {
      this.#spent[phase] += now() - start;
    }
  }
}

/** Not part of the language, but of every engine that this package runs in. */
const { performance: clock = Date } = globalThis as unknown as {
  readonly performance?: { readonly now: () => number };
};
const now = (): number => clock.now();
