import type { Value } from "@chainrule/core";
import { checkOptions, flag, type OptionKind } from "../check.ts";
import { type DotOptions, dotOptionKinds } from "../dot/toDot.ts";
import { viewToDot } from "../dot/viewToDot.ts";
import { viewOf } from "../graph/viewOf.ts";
import type { NetworkLike } from "../network/network.ts";
import { drawNetwork, type NetworkDotOptions, networkOptionKinds } from "../network/networkToDot.ts";
import { renderSvg, TIMEOUT, timeoutKind } from "./renderSvg.ts";

/** How to lay out and draw DOT text. */
export interface RenderOptions {
  /** How long the layout may take, in milliseconds; 10,000 unless told. No limit where no thread can be had. */
  readonly timeout?: number;
  /** Whether to draw more than 2,000 nodes or edges, which may take minutes or fail; false unless told. */
  readonly force?: boolean;
}

/** How to draw a computation graph as SVG. */
export interface SvgOptions extends DotOptions, RenderOptions {}

/** How to draw a network as SVG. */
export interface NetworkSvgOptions extends NetworkDotOptions, RenderOptions {}

/** What can say in DOT how it is to be drawn: a compiled kernel. */
export interface Drawable {
  dot(): string;
}

/** What says by itself how it is to be drawn: DOT text, a compiled kernel. */
export type Diagram = string | Drawable;

export const renderOptionKinds: Readonly<Record<keyof RenderOptions, OptionKind>> = {
  timeout: timeoutKind,
  force: flag,
};

const MOST = 2000;
/** Nodes and edges in the DOT of {@link toDot}; DOT from elsewhere is drawn whatever its size. */
const NODE = /^ +n\d+ \[id=/gm;
const EDGE = /^ +\w+ -> n\d+ \[id=/gm;

/**
 * A picture as stand-alone SVG. Graphviz is built in, on a thread of its own, in browsers too: nothing to install.
 *
 * @param source - one Value or several, drawn as {@link toDot} has it; a network as {@link networkToDot} has it; a
 *   compiled kernel; or DOT text
 * @returns SVG text, from `<svg` to `</svg>`, to save or to put into a page
 * @throws TypeError if source or an option is of the wrong kind
 * @throws RangeError above 2,000 nodes or 2,000 edges, unless `force` is set: nobody could read the picture
 * @throws Error if Graphviz cannot read the DOT, cannot lay it out, or takes too long
 */
export async function toSvg(source: Diagram, options?: RenderOptions): Promise<string>;
export async function toSvg(source: NetworkLike, options?: NetworkSvgOptions): Promise<string>;
export async function toSvg(source: Value | readonly Value[], options?: SvgOptions): Promise<string>;
export async function toSvg(source: Source, options: SourceOptions = {}): Promise<string> {
  return await drawSvg("toSvg", source, options, renderOptionKinds);
}

export type Source = Diagram | NetworkLike | Value | readonly Value[];
export type SourceOptions = SvgOptions & NetworkSvgOptions;

/** As {@link toSvg}, for another function that takes more options. */
export async function drawSvg(
  caller: string,
  source: Source,
  options: SourceOptions,
  kinds: Readonly<Record<string, OptionKind>>,
): Promise<string> {
  const dot = dotOf(caller, source, options, kinds);
  if (!options.force) checkSize(caller, dot);
  return await renderSvg(dot, caller, options.timeout ?? TIMEOUT);
}

function dotOf(
  caller: string,
  source: Source,
  options: SourceOptions,
  kinds: Readonly<Record<string, OptionKind>>,
): string {
  if (isNetwork(source)) {
    checkOptions(caller, options, { ...networkOptionKinds, ...kinds });
    return drawNetwork(caller, source, options);
  }
  if (typeof source === "string" || isKernel(source)) {
    checkOptions(caller, options, kinds);
    return typeof source === "string" ? source : source.dot();
  }
  checkOptions(caller, options, { ...dotOptionKinds, ...kinds });
  return viewToDot(viewOf(caller, source, options, "auto"), options);
}

function isNetwork(source: unknown): source is NetworkLike {
  return source !== null && source !== undefined && Array.isArray((source as NetworkLike).layers);
}

/** A Value has a dot() too, of another meaning; kernels are functions. */
function isKernel(source: unknown): source is Drawable {
  return typeof source === "function" && typeof (source as unknown as Drawable).dot === "function";
}

function checkSize(caller: string, dot: string): void {
  const nodes = dot.match(NODE)?.length ?? 0;
  const edges = dot.match(EDGE)?.length ?? 0;
  if (nodes <= MOST && edges <= MOST) return;
  throw new RangeError(
    `${caller}: ${nodes} nodes and ${edges} edges make a slow and unreadable picture; the limit is ${MOST} of each. ` +
      'Draw a part, with { focus: node }, or less of it, with { collapse: "layers" } or { fold: true }, or a network ' +
      "with networkToDot. To draw it all the same, pass { force: true }.",
  );
}
