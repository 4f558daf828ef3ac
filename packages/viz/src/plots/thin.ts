/**
 * Of a long series the lowest and the highest of each stretch, so that no spike is lost; the first and the last too.
 *
 * @returns positions in the series, ascending; all of them up to 2 `stretches` + 2
 */
export function thinSeries(series: readonly number[], stretches: number): number[] {
  const n = series.length;
  if (n <= 2 * stretches + 2) return Array.from({ length: n }, (_, i) => i);
  const kept = new Set([0]);
  for (let s = 0; s < stretches; s++) {
    const [from, to] = [Math.floor((s * n) / stretches), Math.floor(((s + 1) * n) / stretches)];
    let [lowest, highest] = [from, from];
    for (let i = from; i < to; i++) {
      if (series[i]! < series[lowest]!) lowest = i;
      if (series[i]! > series[highest]!) highest = i;
    }
    kept.add(Math.min(lowest, highest)).add(Math.max(lowest, highest));
  }
  return [...kept.add(n - 1)];
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * At most so many of n positions, one from each of equal stretches. Where in its stretch follows the golden ratio, since
 * every hundredth of a periodic data set might all be of one class.
 */
export function thinPoints(n: number, most: number): number[] {
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.floor(((i + ((i * GOLDEN) % 1)) * n) / most));
}
