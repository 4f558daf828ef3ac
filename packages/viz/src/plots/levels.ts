/**
 * Round numbers between two, about ten of them, for contours.
 *
 * @example linearLevels(0, 1) // [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
 */
export function linearLevels(low: number, high: number): number[] {
  const rough = (high - low) / 10;
  const power = Math.floor(Math.log10(rough));
  const mantissa = [1, 2, 5, 10].find((candidate) => candidate * 10 ** power >= rough * 0.999) ?? 10;
  const first = Math.floor(low / (mantissa * 10 ** power));
  // Written in decimal, since 3 · 0.1 is not 0.3.
  const levels = Array.from({ length: 20 }, (_, i) => Number(`${(first + i) * mantissa}e${power}`));
  return [...new Set(levels)].filter((level) => level > low && level < high);
}

/**
 * Powers of ten between two, with others between them where these are few.
 *
 * @example logLevels(0.3, 30) // [0.5, 1, 2, 5, 10, 20]
 */
export function logLevels(low: number, high: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const decades = last - first;
  const mantissas = decades <= 4 ? [1, 2, 5] : decades <= 7 ? [1, 3] : [1];
  const stride = Math.ceil((last - first) / 12);
  const levels: number[] = [];
  for (let power = first; power <= last; power += stride) {
    for (const mantissa of mantissas) levels.push(Number(`${mantissa}e${power}`));
  }
  return levels.filter((level) => level > low && level < high);
}
