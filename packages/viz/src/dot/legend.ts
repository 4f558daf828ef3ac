import type { FlowRange, FlowScale } from "../flowScale.ts";
import { formatNumber } from "../formatNumber.ts";
import type { Palette } from "../palette.ts";
import { markupText, oneLine } from "../text.ts";

/**
 * A colour strip with its two ends in numbers, as an HTML-like DOT label.
 *
 * @param above - points of empty space above the strip
 */
export function legendLabel(scale: FlowScale, above = 0): string {
  return table(above, [legendCells(scale)]);
}

/** Lines of text, the colour strip, or both, one below the other. */
export function captionLabel(
  notes: readonly string[],
  scale: FlowScale | undefined,
  palette: Palette,
): string {
  return table(12, [
    ...notes.map((note) => [caption(markupText(oneLine(note)), palette)]),
    ...(scale === undefined ? [] : [legendCells(scale)]),
  ]);
}

function legendCells({ isFlowing, range, hasAlert, palette }: FlowScale): string[] {
  return [
    ...(isFlowing
      ? [caption("|gradient| &nbsp; 0 ", palette), swatch(palette.zero), ...strip(range, palette)]
      : [caption("no gradients yet", palette)]),
    ...(hasAlert ? [caption("&nbsp; NaN, ±∞ ", palette), swatch(palette.alert)] : []),
  ];
}

/** Each row a table of its own, so that cells do not line up. */
function table(above: number, rows: readonly (readonly string[])[]): string {
  const space = above > 0 ? `<TR><TD HEIGHT="${above}"></TD></TR>` : "";
  const only = `<TR>${rows[0]!.join("")}</TR>`;
  const inner = (cells: readonly string[]) =>
    `<TR><TD ALIGN="LEFT"><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2"><TR>${cells.join("")}</TR></TABLE></TD></TR>`;
  const all = rows.length === 1 ? only : rows.map(inner).join("");
  return `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">${space}${all}</TABLE>>`;
}

function strip(range: FlowRange | undefined, palette: Palette): string[] {
  if (range === undefined) return [];
  const [low, high] = [range.low, range.high].map((magnitude) => formatNumber(magnitude, 2));
  return [
    caption(`&nbsp; ${range.isClipped ? "≤ " : ""}${low}`, palette),
    ...palette.flow.map(swatch),
    caption(`&nbsp; ${high} &nbsp; log scale`, palette),
  ];
}

function caption(text: string, { muted }: Palette): string {
  return `<TD ALIGN="LEFT"><FONT POINT-SIZE="10" COLOR="${muted}">${text}</FONT></TD>`;
}

function swatch(color: string): string {
  return `<TD BGCOLOR="${color}" FIXEDSIZE="TRUE" WIDTH="16" HEIGHT="8"></TD>`;
}
