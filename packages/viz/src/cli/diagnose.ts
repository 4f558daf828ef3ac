import { reportJson } from "../diagnosis/reportJson.ts";
import { checkApplies } from "./checkApplies.ts";
import type { Diagnosis } from "./diagnoses.ts";
import { type Output, STANDARD } from "./formats.ts";
import type { Settings } from "./options.ts";
import { pictures } from "./pictures.ts";
import type { Made } from "./writeOutputs.ts";

/** Runs a diagnosis. Its text goes to standard output, unless something else does. */
export async function diagnose(
  { name, options, run }: Diagnosis,
  files: readonly string[],
  outputs: readonly Output[],
  settings: Settings,
): Promise<{ readonly made: Made[]; readonly isHealthy: boolean }> {
  const isSilent = outputs.some(({ format, path }) => path === STANDARD || format === "text");
  const wanted: readonly Output[] = isSilent ? outputs : [...outputs, { format: "text", path: STANDARD }];
  const own = options().map((option) => option.attributeName());
  const drawing = wanted.flatMap(({ format }) => pictures[format]?.options ?? []);
  checkApplies(
    settings,
    [...own, ...drawing],
    `${name} with ${wanted.map(({ format }) => `--${format}`).join(", ")}`,
  );
  const { report, isHealthy } = await run(files, settings);
  const made: Made[] = [];
  for (const output of wanted) made.push({ ...output, data: await dataOf(output) });
  return { made, isHealthy };

  async function dataOf({ format }: Output): Promise<string | Uint8Array> {
    if (format === "text") return `${report.text}\n`;
    if (format === "json") return `${reportJson(report, 2)}\n`;
    return (await pictures[format]?.draw(report.dot, settings)) ?? report.dot;
  }
}
