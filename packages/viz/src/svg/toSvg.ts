import type { Value } from "@chainrule/core";
import { checkOptions, checkRoots, flag } from "./check.ts";
import { renderSvg } from "./renderSvg.ts";
import { type DotOptions, dotOptionKinds, toDot } from "./toDot.ts";

/** How to draw DOT text. */
export interface RenderOptions {
  /** Whether to draw more than 2,000 nodes or edges, which may take minutes or fail; false unless told. */
  readonly force?: boolean;
}

/** How to draw a computation graph as SVG. */
export interface SvgOptions extends DotOptions, RenderOptions {}

const MOST = 2000;
/** Nodes and edges in the DOT of {@link toDot}; DOT from elsewhere is drawn whatever its size. */
const NODE = /^ {2}n\d+(_\d+)? \[/gm;
const EDGE = /^ {2}n\d+(_\d+)? -> /gm;

/**
 * A computation graph, or DOT text, as a stand-alone SVG picture. Graphviz is built in: nothing to install.
 *
 * @param source - one Value or several, drawn as {@link toDot} has it, or DOT text such as from {@link networkToDot}
 * @returns SVG text, from `<svg` to `</svg>`, to save or to put into a page
 * @throws TypeError if source or an option is of the wrong kind
 * @throws RangeError above 2,000 nodes or 2,000 edges, unless `force` is set: nobody could read the picture
 * @throws Error if Graphviz cannot read the DOT or cannot lay it out
 */
export async function toSvg(source: string, options?: RenderOptions): Promise<string>;
export async function toSvg(source: Value | readonly Value[], options?: SvgOptions): Promise<string>;
export async function toSvg(
  source: string | Value | readonly Value[],
  options: SvgOptions = {},
): Promise<string> {
  const isDot = typeof source === "string";
  checkOptions("toSvg", options, isDot ? { force: flag } : { ...dotOptionKinds, force: flag });
  const { force = false, ...dotOptions } = options;
  const dot = isDot ? source : toDot(checkRoots("toSvg", source), dotOptions);
  const nodes = dot.match(NODE)?.length ?? 0;
  const edges = dot.match(EDGE)?.length ?? 0;
  if ((nodes > MOST || edges > MOST) && !force) {
    throw new RangeError(
      `toSvg: ${nodes} nodes and ${edges} edges make a slow and unreadable picture; the limit is ${MOST} of each. ` +
        "Draw a part, from a node further in, or a network with networkToDot. To draw it all the same, pass { force: true }.",
    );
  }
  return renderSvg(dot);
}
