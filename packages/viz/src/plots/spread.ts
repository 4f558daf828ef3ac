/**
 * Moves places apart until each is `gap` from the next, as little as can be (in the sum of squares), within limits
 * if they fit.
 *
 * @param places - ascending
 * @example spread([10, 12, 50], 10, [0, 100]) // [6, 16, 50]
 */
export function spread(
  places: readonly number[],
  gap: number,
  [lowest, highest]: readonly [number, number],
): number[] {
  // Less i·gap each, they need only not descend: isotonic regression, by pooling those that do.
  const pools: { mean: number; size: number }[] = [];
  places.forEach((place, i) => {
    let pool = { mean: place - i * gap, size: 1 };
    while (pools.length > 0 && pools.at(-1)!.mean > pool.mean) {
      const { mean, size } = pools.pop()!;
      pool = { mean: (mean * size + pool.mean * pool.size) / (size + pool.size), size: size + pool.size };
    }
    pools.push(pool);
  });
  const last = highest - (places.length - 1) * gap;
  const means = pools.flatMap(({ mean, size }) => Array.from({ length: size }, () => mean));
  return means.map((mean, i) => Math.max(lowest, Math.min(mean, last)) + i * gap);
}
