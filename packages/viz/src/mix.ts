/**
 * Between two colours `#rrggbb`: the first where share is 0, the second where it is 1.
 *
 * @example mix("#000000", "#ffffff", 0.2) // "#333333"
 */
export function mix(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(at, at + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
