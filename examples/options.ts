import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { folderNamed, obstacle, shownFolder } from "./outFolder.ts";
import { type ProblemName, problems } from "./problems.ts";

export interface TrainOptions {
  readonly data: ProblemName;
  readonly epochs?: number;
  readonly seed: number;
  readonly out: string;
}

/**
 * Reads the command line, and makes the folder for the pictures. On a wrong flag or value says what is wrong and what is
 * allowed, and exits with 1.
 */
export function readOptions(argv: readonly string[]): TrainOptions {
  const command = new Command("npm start --")
    .description("Trains a network of scalar Values and draws how gradients flow through it.")
    .addOption(new Option("--data <name>", "what to learn").choices(Object.keys(problems)).default("iris"))
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
    .allowExcessArguments(false)
    .showHelpAfterError("(npm start -- --help lists what is allowed)")
    .addHelpText("after", "\nExample:\n  npm start -- --data moons --epochs 50 --seed 7");
  // Without "--", npm takes an option for one of its own, and passes it on as a variable only.
  const swallowed = ["data", "epochs", "seed", "out"].find((name) => process.env[`npm_config_${name}`]);
  if (swallowed !== undefined) {
    command.error(
      `error: npm took --${swallowed} for itself. Put -- before the options, as in npm start -- --data moons.`,
    );
  }
  const options = command.parse(argv as string[]).opts<TrainOptions>();
  const problem = obstacle(options.out);
  if (problem !== undefined) {
    command.error(
      `error: --out: the pictures cannot go to ${shownFolder(options.out)}: ${problem}. Name another folder.`,
    );
  }
  return options;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
