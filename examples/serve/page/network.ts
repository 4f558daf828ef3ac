import type { LiveSetup, LiveState } from "../live.ts";
import { createLegend } from "./legend.ts";
import { flowScale, formatNumber, palettes, setText, svgElement } from "./look.ts";
import { layOut, type NetworkLayout } from "./networkLayout.ts";
import { shade } from "./shade.ts";

/** Draws a weight or a bias: its gradient, and what is shown when it is pointed at. */
interface Mark {
  color(color: string, width: number): void;
  readonly shape: SVGElement;
  readonly name: string;
}

/** A line for each weight and a circle for each neuron; returns what draws a state. */
export function createNetwork(parent: HTMLElement, setup: LiveSetup): (state: LiveState) => void {
  const { sizes, inputs, classes } = setup;
  const layout = layOut(sizes, { width: parent.clientWidth, height: parent.clientHeight, inputs, classes });
  parent.replaceChildren();
  const svg = svgElement(parent, "svg", { role: "img", "aria-label": describe(setup) });
  const layers = createMarks(svg, sizes, layout);
  const means = createTexts(svg, setup, layout);
  const showScale = createLegend();
  const palette = palettes[shade()];
  const marks = layers.flat();
  let state: LiveState;
  marks.forEach(({ shape, name }, i) => {
    const title = svgElement(shape, "title");
    shape.onpointerenter = () => {
      const [data, grad] = [state.parameters[i]!, state.gradients[i]!].map((x) => formatNumber(x));
      setText(title, `${name} = ${data}, gradient ${grad}`);
    };
  });

  return (next) => {
    state = next;
    const magnitudes = next.gradients.map(Math.abs);
    const scale = flowScale(magnitudes, true, palette);
    marks.forEach((mark, i) => {
      const { color, width } = scale.style(magnitudes[i]!);
      mark.color(color, width);
    });
    let at = 0;
    layers.forEach(({ length }, l) => {
      const total = magnitudes.slice(at, at + length).reduce((sum, x) => sum + x);
      setText(means[l]!, formatNumber(total / length, 2));
      at += length;
    });
    showScale(scale);
  };
}

/** The marks of each layer, in the order of the parameters. */
function createMarks(svg: SVGElement, sizes: readonly number[], layout: NetworkLayout): Mark[][] {
  const { x, y, radius, thinning } = layout;
  const lines = svgElement(svg, "g", { "stroke-linecap": "round" });
  const nodes = svgElement(svg, "g", { stroke: "currentColor" });
  for (let i = 0; i < sizes[0]!; i++) {
    svgElement(nodes, "circle", { cx: x(0), cy: y(0, i), r: 4, fill: "currentColor" });
  }
  return sizes.slice(1).map((size, l) =>
    Array.from({ length: size }, (_, n) => {
      const neuron = `layer ${l + 1}, neuron ${n + 1}`;
      const end = { x2: x(l + 1), y2: y(l + 1, n) };
      const weights = Array.from({ length: sizes[l]! }, (_, i): Mark => {
        const shape = svgElement(lines, "line", { x1: x(l), y1: y(l, i), ...end });
        const color = (stroke: string, width: number) => {
          shape.setAttribute("stroke", stroke);
          shape.setAttribute("stroke-width", (width * thinning).toFixed(2));
        };
        return { shape, name: `${neuron}: w${i}`, color };
      });
      const shape = svgElement(nodes, "circle", { cx: end.x2, cy: end.y2, r: radius });
      return [
        ...weights,
        { shape, name: `${neuron}: b`, color: (fill: string) => shape.setAttribute("fill", fill) },
      ];
    }).flat(),
  );
}

/** The names of inputs, classes and layers; returns for each layer the text below its name. */
function createTexts(svg: SVGElement, setup: LiveSetup, layout: NetworkLayout): SVGElement[] {
  const { sizes, activations, inputs, classes } = setup;
  const { x, y, radius, captionsAt } = layout;
  const last = sizes.length - 1;
  inputs.forEach((name, i) => {
    svgElement(svg, "text", { x: x(0) - 10, y: y(0, i) + 4, class: "name end" }, name);
  });
  classes.forEach((name, i) => {
    svgElement(svg, "text", { x: x(last) + radius + 6, y: y(last, i) + 4, class: "name" }, name);
  });
  svgElement(svg, "text", { x: 0, y: captionsAt + 16 }, "mean |∇|");
  return activations.map((activation, l) => {
    const at = { x: x(l + 1), class: "middle" };
    svgElement(svg, "text", { ...at, y: captionsAt }, activation);
    return svgElement(svg, "text", { ...at, y: captionsAt + 16 });
  });
}

function describe({ inputs, sizes, classes }: LiveSetup): string {
  const hidden = sizes.slice(1, -1).join(" and ");
  return `A network from ${inputs.join(" and ")} over ${hidden} hidden neurons to ${classes.join(", ")}.`;
}
