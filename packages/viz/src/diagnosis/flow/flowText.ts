import { formatNumber } from "../../formatNumber.ts";
import { oneLine } from "../../text.ts";
import { percent } from "./flowFindings.ts";
import type { FlowReport, LayerFlowReport } from "./flowReport.ts";

/** The headings of the table in text and picture. */
export const flowHeadings = [
  "layer",
  "log10 |grad| 5 %",
  "50 %",
  "95 %",
  "δ / last δ",
  "update / weight",
  "dead",
  "saturated",
] as const;

/** A row of the table; — where there is no number. */
export function flowCells(of: LayerFlowReport): readonly string[] {
  const { layer, activation, neurons, log10Gradient, relative, update, dead, saturated } = of;
  const decade = (x: number | undefined) => (x === undefined ? "—" : x.toFixed(1));
  const ratio = (x: number | null) => (x === null ? "—" : formatNumber(x, 2));
  return [
    `${layer} · ${neurons} ${oneLine(activation)}`,
    decade(log10Gradient?.q05),
    decade(log10Gradient?.q50),
    decade(log10Gradient?.q95),
    ratio(relative),
    ratio(update),
    percent(dead),
    saturated === null ? "—" : percent(saturated),
  ];
}

/** A table of the layers, then what is wrong. */
export function flowText({ layers, findings, isHealthy }: Omit<FlowReport, "text" | "dot">): string {
  const rows = [flowHeadings, ...layers.map(flowCells)];
  const widths = flowHeadings.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  const table = rows.map((row) =>
    row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join("  "),
  );
  return [...table, "", ...(isHealthy ? ["Nothing found."] : findingLines(findings))].join("\n");
}

/** Such as `vanishing, layers 1–17: in layer 1 δ is …`. */
export function findingLines(findings: FlowReport["findings"]): string[] {
  return findings.map(
    ({ kind, layers, worst, words }) => `${kind}, ${rangesOf(layers)}: in layer ${worst} ${words}`,
  );
}

/** Such as `layer 2` or `layers 1–3, 5`. */
function rangesOf(layers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const layer of layers) {
    const last = ranges.at(-1);
    if (last?.[1] === layer - 1) last[1] = layer;
    else ranges.push([layer, layer]);
  }
  const shown = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return `layer${layers.length === 1 ? "" : "s"} ${shown.join(", ")}`;
}
