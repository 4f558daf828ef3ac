import { formatNumber } from "../../../formatNumber.ts";
import { setText, svgElement } from "../elements.ts";

const [WIDTH, HEIGHT] = [300, 150];
/** Where the curve is: from the left and the top of the picture, to its right and bottom. */
const [LEFT, TOP, RIGHT, BOTTOM] = [66, 22, 292, 122];

/** Above this factor between the largest and the smallest loss its logarithm is drawn. */
const MOST = 100;

/**
 * The curve of the loss, with a line at the frame that is shown.
 *
 * @param goTo - called with the frame that was pointed at
 */
export function createLossPlot(
  svg: SVGSVGElement,
  losses: readonly number[],
  every: number,
  goTo: (frame: number) => void,
): (frame: number) => void {
  const last = losses.length - 1;
  const finite = losses.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const isLog = low > 0 && high / low > MOST;
  const scaled = (loss: number) => (isLog ? Math.log(loss) : loss);
  const x = (frame: number) => LEFT + ((RIGHT - LEFT) * frame) / (last || 1);
  const span = scaled(high) - scaled(low) || 1;
  const y = (loss: number) => BOTTOM - ((BOTTOM - TOP) * (scaled(loss) - scaled(low))) / span;
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svgElement("path", { class: "axis", d: `M${LEFT} ${TOP}V${BOTTOM}H${RIGHT}` }, svg);
  svgElement("path", { class: "curve", d: curve() }, svg);
  const cursor = svgElement("path", { class: "cursor" }, svg);
  const dot = svgElement("circle", { r: 4 }, svg);
  const label = (text: string, left: number, top: number, anchor: string) =>
    svgElement("text", { x: left, y: top, class: anchor }, svg, text);
  if (finite.length > 0) {
    // Left of the axis, where no curve is.
    if (high > low) label(formatNumber(high), LEFT - 6, TOP + 5, "end");
    label(formatNumber(low), LEFT - 6, BOTTOM + 5, "end");
    if (isLog) label("log scale", RIGHT, TOP - 8, "end");
  }
  label("0", LEFT, HEIGHT - 12, "");
  label(String(last * every), RIGHT, HEIGHT - 12, "end");
  const step = label("step", (LEFT + RIGHT) / 2, HEIGHT - 12, "");
  svg.onpointerdown = svg.onpointermove = (event) => {
    if (event.buttons === 0) return;
    const { left, width } = svg.getBoundingClientRect();
    const at = (((event.clientX - left) / width) * WIDTH - LEFT) / (RIGHT - LEFT);
    goTo(Math.round(Math.min(1, Math.max(0, at)) * last));
  };
  return (frame) => {
    const loss = losses[frame]!;
    cursor.setAttribute("d", `M${x(frame)} ${TOP - 6}V${BOTTOM}`);
    dot.setAttribute("cx", String(x(frame)));
    dot.setAttribute("cy", String(Number.isFinite(loss) ? y(loss) : TOP));
    dot.setAttribute("class", Number.isFinite(loss) ? "" : "lx");
    setText(step, `step ${frame * every}`);
  };

  /** Interrupted where the loss is not finite. */
  function curve(): string {
    let pen = "M";
    return losses
      .map((loss, frame) => {
        if (!Number.isFinite(loss)) {
          pen = "M";
          return "";
        }
        const point = `${pen}${x(frame).toFixed(1)} ${y(loss).toFixed(1)}`;
        pen = "L";
        return point;
      })
      .join("");
  }
}
