import type { Graph } from "../graph/graph.ts";

/** No node brings more of its operands, or of its uses, into a picture than this. */
const MOST_FROM_ONE = 6;

/**
 * The nodes around some nodes, nearest first: their operands and uses, then the operands and uses of these, and so on.
 *
 * @param limit - how many to take at most
 * @param isUrgent - which of the nodes at the same distance to take first
 */
export function nodesAround(
  { nodes, edges }: Graph,
  centres: readonly number[],
  limit: number,
  isUrgent: (id: number) => boolean = () => false,
): Set<number> {
  const operands: number[][] = nodes.map(() => []);
  const uses: number[][] = nodes.map(() => []);
  for (const { from, to } of edges) {
    operands[to]!.push(from);
    uses[from]!.push(to);
  }
  const mostUrgent = (ids: readonly number[]) => {
    const [urgent, others] = [ids.filter(isUrgent), ids.filter((id) => !isUrgent(id))];
    return [...new Set([...urgent, ...others])].slice(0, MOST_FROM_ONE);
  };
  const taken = new Set(centres.slice(0, limit));
  // A Set goes on to what is added to it on the way.
  for (const id of taken) {
    for (const next of [...mostUrgent(operands[id]!), ...mostUrgent(uses[id]!)]) {
      if (taken.size < limit) taken.add(next);
    }
  }
  return taken;
}
