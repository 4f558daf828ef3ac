import { checkApplies } from "./checkApplies.ts";
import { rootOfExport } from "./chooseExport.ts";
import { endingOf, type Format, type Output, STANDARD } from "./formats.ts";
import { loadModule } from "./loadModule.ts";
import type { Settings } from "./options.ts";
import { pictures } from "./pictures.ts";
import { readStandardInput, readTextFile } from "./readText.ts";
import { type Subject, subjectOfRoot, subjectOfText } from "./subject.ts";
import { UsageError } from "./usageError.ts";
import type { Made } from "./writeOutputs.ts";

const TEXTS: readonly string[] = [".dot", ".gv", ".json"];

/** Draws a module, a file of DOT or JSON, or what comes on standard input. */
export async function render(
  input: string | undefined,
  outputs: readonly Output[],
  settings: Settings,
): Promise<Made[]> {
  const subject = await subjectOf(input, settings);
  const wanted = outputs.length > 0 ? outputs : [{ format: subject.usual, path: STANDARD }];
  const formats = wanted.map(({ format }) => format);
  const ways = formats.map((format) => wayTo(subject, format));
  checkApplies(
    settings,
    ["export", ...ways.flatMap(({ options }) => options)],
    `${formats.map((format) => `--${format}`).join(", ")} of ${subject.kind}`,
  );
  // All before any is written: a failure leaves no half of the files.
  const made: Made[] = [];
  for (const [i, { make }] of ways.entries()) made.push({ ...wanted[i]!, data: await make() });
  return made;

  function wayTo(of: Subject, format: Format) {
    const picture = pictures[format];
    if (picture !== undefined) {
      const draw = async () => picture.draw(await of.dot.make(settings), settings);
      return { options: [...of.dot.options, ...picture.options], make: draw };
    }
    const way = of[format as "text"];
    if (way !== undefined) return { options: way.options, make: async () => way.make(settings) };
    throw new UsageError(`--${format} needs a graph of Values, got ${of.kind}. Write --svg, --png or --dot.`);
  }
}

async function subjectOf(input: string | undefined, settings: Settings): Promise<Subject> {
  if (input !== undefined && input !== STANDARD && !TEXTS.includes(endingOf(input))) {
    return subjectOfRoot(await rootOfExport(await loadModule(input), settings.export));
  }
  if (settings.export !== undefined) {
    throw new UsageError("--export names an export of a module, and there is none here. Leave it out.");
  }
  const isStandard = input === undefined || input === STANDARD;
  return subjectOfText(isStandard ? await readStandardInput() : readTextFile(input));
}
