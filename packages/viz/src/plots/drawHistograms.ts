import { rect, ruleX } from "@observablehq/plot";
import { formatNumber } from "../formatNumber.ts";
import { mix } from "../mix.ts";
import { append } from "../svgDocument.ts";
import { count, textWidth } from "../text.ts";
import { barsOf, binsOf, median } from "./bins.ts";
import { drawPlot, FONT_SIZE, type PlotParts, themeOf } from "./drawPlot.ts";
import type { GradientHistogramOptions } from "./gradientHistogram.ts";
import type { LayerGradients } from "./layerGradients.ts";
import { shorten } from "./legendMarks.ts";

/** The share of a row that its highest bar fills. */
const FILL = 0.84;

/** One row per layer, the first on top, as SVG text. */
export function drawHistograms(rows: readonly LayerGradients[], options: GradientHistogramOptions): string {
  const theme = themeOf(options);
  const { width = 640, xLabel = "|gradient| (log scale)" } = options;
  const bins = binsOf(rows);
  const { low, high, zero, powers } = bins;
  const side = (high - low) / 40;
  const bars = rows.map((row) => barsOf(row, bins));
  // Of gradients that are 0 there may be many in one place: their bar has a scale of its own, and is full if all are.
  const shares = bars.flatMap((own) => own.map(({ share }) => share));
  const unit = FILL / (Math.max(0, ...shares) || 1);
  const base = (i: number) => rows.length - 1 - i;
  const drawn = bars.flatMap((own, i) =>
    own.map(({ from, to, share }) => ({ x1: from, x2: to, y1: base(i), y2: base(i) + share * unit })),
  );
  const zeros = rows.flatMap(({ zeros, count }, i) =>
    zero === undefined || zeros === 0
      ? []
      : [{ x1: zero - side, x2: zero + side, y1: base(i), y2: base(i) + (zeros / count) * FILL }],
  );
  const medians = rows.flatMap(({ logs }, i) =>
    logs.length === 0 ? [] : [{ x: median(logs), y1: base(i), y2: base(i) + FILL + 0.06 }],
  );
  const box = { x1: "x1", x2: "x2", y1: "y1", y2: "y2" } as const;
  const fill = theme.series[0]!;
  const names = rows.map(({ name }) => shorten(name, width / 4));
  const facts = rows.map(factsOf);
  const finish: PlotParts["finish"] = (svg) => {
    const y = svg.scale("y")!;
    rows.forEach(({ faults }, i) => {
      const middle = Number(y.apply(base(i) + 0.4)) + 4;
      append(svg, "text", { x: 12, y: middle, "text-anchor": "start", fill: theme.ink }, names[i]!);
      const first = middle - 7 * (facts[i]!.length - 1);
      facts[i]!.forEach((fact, line) => {
        const isAlert = faults > 0 && line === facts[i]!.length - 1;
        const place = { x: width - 12, y: first + 14 * line, "text-anchor": "end" };
        append(svg, "text", { ...place, fill: isAlert ? theme.alert : theme.muted }, fact);
      });
    });
  };
  return drawPlot(
    {
      name: "histograms of gradients",
      description: rows.map(({ name }, i) => `${name}: ${facts[i]!.join(", ")}.`).join(" "),
      x: {
        label: xLabel,
        domain: [zero === undefined ? low : zero - 2 * side, high],
        ticks: zero === undefined ? powers : [zero, ...powers],
        format: (tick) => (tick === zero ? "0" : powerText(tick)),
      },
      y: { label: "", domain: [0, rows.length], ticks: rows.map((_, i) => base(i)), format: () => "" },
      height: 84 + (options.title === undefined ? 0 : 28) + 52 * rows.length,
      marginLeft: 28 + FONT_SIZE * textWidth(names),
      marginRight: 28 + FONT_SIZE * textWidth(facts.flat()),
      marks: [
        rect(drawn, { ...box, fill, stroke: theme.background, strokeWidth: 0.5, className: "plot-bars" }),
        rect(zeros, { ...box, fill: mix(theme.background, theme.muted, 0.7), className: "plot-zeros" }),
        ruleX(medians, {
          x: "x",
          y1: "y1",
          y2: "y2",
          stroke: theme.ink,
          strokeWidth: 1.5,
          className: "plot-medians",
        }),
      ],
      finish,
    },
    options,
  );
}

/** `0.01`, `1e-7`; also of powers that are no numbers. */
function powerText(power: number): string {
  return power >= -3 && power < 6 ? formatNumber(10 ** power) : `1e${power}`;
}

/** Such as `median 0.0012` and `3 of 48 are 0`. */
function factsOf({ count: all, logs, zeros, faults }: LayerGradients): string[] {
  if (all === 0) return ["no gradient"];
  const share = (some: number) => {
    const verb = some === 1 ? "is" : "are";
    return `${count(some, "of", "of")} ${count(all, verb, verb)}`;
  };
  return [
    ...(zeros > 0 ? [`${share(zeros)} 0`] : []),
    ...(logs.length > 0
      ? [`median ${zeros > 0 ? "of others " : ""}${formatNumber(10 ** median(logs), 2)}`]
      : []),
    ...(faults > 0 ? [`${share(faults)} NaN or ±∞`] : []),
  ];
}
