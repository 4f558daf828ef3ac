import { formatNumber } from "../../../formatNumber.ts";
import { type Bounds, boundsOf, cornersOf, sizeOf } from "../bounds.ts";
import { setText } from "../elements.ts";
import { nameOf, numberOr, shortTitle } from "../names.ts";
import { drawBox } from "../nodeBox.ts";
import { createPart, type Part } from "../part.ts";
import type { StepNode } from "../stepGraph.ts";

/** What a node is, frame by frame. */
export interface NodeFrames {
  readonly number: (frame: number) => number;
  readonly gradient: (frame: number) => number | undefined;
  readonly level: (frame: number) => string;
}

/** The largest letters of a name that stands alone, in pixels of the picture, and how wide they are for their height. */
const [LARGEST, WIDTH] = [30, 0.66];

/** A box with a name, and the number and gradient of a frame; from far with the name alone, as large as can be. */
export function createNode(node: StepNode, box: Bounds, frames: NodeFrames): Part<number> {
  const [width, height] = sizeOf(box);
  const isSmall = node.kind === "constant";
  return createPart(boundsOf(cornersOf(box), 4), (group) => {
    const [name, data, grad] = drawBox(group, node, box);
    const y = name.getAttribute("y")!;
    const alone = shortName(node);
    let wasFar = false;
    return (frame, isFar) => {
      const number = formatNumber(frames.number(frame));
      setText(name, isSmall ? number : isFar ? alone : shortTitle(node));
      if (isFar !== wasFar) {
        const size = Math.min(LARGEST, height - 8, (width - 12) / (WIDTH * [...alone].length));
        name.style.fontSize = isFar ? `${size}px` : "";
        name.setAttribute("y", isFar ? String(0.35 * size) : y);
        wasFar = isFar;
      }
      if (!isFar && !isSmall) {
        setText(data, `data ${number}`);
        setText(grad, `grad ${numberOr("—", frames.gradient(frame))}`);
      }
      return `node ${node.kind} l${frames.level(frame)}`;
    };
  });
}

/** Of a parameter's path the last part, of an operation without a name its symbol: `w0`, `tanh`. */
function shortName(node: StepNode): string {
  const { kind, label, op } = node;
  if (op !== undefined && label === "") return op.symbol;
  return kind === "parameter" ? label.split(".").at(-1)! : nameOf(node);
}
