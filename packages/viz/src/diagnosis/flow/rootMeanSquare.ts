/** The root of the mean square of numbers that come one by one. */
interface RootMeanSquare {
  readonly add: (x: number) => void;
  /** 0 of no numbers; NaN or ∞ only if one of them is not finite. */
  readonly result: () => number;
}

/** Squares are taken of numbers divided by the largest, so that none of them under- or overflows. */
export function newRootMeanSquare(): RootMeanSquare {
  let count = 0;
  let largest = 0;
  /** Of squares of numbers / largest. */
  let squares = 0;
  let notFinite = 0;
  return {
    add(x) {
      const size = Math.abs(x);
      count++;
      if (!Number.isFinite(size)) notFinite += size;
      else if (size > largest) {
        squares = 1 + squares * (largest / size) ** 2;
        largest = size;
      } else if (size > 0) squares += (size / largest) ** 2;
    },
    result: () => {
      if (notFinite !== 0) return notFinite;
      return largest === 0 ? 0 : largest * Math.sqrt(squares / count);
    },
  };
}

/** The root of the mean square of numbers. */
export function rootMeanSquare(xs: readonly number[]): number {
  const size = newRootMeanSquare();
  for (const x of xs) size.add(x);
  return size.result();
}
