import { describe } from "../check.ts";
import { jsonNumber } from "../json/toJson.ts";

/**
 * A report as JSON: its data, without `text` and `dot`. JSON has no NaN and no infinities, and JavaScript writes −0 as 0
 * and no large integers: these become the strings `"NaN"`, `"Infinity"`, `"-Infinity"`, `"-0"`, which `Number` reads, and
 * the digits of a BigInt.
 *
 * @param report - what {@link findNonFinite}, {@link gradientPaths}, {@link gradCheckPicture}, {@link flowReport},
 *   {@link staleGradients} or {@link diffGraphs} give
 * @param space - of indentation; none unless told
 * @throws TypeError if report is no object
 * @example JSON.parse(reportJson(findNonFinite(value(-1).log()))).forward.node.data // "NaN"
 */
export function reportJson(report: object, space?: number): string {
  if (typeof report !== "object" || report === null || Array.isArray(report)) {
    throw new TypeError(
      `reportJson: report must be what a diagnosis gives, such as findNonFinite(root), got ${describe(report)}.`,
    );
  }
  const { text, dot, ...data } = report as Record<string, unknown>;
  return JSON.stringify(data, storable, space);
}

function storable(_: string, x: unknown): unknown {
  if (typeof x === "bigint") return String(x);
  return typeof x === "number" ? jsonNumber(x) : x;
}
