import type { Viz } from "@viz-js/viz";
import { FONT } from "./style.ts";

let graphviz: Promise<Viz> | undefined;

/** Lays out DOT text with the Graphviz that is built in, started on first use, and tidies the SVG it makes. */
export async function renderSvg(dot: string): Promise<string> {
  graphviz ??= import("@viz-js/viz").then(({ instance }) => instance());
  // Graphviz has letter widths for Helvetica; of a list of fonts it knows nothing.
  return tidy(layOut(await graphviz, dot.replaceAll(`fontname="${FONT}"`, 'fontname="Helvetica"')));
}

function layOut(viz: Viz, dot: string): string {
  let result: ReturnType<Viz["render"]>;
  try {
    result = viz.render(dot, { format: "svg" });
  } catch (cause) {
    // WebAssembly that has trapped may have lost its stack: the next picture gets a fresh start.
    graphviz = undefined;
    throw new Error(
      `toSvg: Graphviz gave up on the layout (${cause}). The graph may be too deep or too large: draw a part of it.`,
      { cause },
    );
  }
  if (result.status === "success") return result.output;
  const reasons = result.errors.map(({ message }) => message).join("; ");
  throw new Error(`toSvg: Graphviz cannot read the DOT: ${reasons || "it holds no graph"}.`);
}

const TOOLTIP = /<title>.*<\/title>\n<g><a xlink:title="([^"]*)">\n([\s\S]*?)<\/a>\n<\/g>\n/g;

/**
 * Leaves out what hinders embedding: the prologue, comments (they name the version), ids (those of several pictures
 * on a page would clash). Names the picture and the fonts. In graphs of ours it sets names bold, which a DOT label
 * cannot, and lifts derivatives off their lines.
 */
function tidy(svg: string): string {
  return svg
    .slice(svg.indexOf("<svg"))
    .replace(/<!--[\s\S]*?-->\n?/g, "")
    .replace(/<g id="[^"]*"/g, "<g")
    .replace(/(<g class="graph".*\n)(<title>.*\n)/, "$2$1")
    .replaceAll('font-family="Helvetica,sans-Serif"', `font-family="${FONT}"`)
    .replace(TOOLTIP, "<title>$1</title>\n$2")
    .replace(/(<g class="edge weight">[\s\S]*?<\/g>\n)+/g, sortLines)
    .replace(/<g class="node named">[\s\S]*?<\/g>/g, boldName)
    .replace(/<g class="edge derivative">[\s\S]*?<\/g>/g, (edge) => edge.replace("<text ", '<text dy="-2" '));
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

/** All lines but the last two, data and grad. */
function boldName(node: string): string {
  const lines = node.split("<text ");
  return lines
    .map((line, i) => (i > 0 && i < lines.length - 2 ? `font-weight="bold" ${line}` : line))
    .join("<text ");
}
