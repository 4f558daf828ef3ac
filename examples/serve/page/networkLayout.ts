/** Where neurons stand, in pixels. */
export interface NetworkLayout {
  x(column: number): number;
  y(column: number, node: number): number;
  readonly radius: number;
  /** Factor for line widths, smaller the more lines there are. */
  readonly thinning: number;
  /** The y of the text below the columns. */
  readonly captionsAt: number;
}

const CHARACTER = 6.8;
const CAPTIONS = 44;

/** Columns from left to right, as far apart as there is room beside the names. */
export function layOut(
  sizes: readonly number[],
  room: {
    readonly width: number;
    readonly height: number;
    readonly inputs: readonly string[];
    readonly classes: readonly string[];
  },
): NetworkLayout {
  const tallest = Math.max(...sizes);
  const height = room.height - CAPTIONS;
  const pitch = Math.min(72, height / tallest);
  const radius = Math.min(12, 0.36 * pitch);
  const longest = (names: readonly string[]) => CHARACTER * Math.max(...names.map(({ length }) => length));
  const left = longest(room.inputs) + 20;
  const right = room.width - Math.max(longest(room.classes) + radius + 14, 36);
  return {
    x: (column) => left + ((right - left) * column) / (sizes.length - 1),
    y: (column, node) => height / 2 + (node - (sizes[column]! - 1) / 2) * pitch,
    radius,
    thinning: Math.min(1, 12 / tallest),
    captionsAt: height + 20,
  };
}
