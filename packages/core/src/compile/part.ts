import type { LoopPart, Op } from "../op.ts";
import { sourcesOf } from "../partialSources.ts";

/** What nodes for loops and their results have for an operation: without rules, as loops find derivatives themselves. */
export class Part implements Op {
  static readonly #sources = sourcesOf([]);
  readonly arity: 2 | undefined;
  readonly lowered = undefined;
  readonly instruction = undefined;
  readonly sendAll = undefined;
  readonly loop: LoopPart;

  constructor(loop: LoopPart) {
    this.arity = loop.kind === "loop" ? undefined : 2;
    this.loop = loop;
  }

  get name(): string {
    return this.loop.kind === "loop" ? `loop ${this.loop.loop.count}×` : this.loop.kind;
  }

  get symbol(): string {
    return this.loop.kind;
  }

  get selects(): boolean {
    return false;
  }

  get nonEmpty(): boolean {
    return false;
  }

  get domain(): [] {
    return [];
  }

  get sources(): Op["sources"] {
    return Part.#sources;
  }

  value(): never {
    throw new Error("The results of a loop have no rules of their own.");
  }

  partials(): never {
    return this.value();
  }
}
