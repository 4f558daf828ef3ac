import type { FlowScale } from "../flowScale.ts";
import { formatNumber } from "../formatNumber.ts";
import type { ViewEdge } from "../graph/view.ts";
import { quote, statement } from "./dotStatement.ts";
import type { Look } from "./nodeDot.ts";

/** How large the gradient is that `backward()` sent along an edge. */
export function edgeMagnitude({ contribution }: ViewEdge): number {
  return Math.abs(contribution ?? 0);
}

/** What an edge asks of the layout: how straight, and how long at least. */
export interface Lengths {
  readonly weight?: number | undefined;
  readonly minlen?: number | undefined;
}

/**
 * An edge as DOT.
 *
 * @param start - the name of the node that it begins at
 * @param showsCount - whether it bears how many edges of the graph it stands for, if several
 */
export function edgeStatement(
  edge: ViewEdge,
  start: string,
  scale: FlowScale,
  look: Look,
  lengths: Lengths,
  showsCount: boolean,
): string {
  const { id, to, derivative, count, flows } = edge;
  const { color, width } = scale.style(edgeMagnitude(edge));
  return statement(`${start} -> n${to}`, {
    id: `e${id}`,
    label: look === "teaching" && (count === 1 || showsCount) ? labelOf(derivative, count) : undefined,
    style: flows ? undefined : "dashed",
    color: quote(color),
    penwidth: look === "flow" ? Number((1.6 * width).toFixed(2)) : width,
    ...lengths,
  });
}

/** The local derivative; of several edges drawn as one, how many. */
function labelOf(derivative: number | null, count: number): string | undefined {
  if (count > 1) return quote(`${count} edges`);
  return derivative === null ? undefined : quote(formatNumber(derivative));
}
