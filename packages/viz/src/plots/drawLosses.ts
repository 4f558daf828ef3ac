import { dot, lineY } from "@observablehq/plot";
import { formatNumber } from "../formatNumber.ts";
import { count } from "../text.ts";
import { drawPlot, themeOf } from "./drawPlot.ts";
import { marginFor, nameEnds } from "./endLabels.ts";
import { lineStyle } from "./looks.ts";
import type { LossCurveOptions } from "./lossCurve.ts";
import type { LossScale } from "./lossScale.ts";
import type { Series } from "./lossSeries.ts";
import { thinSeries } from "./thin.ts";
import { extent } from "./tickText.ts";

/** The lines with axes, title and names, as SVG text. */
export function drawLosses(series: readonly Series[], scale: LossScale, options: LossCurveOptions): string {
  const { xLabel = "epoch", yLabel = "loss", width = 640 } = options;
  const theme = themeOf(options);
  const epochs = Math.max(...series.map(({ losses }) => losses.length));
  const lines = series.map(({ losses }) =>
    thinSeries(losses, width).map((i) => ({ epoch: i + 1, loss: losses[i]! })),
  );
  const isThinned = lines.some((line, i) => line.length < series[i]!.losses.length);
  const marks = lines.flatMap((data, i) => {
    const line = lineStyle(i, theme);
    return [
      lineY(data, { x: "epoch", y: "loss", strokeWidth: 2, ...line }),
      dot(data.slice(-1), { x: "epoch", y: "loss", fill: line.stroke, r: 3 }),
    ];
  });
  const parts = {
    name: "loss curve",
    description: series.map(describeSeries).join(" "),
    note: isThinned
      ? `${count(epochs, "epoch")}, thinned: the lowest and the highest of every ${Math.ceil(epochs / width)} are drawn`
      : undefined,
    x: {
      label: xLabel,
      domain: epochs === 1 ? ([0, 2] as const) : ([1, epochs] as const),
      ticks: epochs <= 10 ? Array.from({ length: epochs }, (_, i) => i + 1) : undefined,
      format: String,
    },
    y: {
      label: yLabel,
      ...scale,
      nice: scale.type === "linear",
      format: (loss: number) => formatNumber(loss),
    },
    height: 360,
    marginRight: marginFor(
      series.map(({ name }) => name),
      width,
    ),
    marks,
  };
  return drawPlot(
    {
      ...parts,
      finish: (svg, size) => {
        const [x, y] = [svg.scale("x")!, svg.scale("y")!];
        const ends = series.map(({ name, losses }, i) => ({
          name,
          color: lineStyle(i, theme).stroke,
          x: Number(x.apply(losses.length)),
          y: Number(y.apply(losses.at(-1))),
        }));
        nameEnds(svg, ends, { ...size, background: theme.background });
      },
    },
    options,
  );
}

/** Such as `train: 50 epochs, from 1 to 0.086; the lowest is 0.081.` */
function describeSeries({ name, losses }: Series): string {
  const [first, last, lowest] = [losses[0]!, losses.at(-1)!, extent(losses)[0]].map((loss) =>
    formatNumber(loss),
  );
  return `${name === "" ? "" : `${name}: `}${count(losses.length, "epoch")}, from ${first} to ${last}; the lowest is ${lowest}.`;
}
