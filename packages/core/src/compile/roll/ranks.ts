import type { Id } from "../program.ts";
import type { Likes } from "./chains.ts";
import type { Editor } from "./editor.ts";

/**
 * How many of the candidates an instruction waits for, one behind the other. Candidates of one rank do not wait for
 * each other, so that one loop can do them.
 */
export function ranksOf(editor: Editor, body: readonly Id[], candidates: readonly Likes[]): Map<Id, number> {
  const isCandidate = new Set(candidates.flatMap(({ results }) => results));
  const ranks = new Map<Id, number>();
  for (const id of body) {
    const rank = editor.needsOf(id).reduce((most, need) => Math.max(most, ranks.get(need) ?? 0), 0);
    ranks.set(id, rank + (isCandidate.has(id) ? 1 : 0));
  }
  return ranks;
}
