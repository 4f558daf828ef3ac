import type { Id, Program } from "../program.ts";
import { chainsOf, type Likes, likenessOf, resultRuns, usesIn } from "./chains.ts";
import { cheapIn } from "./cheap.ts";
import { componentsOf } from "./components.ts";
import { Editor } from "./editor.ts";
import { Family } from "./family.ts";
import { ranksOf } from "./ranks.ts";
import { Waiting } from "./waiting.ts";

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
  const cheap = cheapIn(editor, body);
  const isCheap = (id: Id) => cheap.has(id);
  const chains = chainsOf(editor, body, likeness, uses);
  const sums = chains.flatMap((chain) => chain.likes);
  const stacks = resultRuns(editor, region, likeness);
  const rolled = new Set<Id>();
  const waiting = new Waiting(editor, region);
  /** False where the loop would wait for itself. */
  const rollTogether = (members: readonly Likes[], isInternal: (id: Id) => boolean): boolean => {
    const family = new Family(editor, isInternal, isCheap, members);
    if (family.operationCount === 0) return true;
    const operations = family.operations();
    if (!waiting.tryToAdd(operations.filter(isInternal))) return false;
    family.roll(region);
    for (const id of operations) rolled.add(id);
    for (const { results } of members) for (const id of results) rolled.add(id);
    return true;
  };
  const isLeft = (likes: Likes) => !likes.results.some((id) => rolled.has(id));
  for (const group of byLength(sums, stacks)) {
    for (const equals of byRank(editor, body, group.filter(isLeft))) {
      const left = equals.filter(isLeft);
      for (const { members, isInternal } of componentsOf(editor, region, left, uses)) {
        if (rollTogether(members, isInternal)) continue;
        for (const member of members) rollTogether([member], isInternal);
      }
    }
  }
  for (const chain of chains) chain.rewrite(editor, region);
}

/**
 * Candidates of the same number of rows together; first those with sums whose results come last, as they hold the
 * others.
 */
function byLength(sums: readonly Likes[], stacks: readonly Likes[]): Likes[][] {
  const lastOf = ({ results }: Likes) => results.at(-1)!;
  const lastFirst = (candidates: readonly Likes[]) => [...candidates].sort((a, b) => lastOf(b) - lastOf(a));
  return groupedBy([...lastFirst(sums), ...lastFirst(stacks)], ({ ids }) => ids.length);
}

/** Candidates that wait for equally many others together: none of them waits for another. */
function byRank(editor: Editor, body: readonly Id[], candidates: readonly Likes[]): Likes[][] {
  if (candidates.length === 0) return [];
  const ranks = ranksOf(editor, body, candidates);
  const sums = new Set(candidates.flatMap(({ kind, results }) => (kind === "sum" ? results : [])));
  return groupedBy(candidates, ({ ids, kind }) => {
    const rank = ids.reduce((most, id) => Math.max(most, ranks.get(id) ?? 0), 0);
    // Results that are kept wait for what is below them; if they are sums themselves, for these.
    return kind === "stack" && !ids.some((id) => sums.has(id)) ? rank - 1 : rank;
  });
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
