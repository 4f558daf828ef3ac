import { FLOW_COLORS, type FlowRange, type FlowScale } from "./flowScale.ts";
import { formatNumber } from "./formatNumber.ts";
import { ALERT, MUTED, ZERO } from "./style.ts";

/**
 * A colour strip with its two ends in numbers, as an HTML-like DOT label. It holds numbers and fixed text only:
 * HTML-like labels cannot show every text as it is.
 *
 * @param above - points of empty space above the strip
 */
export function legendLabel({ isFlowing, range, hasAlert }: FlowScale, above = 0): string {
  const cells = [
    ...(isFlowing
      ? [caption("|gradient| &nbsp; 0 "), swatch(ZERO), ...strip(range)]
      : [caption("no gradients yet")]),
    ...(hasAlert ? [caption("&nbsp; NaN, ±∞ "), swatch(ALERT)] : []),
  ];
  const space = above > 0 ? `<TR><TD HEIGHT="${above}"></TD></TR>` : "";
  return `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">${space}<TR>${cells.join("")}</TR></TABLE>>`;
}

function strip(range: FlowRange | undefined): string[] {
  if (range === undefined) return [];
  const [low, high] = [range.low, range.high].map((magnitude) => formatNumber(magnitude, 2));
  return [
    caption(`&nbsp; ${range.isClipped ? "≤ " : ""}${low}`),
    ...FLOW_COLORS.map(swatch),
    caption(`&nbsp; ${high} &nbsp; log scale`),
  ];
}

function caption(text: string): string {
  return `<TD><FONT POINT-SIZE="10" COLOR="${MUTED}">${text}</FONT></TD>`;
}

function swatch(color: string): string {
  return `<TD BGCOLOR="${color}" FIXEDSIZE="TRUE" WIDTH="16" HEIGHT="8"></TD>`;
}
