import { quote, quoteLeft, statement } from "../../dot/dotStatement.ts";
import { mix } from "../../mix.ts";
import { palettes } from "../../palette.ts";
import { FONT } from "../../style.ts";
import { type FlowAxis, flowAxis } from "./flowAxis.ts";
import type { FlowReport, LayerFlowReport } from "./flowReport.ts";
import { findingLines, flowCells, flowHeadings } from "./flowText.ts";

/** Points of the column of bars. */
const WIDTH = 200;
const { alert, background, ink, muted, series } = palettes.light;
const DARK = series[0]!;
const LIGHT = mix(background, DARK, 0.4);
const TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">';

/** The layers as a table, with a bar for the quantiles of log₁₀ |grad|; those at fault have red names. */
export function flowDot({ layers, findings, isHealthy }: Omit<FlowReport, "text" | "dot">): string {
  const faulty = new Set(findings.flatMap((finding) => finding.layers));
  const axis = flowAxis(layers.flatMap(({ log10Gradient: q }) => (q === null ? [] : [q])));
  const [first, ...others] = flowHeadings;
  const head = [cell(first, muted), scale(axis), ...others.map((text) => cell(text, muted))];
  const rows = layers.map((layer) => {
    const [name, ...numbers] = flowCells(layer);
    const color = faulty.has(layer.layer) ? alert : ink;
    return [cell(name!, color), bar(layer, axis), ...numbers.map((text) => cell(text, ink))];
  });
  const table = [head, ...rows].map((cells) => `<TR>${cells.join("")}</TR>`).join("");
  // A sentence a line: one line of all would be wider than the table.
  const caption = isHealthy ? ["nothing found"] : findingLines(findings).flatMap(sentences);
  return [
    "digraph flow {",
    statement("graph", {
      fontname: quote(FONT),
      fontsize: 11,
      fontcolor: quote(isHealthy ? muted : alert),
      labelloc: "b",
      labeljust: "l",
      label: quoteLeft(...caption),
    }),
    statement("node", { shape: "plaintext", fontname: quote(FONT), fontsize: 11 }),
    statement("layers", {
      label: `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="4">${table}</TABLE>>`,
    }),
    "}",
    "",
  ].join("\n");
}

/** Those after the first are set in. */
function sentences(line: string): string[] {
  return line.split(/(?<=\.) (?=\p{Lu})/u).map((sentence, i) => (i === 0 ? sentence : `      ${sentence}`));
}

/** HTML-like labels know few texts: these are numbers, fixed words, and the name of an activation without signs. */
function cell(text: string, color: string): string {
  const plain = text.replace(/[^\p{L}\p{N} ·—…^|/%.∞_-]/gu, "\ufffd");
  return `<TD ALIGN="RIGHT"><FONT COLOR="${color}">${plain || " "}</FONT></TD>`;
}

/** The two ends of the bars; `≤` at the left one where it stands for all that is smaller. */
function scale(axis: FlowAxis | undefined): string {
  if (axis === undefined) return cell("", muted);
  const end = (align: string, text: string) =>
    `<TD ALIGN="${align}" WIDTH="${WIDTH / 2}"><FONT COLOR="${muted}">${text}</FONT></TD>`;
  const left = `${axis.isClipped ? "≤ " : ""}10${raised(axis.low)}`;
  return `<TD>${TABLE}<TR>${end("LEFT", left)}${end("RIGHT", `10${raised(axis.high)}`)}</TR></TABLE></TD>`;
}

/** A whole number as an exponent: pictures have no other way to raise it. */
function raised(power: number): string {
  return String(power).replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]!);
}

/** Light from 5 % to 95 %, dark from 25 % to 75 %. */
function bar({ log10Gradient: q }: LayerFlowReport, axis: FlowAxis | undefined): string {
  if (q === null) return cell("all 0", muted);
  if (axis === undefined || !Number.isFinite(q.q05 + q.q95)) return cell("not finite", alert);
  const { low, high } = axis;
  const at = (x: number) => Math.round((WIDTH * Math.max(0, x - low)) / (high - low));
  const ends = [0, at(q.q05), at(q.q25), Math.max(at(q.q75), at(q.q25) + 2), at(q.q95), WIDTH];
  const colors = [undefined, LIGHT, DARK, LIGHT, undefined];
  const parts = colors.flatMap((color, i) => {
    const width = ends[i + 1]! - ends[i]!;
    const fill = color === undefined ? "" : ` BGCOLOR="${color}"`;
    return width > 0 ? [`<TD FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="9"${fill}></TD>`] : [];
  });
  return `<TD>${TABLE}<TR>${parts.join("")}</TR></TABLE></TD>`;
}
