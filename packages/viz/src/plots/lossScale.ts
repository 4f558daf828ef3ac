/** The range and the ticks of a loss axis; `ticks: undefined` leaves them to Plot. */
export interface LossScale {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[] | undefined;
}

/** From 0 to the highest loss. */
export function linearScale(lowest: number, highest: number): LossScale {
  const domain = [Math.min(0, lowest), Math.max(0, highest)] as const;
  return { type: "linear", domain: lowest === 0 && highest === 0 ? [0, 1] : domain, ticks: undefined };
}

/** From one power of ten to another, with ticks at 2 and 5 times them where there is room. */
export function logScale(lowest: number, highest: number): LossScale {
  if (lowest === highest) return { type: "log", domain: [lowest / 2, highest * 2], ticks: [lowest] };
  const low = Math.max(-323, Math.floor(Math.log10(lowest)));
  const high = Math.min(308, Math.ceil(Math.log10(highest)));
  if (highest / lowest < 10) {
    const middle = Math.sqrt(lowest) * Math.sqrt(highest);
    return { type: "log", domain: [lowest, highest], ticks: [lowest, middle, highest] };
  }
  const stride = Math.ceil((high - low) / 8);
  const ticks: number[] = [];
  // The last is as far from the top as they are from one another.
  for (let power = low; power <= high - stride; power += stride) {
    for (const mantissa of high - low <= 3 ? [1, 2, 5] : [1]) ticks.push(Number(`${mantissa}e${power}`));
  }
  const top = Number(`1e${high}`);
  return { type: "log", domain: [Number(`1e${low}`), top], ticks: [...ticks, top] };
}
