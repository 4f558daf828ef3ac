import type { Id } from "../program.ts";
import type { Editor } from "./editor.ts";

/** Which instructions of a body wait for which, where each family that was rolled is waited for as a whole. */
export class Waiting {
  readonly #editor: Editor;
  readonly #region: number;
  /** Per instruction: its family, −1 for none. Those that are written later belong to none. */
  readonly #familyOf: Int32Array;
  /** For each family, what it waits for. */
  readonly #needs: (readonly Id[])[] = [];
  /** Per instruction: the latest search that came to it. An array, as a Set of a whole body takes ten times as long. */
  readonly #seenBy: Int32Array;
  #searches = 0;

  constructor(editor: Editor, region: number) {
    this.#editor = editor;
    this.#region = region;
    this.#familyOf = new Int32Array(editor.codes.length).fill(-1);
    this.#seenBy = new Int32Array(editor.codes.length);
  }

  /** Lets a loop take the place of these instructions, unless it would wait for itself. */
  tryToAdd(family: readonly Id[]): boolean {
    const index = this.#needs.length;
    const before = family.map((id) => this.#familyOf[id]!);
    for (const id of family) this.#familyOf[id] = index;
    const needs = this.#needsOf(family, index);
    if (this.#leadsBack(needs, index)) {
      family.forEach((id, i) => {
        this.#familyOf[id] = before[i]!;
      });
      return false;
    }
    this.#needs.push(needs);
    return true;
  }

  /** Whether what is needed waits for the family. */
  #leadsBack(needs: readonly Id[], family: number): boolean {
    const search = ++this.#searches;
    const seenFamilies = new Set<number>();
    const open = [...needs];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const other = this.#familyOf[id]!;
      if (other === family) return true;
      if (this.#seenBy[id] === search) continue;
      this.#seenBy[id] = search;
      if (other < 0) this.#forEachNeed(id, (need) => open.push(need));
      else if (!seenFamilies.has(other)) {
        seenFamilies.add(other);
        for (const need of this.#needs[other]!) open.push(need);
      }
    }
    return false;
  }

  /** Each once. */
  #needsOf(family: readonly Id[], index: number): Id[] {
    const needs = new Set<Id>();
    for (const id of family) {
      this.#forEachNeed(id, (need) => {
        if (this.#familyOf[need] !== index) needs.add(need);
      });
    }
    return [...needs];
  }

  /** What comes from the bodies around this one is there before it runs. */
  #forEachNeed(id: Id, visit: (need: Id) => void): void {
    const { codes, starts, operands, regions } = this.#editor;
    if (codes[id] === "loop") {
      for (const need of this.#editor.needsOf(id)) if (regions[need] === this.#region) visit(need);
      return;
    }
    const end = starts[id + 1]!;
    for (let at = starts[id]!; at < end; at++) {
      const need = operands[at]!;
      if (regions[need] === this.#region) visit(need);
    }
  }
}
