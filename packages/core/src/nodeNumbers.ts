import type { Value } from "./value.ts";

/** The highest number that a node bears. */
let highest = 0;

/**
 * A number ≥ 0 for each of some nodes. A traced node bears it itself, in the field for uses, which it has none of: a Map
 * of a million nodes takes longer than all else that is done to them. Numbers go on from graph to graph, so that a node of
 * another graph is not taken for one of this.
 */
export class NodeNumbers {
  readonly #before: number = highest;
  readonly #ofOthers = new Map<Value, number>();

  get(node: Value): number | undefined {
    if (node.stamp >= 0) return this.#ofOthers.get(node);
    return node.uses > this.#before ? node.uses - this.#before - 1 : undefined;
  }

  has(node: Value): boolean {
    return node.stamp < 0 ? node.uses > this.#before : this.#ofOthers.has(node);
  }

  set(node: Value, number: number): void {
    if (node.stamp >= 0) this.#ofOthers.set(node, number);
    else {
      node.uses = this.#before + 1 + number;
      if (node.uses > highest) highest = node.uses;
    }
  }

  delete(node: Value): void {
    if (node.stamp < 0) node.uses = 0;
    else this.#ofOthers.delete(node);
  }
}

/** Numbers that are given back: nodes bear again in the end what they bore before, that of an enclosing use or none. */
export class PassingNumbers extends NodeNumbers {
  // Two arrays, as a million pairs would be objects for the garbage collector.
  readonly #nodes: Value[] = [];
  readonly #uses: number[] = [];

  override set(node: Value, number: number): void {
    if (node.stamp < 0 && !this.has(node)) {
      this.#nodes.push(node);
      this.#uses.push(node.uses);
    }
    super.set(node, number);
  }

  end(): void {
    for (let i = 0; i < this.#nodes.length; i++) this.#nodes[i]!.uses = this.#uses[i]!;
  }
}
