import { performance } from "node:perf_hooks";

/** Prints the milliseconds since the first line of the program was read, the accuracy, and what of the grid is positive. */
export function report(accuracy: number, boundary: readonly boolean[]): void {
  const millis = performance.now() - performance.nodeTiming.bootstrapComplete;
  const positive = boundary.filter((isPositive) => isPositive).length / boundary.length;
  console.log(`${millis} ${accuracy} ${positive}`);
}
