import { formatNumber } from "../formatNumber.ts";
import { oneLine } from "../text.ts";
import { nameOf } from "./calculation.ts";
import type { GradientPath, GradientPaths } from "./gradientPaths.ts";

/** Steps of a path at each of its ends, where it is too long to show. */
const STEPS = 5;

/** A gradient and its largest paths in words. */
export function gradientPathsText(of: Omit<GradientPaths, "text" | "dot">): string {
  const { root, parameter, gradient, count, absoluteSum, paths } = of;
  const [above, below] = [root.label || "root", parameter?.label || "parameter"].map(oneLine);
  const name = `∂${above}/∂${below}`;
  if (count === 0n) {
    const why = parameter === null ? "it is not below the root" : "all ways are stopped";
    return `${name} = 0: no path leads from the parameter to the root, ${why}.`;
  }
  const sizes = `their sizes add up to ${formatNumber(absoluteSum)}`;
  const sum = Number.isNaN(of.sum)
    ? `by ${pathCount(count)}, which cannot be summed: ${whyNoSum(absoluteSum)}`
    : `the sum of ${pathCount(count)} (${sizes})`;
  return [
    `${name} = ${formatNumber(gradient)}, ${sum}.`,
    ...paths.flatMap((path, i) => [
      `${i + 1}. ${productOf(path)}${shareOf(path, absoluteSum)}: ${stepsOf(path)}`,
      ...(path.smallest < 0 ? [] : [`   ${smallestOf(path)}`]),
    ]),
  ].join("\n");
}

function whyNoSum(absoluteSum: number): string {
  return Number.isNaN(absoluteSum)
    ? "NaN or ∞ × 0 on the way"
    : "some products, or their sums, are ∞ and others −∞";
}

/** Such as `1 path` or `1,024 paths`, exactly; above 24 digits such as `about 10^301 paths`. */
export function pathCount(count: bigint): string {
  if (count < 10n ** 24n)
    return `${String(count).replace(/\B(?=(\d{3})+$)/g, ",")} path${count === 1n ? "" : "s"}`;
  // Hexadecimal digits take time in proportion to their number; decimal ones take the square of it.
  const digits = count.toString(16);
  const log10 = Math.log10(Number.parseInt(digits.slice(0, 12), 16)) + (digits.length - 12) * Math.log10(16);
  return `about 10^${Math.floor(log10)} paths`;
}

/** The product, by its exponent where it is too small or too large for a number. */
export function productOf({ product, log10 }: GradientPath): string {
  const isLost = Number.isFinite(log10) && (product === 0 || !Number.isFinite(product));
  return isLost ? `±10^${formatNumber(log10)}` : formatNumber(product);
}

/** Such as `smallest factor 0.001: ∂(tanh)/∂(x)`. */
export function smallestOf({ nodes, factors, smallest }: GradientPath): string {
  const [operand, result] = [nodes[smallest]!, nodes[smallest + 1]!];
  return `smallest factor ${formatNumber(factors[smallest]!)}: ∂(${nameOf(result)})/∂(${nameOf(operand)})`;
}

function shareOf({ product }: GradientPath, absoluteSum: number): string {
  const share = (100 * Math.abs(product)) / absoluteSum;
  return Number.isFinite(share) ? ` (${formatNumber(share, 3)} % of the sizes)` : "";
}

/** Such as `x —2→ x·w —1→ +`; of a long path the two ends, and the product between. */
function stepsOf({ nodes, factors }: GradientPath): string {
  const step = (i: number) => `—${formatNumber(factors[i]!)}→ ${nameOf(nodes[i + 1]!)}`;
  const all = factors.map((_, i) => i);
  const isLong = all.length > 2 * STEPS + 1;
  const shown = isLong
    ? [
        ...all.slice(0, STEPS).map(step),
        `… ${all.length - 2 * STEPS} steps …`,
        ...all.slice(-STEPS).map(step),
      ]
    : all.map(step);
  return [nameOf(nodes[0]!), ...shown].join(" ");
}
