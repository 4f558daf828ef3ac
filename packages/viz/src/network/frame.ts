import { quote, statement } from "../dot/dotStatement.ts";
import { legendLabel } from "../dot/legend.ts";
import type { FlowScale } from "../flowScale.ts";
import { type Palette, palettes } from "../palette.ts";
import { FONT } from "../style.ts";
import { linesOf } from "../text.ts";

/** A picture whose places are all set; Graphviz only has to draw it. In points, the origin at the lower left. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly title?: string | undefined;
  /** A line below the title. */
  readonly note?: string | undefined;
  /** The scale to explain below the picture. */
  readonly legend?: FlowScale | undefined;
  readonly statements: readonly string[];
}

/** DOT with a title above the statements and a legend below them. */
export function frameToDot({ width, height, palette, title, note, legend, statements }: Frame): string {
  const middle = width / 2;
  const captions: string[] = [];
  if (note !== undefined)
    captions.push(textStatement("note", [note], at(middle, height + 16), 11, palette.muted));
  if (title !== undefined) {
    const lines = linesOf(title);
    const y = height + (note === undefined ? 12 : 30) + 9 * lines.length;
    captions.push(textStatement("title", lines, at(middle, y), 15, palette.ink));
  }
  if (legend !== undefined) {
    captions.push(statement("legend", { shape: "plain", label: legendLabel(legend), pos: at(middle, -28) }));
  }
  return [
    "digraph network {",
    // The layout nop takes positions as they are given.
    statement("graph", {
      layout: "nop",
      splines: "line",
      outputorder: "edgesfirst",
      fontname: quote(FONT),
      bgcolor: palette === palettes.light ? undefined : quote(palette.background),
    }),
    statement("node", { fontname: quote(FONT), fontsize: 10, fontcolor: quote(palette.ink) }),
    statement("edge", {
      class: "weight",
      fontname: quote(FONT),
      fontsize: 10,
      fontcolor: quote(palette.muted),
      arrowhead: "none",
    }),
    ...captions,
    ...statements,
    "}",
    "",
  ].join("\n");
}

function textStatement(
  id: string,
  lines: readonly string[],
  pos: string,
  fontsize: number,
  color: string,
): string {
  return statement(id, { shape: "plain", label: quote(...lines), pos, fontsize, fontcolor: quote(color) });
}

/** A pale box with a caption inside its upper edge, behind the statements in it. */
export function panel(
  id: string,
  [left, right]: readonly [number, number],
  height: number,
  caption: readonly string[],
  statements: readonly string[],
  { panel, muted }: Palette,
): string[] {
  const box = {
    bb: quote(`${left},-6,${right},${height}`),
    label: quote(...caption),
    lp: at((left + right) / 2, height - 7 - 7 * caption.length),
    style: '"rounded,filled"',
    color: quote(panel),
    fillcolor: quote(panel),
    fontsize: 11,
    fontcolor: quote(muted),
  };
  const inside = [statement("graph", box), ...statements].map((line) => `  ${line}`);
  return [`  subgraph cluster_${id} {`, ...inside, "  }"];
}

/** A position, from points. */
export function at(x: number, y: number): string {
  return quote(`${Number(x.toFixed(2))},${Number(y.toFixed(2))}`);
}

/** A length: DOT wants some in inches. */
export function inches(points: number): number {
  return Number((points / 72).toFixed(3));
}
