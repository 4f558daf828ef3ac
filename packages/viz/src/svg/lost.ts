/** Nodes and edges of DOT of ours, each on a line of its own. */
const NAMED = /^ *\w+(?: -> \w+)? \[id=([ne]\d+)[,\]]/gm;
const DRAWN = /<g id="([ne]\d+)"/g;

/**
 * How many nodes and edges of DOT are missing in its SVG. DOT from elsewhere need not name them: there the number of
 * edges that Graphviz itself says it has lost.
 *
 * @param faults - what Graphviz has reported
 */
export function countLost(dot: string, svg: string, faults: readonly string[]): number {
  const drawn = new Set(Array.from(svg.matchAll(DRAWN), ([, id]) => id));
  const named = Array.from(dot.matchAll(NAMED), ([, id]) => id);
  if (named.length === 0) return faults.filter((fault) => /^lost .* edge/.test(fault)).length;
  return named.filter((id) => !drawn.has(id)).length;
}
