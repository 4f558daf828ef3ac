import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { type Diagnosis, diagnoses } from "./diagnoses.ts";
import { type Format, type Output, STANDARD } from "./formats.ts";
import { drawingOptions, exportOption, outputOptions, type Settings, viewOptions } from "./options.ts";
import { UsageError } from "./usageError.ts";

/** What the command line asks for. */
export type Task =
  | { readonly kind: "help"; readonly text: string }
  | (Work & { readonly kind: "render" })
  | (Work & { readonly kind: "diagnose"; readonly diagnosis: Diagnosis });

interface Work {
  readonly files: readonly string[];
  readonly outputs: readonly Output[];
  readonly settings: Settings;
}

const NAME = "chainrule-viz";
const pictureFormats: readonly Format[] = ["svg", "png", "dot", "html", "json", "text"];
const reportFormats: readonly Format[] = ["text", "json", "svg", "png", "dot"];

const after = `
Where no file is named, or -, an output goes to standard output. Without any output
a graph is shown as text, and everything else as SVG.

Ends with 0, with 1 if a diagnosis finds fault, with 2 if something cannot be done.

Examples:
  ${NAME} graph.ts
  ${NAME} graph.ts --svg graph.svg --look flow
  ${NAME} graph.ts --html steps.html
  ${NAME} --svg graph.svg < graph.dot
  ${NAME} nan graph.ts --svg origin.svg
  ${NAME} paths graph.ts --parameter w --top 3
  ${NAME} flow train.ts --json flow.json`;

/**
 * Reads the arguments of the command, without those of Node.
 *
 * @throws UsageError for what is not known or not allowed
 */
export function readCommandLine(argv: readonly string[]): Task {
  let task: Task | undefined;
  let printed = "";
  const program = new Command(NAME)
    .description("Draws computation graphs and finds what is wrong with their gradients.")
    .version(version(), "--version", "show the version")
    .helpOption("-h, --help", "show this help, or after a command that of the command")
    .argument("[file]", "a module that exports what to draw, DOT or JSON; standard input where none is named")
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      writeErr: () => undefined,
    });
  addOptions(program, "Outputs:", outputOptions(pictureFormats));
  addOptions(program, "What to draw:", [exportOption(), ...viewOptions(), ...drawingOptions()]);
  program.addHelpText("after", after).action((file: string | undefined) => {
    task = { kind: "render", files: file === undefined ? [] : [file], ...sorted(program) };
  });
  for (const diagnosis of diagnoses) {
    const { name, summary, files, options } = diagnosis;
    const command = program.command(name).description(summary);
    for (const [file, words] of Object.entries(files)) command.argument(`<${file}>`, words);
    addOptions(command, "Outputs:", outputOptions(reportFormats));
    addOptions(command, "Options:", [...options(), ...drawingOptions()]);
    command.action(() => {
      const [misplaced] = Object.keys(program.opts());
      if (misplaced !== undefined) throw new UsageError(`options come after ${name}: ${NAME} ${name} …`);
      task = { kind: "diagnose", diagnosis, files: command.args, ...sorted(command) };
    });
  }
  try {
    program.parse(argv as string[], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: "help", text: printed };
    throw new UsageError(inWords(error));
  }
  return task!;
}

function addOptions(command: Command, heading: string, options: Parameters<Command["addOption"]>[0][]): void {
  for (const option of options) command.addOption(option.helpGroup(heading));
}

/** The outputs apart from what else was said. */
function sorted(command: Command): { outputs: Output[]; settings: Settings } {
  const given = Object.entries(command.opts<Record<string, unknown>>());
  const isOutput = ([name]: [string, unknown]) => pictureFormats.includes(name as Format);
  return {
    outputs: given.filter(isOutput).map(([format, path]) => ({
      format: format as Format,
      path: typeof path === "string" ? path : STANDARD,
    })),
    settings: Object.fromEntries(given.filter((entry) => !isOutput(entry))),
  };
}

/** On one line, without what goes before. */
function inWords({ message, code }: CommanderError): string {
  const words = message
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/^option '(--[\w-]+)[^']*' argument '([\s\S]*)' is invalid\./, "$1 $2:");
  const end = /[.)]$/.test(words) ? "" : ".";
  const isUnknown = code === "commander.excessArguments" || code === "commander.unknownCommand";
  const commands = isUnknown ? ` The commands are ${diagnoses.map(({ name }) => name).join(", ")}.` : "";
  return `${words}${end}${commands} ${NAME} --help tells more.`;
}

function version(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
