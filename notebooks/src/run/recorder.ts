import { AsyncLocalStorage } from "node:async_hooks";
import { writeSync } from "node:fs";
import type { Output } from "../output.ts";
import { showTo } from "../show.ts";
import { ENTER_CELL } from "./program.ts";

/** A line of the record of a run. */
export type RunRecord =
  | { readonly cell: number | undefined; readonly output: Output }
  /** A cell began. */
  | { readonly entered: number }
  /** The lesson came to its end by itself. */
  | { readonly end: true };

/** Of a record, in characters: far more than anybody reads, and what a loop that prints without end is stopped by. */
const MOST = 16_000_000;

/** Keeps what cells print and show, each line of the record written before the next call: no crash loses it. */
export class Recorder {
  // A timer or promise carries the cell that made it, however late it prints.
  readonly #cell = new AsyncLocalStorage<number>();
  readonly #file: number;
  #entered: number | undefined;
  #size = 0;

  constructor(file: number) {
    this.#file = file;
    const enter = (index: number) => {
      this.#cell.enterWith(index);
      this.#entered = index;
      this.write({ entered: index });
    };
    Object.assign(globalThis, { [Symbol.for(ENTER_CELL)]: enter });
    for (const name of ["stdout", "stderr"] as const) {
      process[name].write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
        const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
        this.record({ kind: "stream", name, text });
        const callback = rest.find((argument) => typeof argument === "function");
        if (callback !== undefined) process.nextTick(callback as () => void);
        return true;
      }) as typeof process.stdout.write;
    }
    showTo((display) => this.record(display));
  }

  /** By the cell that is at work, now or when it made the timer or promise that is. */
  record(output: Output): void {
    this.write({ cell: this.#cell.getStore(), output });
  }

  /** By the last cell that began: what the lesson itself throws ends it there. */
  recordEnd(output: Output): void {
    this.write({ cell: this.#entered, output });
  }

  write(record: RunRecord): void {
    const line = `${JSON.stringify(record)}\n`;
    this.#size += line.length;
    if (this.#size > MOST) this.#stop();
    writeSync(this.#file, line);
  }

  #stop(): never {
    const message = `it printed and showed more than ${MOST / 1e6} MB and was ended. Is there an endless loop?`;
    const failure: Output = { kind: "failure", name: "Stopped", message, trace: [] };
    writeSync(this.#file, `${JSON.stringify({ cell: this.#entered, output: failure })}\n`);
    process.exit(1);
  }
}
