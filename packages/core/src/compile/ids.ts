import type { Value } from "../value.ts";
import type { Id } from "./program.ts";

/** The highest number that a node bears. */
let highest = 0;

/**
 * Which instruction makes each node of a traced graph. A traced node bears its number itself, in the field for uses, which
 * it has none of: a Map of a million nodes takes longer than all else that is done to them. Numbers go on from graph to
 * graph, so that a node of another graph is not taken for one of this.
 */
export class Ids {
  readonly #before: number = highest;
  readonly #ofOthers = new Map<Value, Id>();

  get(node: Value): Id | undefined {
    if (node.stamp >= 0) return this.#ofOthers.get(node);
    return node.uses > this.#before ? node.uses - this.#before - 1 : undefined;
  }

  has(node: Value): boolean {
    return node.stamp < 0 ? node.uses > this.#before : this.#ofOthers.has(node);
  }

  set(node: Value, id: Id): void {
    if (node.stamp >= 0) this.#ofOthers.set(node, id);
    else {
      node.uses = this.#before + 1 + id;
      highest = Math.max(highest, node.uses);
    }
  }

  delete(node: Value): void {
    if (node.stamp < 0) node.uses = 0;
    else this.#ofOthers.delete(node);
  }
}
