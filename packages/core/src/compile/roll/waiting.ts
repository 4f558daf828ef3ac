import type { Id } from "../program.ts";
import type { Editor } from "./editor.ts";

/** Which instructions of a body wait for which, where each family that was rolled is waited for as a whole. */
export class Waiting {
  readonly #editor: Editor;
  readonly #region: number;
  readonly #familyOf = new Map<Id, number>();
  /** For each family, what it waits for. */
  readonly #needs: (readonly Id[])[] = [];

  constructor(editor: Editor, region: number) {
    this.#editor = editor;
    this.#region = region;
  }

  /** Whether a loop in place of these instructions would wait for what waits for it. */
  isCycle(family: readonly Id[]): boolean {
    const own = new Set(family);
    const seen = new Set<Id>();
    const seenFamilies = new Set<number>();
    const open = [...this.#needsOf(family, own)];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (own.has(id)) return true;
      if (seen.has(id)) continue;
      seen.add(id);
      const other = this.#familyOf.get(id);
      if (other === undefined) open.push(...this.#within(this.#editor.needsOf(id)));
      else if (!seenFamilies.has(other)) {
        seenFamilies.add(other);
        open.push(...this.#needs[other]!);
      }
    }
    return false;
  }

  /** A loop takes the place of these instructions. */
  add(family: readonly Id[]): void {
    const index = this.#needs.push(this.#needsOf(family, new Set(family))) - 1;
    for (const id of family) this.#familyOf.set(id, index);
  }

  #needsOf(family: readonly Id[], own: ReadonlySet<Id>): Id[] {
    return family.flatMap((id) => this.#within(this.#editor.needsOf(id)).filter((need) => !own.has(need)));
  }

  /** What comes from the bodies around this one is there before it runs. */
  #within(ids: readonly Id[]): readonly Id[] {
    return ids.filter((id) => this.#editor.regions[id] === this.#region);
  }
}
