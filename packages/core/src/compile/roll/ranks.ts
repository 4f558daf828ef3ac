import type { Id } from "../program.ts";
import type { Likes } from "./chains.ts";
import type { Editor } from "./editor.ts";

/**
 * How many of the candidates an instruction waits for, one behind the other. Candidates of one rank do not wait for
 * each other, so that one loop can do them. Families that are rolled already are waited for as a whole.
 */
export function ranksOf(
  editor: Editor,
  body: readonly Id[],
  candidates: readonly Likes[],
  families: readonly (readonly Likes[])[],
): Map<Id, number> {
  const isCandidate = new Set(candidates.flatMap(({ results }) => results));
  const familyOf = new Map<Id, number>();
  families.forEach((members, index) => {
    for (const { results } of members) for (const id of results) familyOf.set(id, index);
  });
  const levels = families.map(() => 0);
  const ranks = new Map<Id, number>();
  const rankAmong = (ids: readonly Id[]) => ids.reduce((most, id) => Math.max(most, ranks.get(id) ?? 0), 0);
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const id of body) {
      let rank = rankAmong(editor.needsOf(id));
      const family = familyOf.get(id);
      if (family !== undefined) rank = Math.max(rank, levels[family]!);
      ranks.set(id, rank + (isCandidate.has(id) ? 1 : 0));
    }
    families.forEach((members, index) => {
      const level = Math.max(...members.map(({ ids }) => rankAmong(ids)));
      if (level <= levels[index]!) return;
      levels[index] = level;
      isStable = false;
    });
  }
  return ranks;
}
