import { FLOW_COLORS, type FlowScale } from "./flowScale.ts";
import { formatNumber } from "./formatNumber.ts";
import { MUTED, ZERO } from "./style.ts";

/**
 * A colour strip with its two ends in numbers, as an HTML-like DOT label. It holds numbers and fixed text only:
 * HTML-like labels cannot show every text as it is.
 */
export function legendLabel(scale: FlowScale): string {
  if (scale.range === undefined) return `<<FONT POINT-SIZE="10" COLOR="${MUTED}">no gradients yet</FONT>>`;
  const [low, high] = scale.range.map((magnitude) => formatNumber(magnitude, 2));
  const cells = [
    caption("|gradient| &nbsp; 0 "),
    swatch(ZERO),
    caption(`&nbsp; ${low}`),
    ...FLOW_COLORS.map(swatch),
    caption(`&nbsp; ${high} &nbsp; log scale`),
  ];
  return `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2"><TR>${cells.join("")}</TR></TABLE>>`;
}

function caption(text: string): string {
  return `<TD><FONT POINT-SIZE="10" COLOR="${MUTED}">${text}</FONT></TD>`;
}

function swatch(color: string): string {
  return `<TD BGCOLOR="${color}" FIXEDSIZE="TRUE" WIDTH="16" HEIGHT="8"></TD>`;
}
