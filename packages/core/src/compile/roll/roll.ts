import type { Id, Program } from "../program.ts";
import { chainsOf, type Likes, likenessOf, resultRuns, usesIn } from "./chains.ts";
import { componentsOf } from "./components.ts";
import { Editor } from "./editor.ts";
import { Family } from "./family.ts";
import { ranksOf } from "./ranks.ts";

/** Bodies of fewer operations run well as they are. */
const LEAST_BODY = 2000;

/**
 * Finds what a traced function repeats, such as the loops that its author wrote in JavaScript, and rolls it back into
 * loops: terms of a sum that are alike, and neighbouring results that are.
 */
export function roll(program: Program, leastBody: number = LEAST_BODY): Program {
  const editor = new Editor(program);
  const open = [-1, ...program.loops.keys()];
  for (let region = open.pop(); region !== undefined; region = open.pop()) {
    const body = region < 0 ? program.body : editor.loops[region]!.body;
    if (operationCount(editor, body) < leastBody) continue;
    const before = editor.loops.length;
    rollBody(editor, region, body);
    for (let made = before; made < editor.loops.length; made++) open.push(made);
  }
  return editor.loops.length === program.loops.length ? program : editor.finish();
}

function operationCount({ codes }: Editor, body: readonly Id[]): number {
  return body.reduce((count, id) => count + (typeof codes[id] === "object" ? 1 : 0), 0);
}

function rollBody(editor: Editor, region: number, body: readonly Id[]): void {
  const likeness = likenessOf(editor, body);
  const uses = usesIn(editor, body);
  const chains = chainsOf(editor, body, likeness, uses);
  const sums = chains.flatMap((chain) => chain.likes);
  const stacks = resultRuns(editor, region, likeness);
  const rolled = new Set<Id>();
  const families: (readonly Likes[])[] = [];
  for (const group of [...byLength(sums), ...byLength(stacks)]) {
    const left = group.filter((likes) => !likes.results.some((id) => rolled.has(id)));
    for (const equals of byRank(editor, body, left, families)) {
      for (const { members, isInternal } of componentsOf(editor, region, equals, uses)) {
        const family = new Family(editor, isInternal, members);
        if (family.operationCount === 0) continue;
        family.roll(region);
        families.push(members);
        for (const id of family.operations()) rolled.add(id);
        for (const { results } of members) for (const id of results) rolled.add(id);
      }
    }
  }
  for (const chain of chains) chain.rewrite(editor, region);
}

/** Candidates of the same number of rows together; first those whose results come last, as they hold the others. */
function byLength(candidates: readonly Likes[]): Likes[][] {
  const lastOf = ({ results }: Likes) => results.at(-1)!;
  return groupedBy(
    [...candidates].sort((a, b) => lastOf(b) - lastOf(a)),
    ({ ids }) => ids.length,
  );
}

/** Candidates that wait for equally many others together: none of them waits for another. */
function byRank(
  editor: Editor,
  body: readonly Id[],
  candidates: readonly Likes[],
  families: readonly (readonly Likes[])[],
): Likes[][] {
  if (candidates.length === 0) return [];
  const ranks = ranksOf(editor, body, candidates, families);
  return groupedBy(candidates, ({ ids }) => ids.reduce((most, id) => Math.max(most, ranks.get(id) ?? 0), 0));
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => number): T[][] {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
