/**
 * A report as JSON: its data, without `text` and `dot`. JSON has no NaN, no infinities and no large integers: these
 * become the strings `"NaN"`, `"Infinity"`, `"-Infinity"`, and the digits of a BigInt.
 *
 * @param report - what {@link findNonFinite}, {@link gradientPaths}, {@link gradCheckPicture} or {@link flowReport} give
 * @param space - of indentation; none unless told
 * @example JSON.parse(reportJson(findNonFinite(value(-1).log()))).forward.node.data // "NaN"
 */
export function reportJson(report: object, space?: number): string {
  const { text, dot, ...data } = report as Record<string, unknown>;
  return JSON.stringify(data, storable, space);
}

function storable(_: string, x: unknown): unknown {
  if (typeof x === "bigint") return String(x);
  return typeof x === "number" && !Number.isFinite(x) ? String(x) : x;
}
