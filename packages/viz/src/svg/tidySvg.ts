import { FONT } from "../style.ts";
import { placeLabels } from "./placeLabels.ts";

const TOOLTIP = /<title>.*<\/title>\n<g><a xlink:title="([^"]*)">\n([\s\S]*?)<\/a>\n<\/g>\n/g;

/**
 * Leaves out what hinders embedding: the prologue, comments (they name the version), ids (those of several pictures
 * on a page would clash; nodes and edges of our graphs keep theirs as `data-id`). Names the picture and the fonts. In
 * graphs of ours it sets names bold, which a DOT label cannot, and puts derivatives beside their lines.
 */
export function tidySvg(svg: string): string {
  const tidy = svg
    .slice(svg.indexOf("<svg"))
    .replace(/<!--[\s\S]*?-->\n?/g, "")
    .replace(/<g id="([ne]\d+)" (class="[^"]*")>\n<title>.*<\/title>/g, '<g data-id="$1" $2>')
    .replace(/<g id="[^"]*"/g, "<g")
    .replace(/(<g class="graph".*\n)(<title>.*\n)/, "$2$1")
    .replaceAll('font-family="Helvetica,sans-Serif"', `font-family="${FONT}"`)
    .replace(TOOLTIP, "<title>$1</title>\n$2")
    .replace(/(<svg [^>]*?) xmlns:xlink="[^"]*"/, (svgTag, before: string) =>
      svg.includes("xlink:href") ? svgTag : before,
    )
    .replace(/(<g class="edge weight">[\s\S]*?<\/g>\n)+/g, sortLines)
    .replace(/<g (data-id="\w+" )?class="node name(d?)">[\s\S]*?<\/g>/g, (node, _, numbers: string) =>
      boldName(node, numbers === "" ? 0 : 2),
    );
  return placeLabels(tidy);
}

/** The thickest on top: Graphviz draws lines in the order of their nodes. */
function sortLines(edges: string): string {
  const thickness = (edge: string) => Number(/stroke-width="([^"]*)"/.exec(edge)?.[1] ?? 1);
  const groups = edges.split(/(?=<g )/).map((edge) => [thickness(edge), edge] as const);
  return groups
    .sort(([a], [b]) => a - b)
    .map(([, edge]) => edge)
    .join("");
}

/** All lines but the last few, which are data and grad. */
function boldName(node: string, numbers: number): string {
  const lines = node.split("<text ");
  return lines
    .map((line, i) => (i > 0 && i < lines.length - numbers ? `font-weight="bold" ${line}` : line))
    .join("<text ");
}
