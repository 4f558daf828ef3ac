import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { folderNamed, obstacle, shownFolder } from "./outFolder.ts";
import { type ProblemName, problems } from "./problems.ts";

export interface TrainOptions {
  readonly data: ProblemName;
  readonly epochs?: number;
  readonly seed: number;
  readonly out: string;
  /** Of the pictures. */
  readonly theme: "light" | "dark";
  /** Whether to serve a page that trains in place of training here. */
  readonly serve?: boolean;
  readonly port?: number;
}

/**
 * Reads the command line, and makes the folder for the pictures. On a wrong flag or value says what is wrong and what is
 * allowed, and exits with 1.
 */
export function readOptions(argv: readonly string[]): TrainOptions {
  const command = new Command("npm start --")
    .description("Trains a network of scalar Values and draws how gradients flow through it.")
    .addOption(
      new Option("--data <name>", "what to learn")
        .choices(Object.keys(problems))
        .default("iris", "iris; moons with --serve"),
    )
    .addOption(
      new Option(
        "--epochs <number>",
        "passes over the data, 1 to 100000 (default: enough for the data set)",
      ).argParser(wholeNumber(1, 100_000)),
    )
    .addOption(
      new Option("--seed <number>", "seed of everything random, 0 to 4294967295")
        .argParser(wholeNumber(0, 4_294_967_295))
        .default(1),
    )
    .addOption(
      new Option("--out <folder>", "where the pictures go")
        .argParser(folderNamed)
        .default(resolve("out"), "out"),
    )
    .addOption(new Option("--theme <theme>", "of the pictures").choices(["light", "dark"]).default("light"))
    .addOption(new Option("--serve", "serves a page, to this machine only, on which it trains live"))
    .addOption(
      new Option("--port <number>", "where --serve listens, 1 to 65535 (default: a free one)").argParser(
        wholeNumber(1, 65_535),
      ),
    )
    .allowExcessArguments(false)
    .showHelpAfterError("(npm start -- --help lists what is allowed)")
    .addHelpText(
      "after",
      "\nExamples:\n  npm start -- --data moons --epochs 50 --seed 7\n  npm start -- --serve",
    );
  // Without "--", npm takes an option for one of its own, and passes it on as a variable only.
  const swallowed = ["data", "epochs", "seed", "out", "theme", "serve", "port"].find(
    (name) => process.env[`npm_config_${name}`],
  );
  if (swallowed !== undefined) {
    command.error(
      `error: npm took --${swallowed} for itself. Put -- before the options, as in npm start -- --data moons.`,
    );
  }
  const options = command.parse(argv as string[]).opts<TrainOptions>();
  if (options.serve) return checkServed(command, options);
  if (options.port !== undefined) {
    command.error("error: --port: only a page has a port. Add --serve, or leave --port out.");
  }
  const problem = obstacle(options.out);
  if (problem !== undefined) {
    command.error(
      `error: --out: the pictures cannot go to ${shownFolder(options.out)}: ${problem}. Name another folder.`,
    );
  }
  return options;
}

/** Refuses what a page cannot do. */
function checkServed(command: Command, options: TrainOptions): TrainOptions {
  const isGiven = (name: string) => command.getOptionValueSource(name) === "cli";
  const useless = ["epochs", "out", "theme"].find(isGiven);
  if (useless !== undefined) {
    command.error(
      `error: --${useless}: the page trains until it is paused, writes no files, and is as dark as the system. Leave --${useless} or --serve out.`,
    );
  }
  const data = isGiven("data") ? options.data : "moons";
  const { inputs } = problems[data](options.seed);
  if (inputs.length !== 2) {
    command.error(
      `error: --data: the page draws data of 2 inputs, and ${data} has ${inputs.length}. Choose another, or leave --serve out.`,
    );
  }
  return { ...options, data };
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
