import { logitsIn } from "../field.ts";
import { type Palette, regionColor } from "./look.ts";

/** For each pixel the class that is most probable, and by how much its logit is ahead of the next. */
interface Regions {
  readonly best: Uint8Array;
  readonly lead: Float32Array;
}

/**
 * Colours each pixel for the class that is most probable there, the paler the less sure, with a line where another one
 * begins.
 *
 * @param field - see `LiveState`
 */
export function drawField(
  canvas: HTMLCanvasElement,
  field: string,
  { cells, classes, theme }: { readonly cells: number; readonly classes: number; readonly theme: Palette },
): void {
  const size = canvas.width;
  const { best, lead } = regionsOf(logitsIn(field), cells, classes, size);
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(size, size);
  const background = channelsOf(theme.background);
  const line = channelsOf(theme.muted);
  const regions = Array.from({ length: classes }, (_, k) => channelsOf(regionColor(k, theme)));
  for (let i = 0; i < best.length; i++) {
    const region = regions[best[i]!]!;
    // Of two classes, tanh(lead/2) is the difference of their probabilities.
    const sureness = 0.35 + 0.65 * Math.tanh(lead[i]! / 2);
    const edge = edgeAt(i, size, { best, lead });
    for (let channel = 0; channel < 3; channel++) {
      const color = background[channel]! + (region[channel]! - background[channel]!) * sureness;
      image.data[4 * i + channel] = color + (line[channel]! - color) * edge;
    }
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/** Between the middles of cells, logits are interpolated. */
function regionsOf(logits: Float32Array, cells: number, classes: number, size: number): Regions {
  const best = new Uint8Array(size * size);
  const lead = new Float32Array(size * size);
  const places = Array.from({ length: size }, (_, i) => between(i, size, cells));
  for (let i = 0; i < best.length; i++) {
    const [top, down] = places[Math.floor(i / size)]!;
    const [left, right] = places[i % size]!;
    const upper = (top * cells + left) * classes;
    const lower = upper + cells * classes;
    let [first, second] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = 0; k < classes; k++) {
      const a = mix(logits[upper + k]!, logits[upper + classes + k]!, right);
      const b = mix(logits[lower + k]!, logits[lower + classes + k]!, right);
      const logit = mix(a, b, down);
      if (logit > first) {
        second = first;
        first = logit;
        best[i] = k;
      } else if (logit > second) second = logit;
    }
    lead[i] = first - second;
  }
  return { best, lead };
}

/** Between the middles of which two cells pixel i lies, and how far from the first; at the border, beyond them. */
function between(i: number, size: number, cells: number): readonly [cell: number, share: number] {
  const at = ((i + 0.5) * cells) / size - 0.5;
  const cell = Math.min(cells - 2, Math.max(0, Math.floor(at)));
  return [cell, at - cell];
}

/** How much of a pixel the line takes: the two pixels beside an edge share it, the closer one has more. */
function edgeAt(i: number, size: number, { best, lead }: Regions): number {
  const column = i % size;
  const neighbours = [
    column > 0 ? i - 1 : i,
    column < size - 1 ? i + 1 : i,
    i >= size ? i - size : i,
    i + size < best.length ? i + size : i,
  ];
  let most = 0;
  for (const j of neighbours) {
    if (best[j] !== best[i]) most = Math.max(most, lead[j]! / (lead[i]! + lead[j]! || 1));
  }
  return most;
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

function channelsOf(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
