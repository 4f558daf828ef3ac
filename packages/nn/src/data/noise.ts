import { checkNumber } from "../check.ts";

/** Checks a standard deviation of noise. */
export function checkNoise(caller: string, noise: number): void {
  checkNumber(`${caller}: noise`, noise, "a finite number ≥ 0", (x) => x >= 0 && Number.isFinite(x));
}
