import type { GradCheckEntry, GradCheckReport } from "@chainrule/core";
import { formatNumber } from "../formatNumber.ts";
import { count, oneLine } from "../text.ts";

/** Entries that are listed. */
const MOST = 10;

/** A report of gradCheck in words: the rules to blame first. */
export function gradCheckText({ passed, entries, worst, wrongRules, unconnected }: GradCheckReport): string {
  const off = entries.filter(({ verdict }) => verdict !== "right");
  if (passed) {
    return `gradCheck passed: ${count(entries.length, "derivative")} as by central differences, worst relative error ${formatNumber(worst)}.`;
  }
  return [
    `gradCheck failed: ${off.length} of ${count(entries.length, "derivative")} disagree with central differences.`,
    ...wrongRules.map(
      ({ op, operand, operands, rule, numeric }) =>
        `  wrong rule: the partial of ${oneLine(op)} for operand ${operand} is ${rule} at (${operands.join(", ")}), by differences ${numeric}`,
    ),
    ...off.slice(0, MOST).map(entryLine),
    ...(off.length > MOST ? [`  … ${off.length - MOST} more`] : []),
    ...unconnected.map((path) => `  ${oneLine(path)}: the result does not depend on it`),
  ].join("\n");
}

function entryLine({ path, at, analytic, numeric, uncertainty, verdict }: GradCheckEntry): string {
  return `  ${oneLine(path)} at ${at}: gradient ${analytic}, by differences ${numeric} ± ${formatNumber(uncertainty)} (${verdict})`;
}
