import { InvalidArgumentError, Option } from "commander";
import { type Format, objection, STANDARD } from "./formats.ts";

/** What the options hold: those of the functions under the same names, and what is of the command line alone. */
export interface Settings {
  readonly export?: string;
  readonly look?: "teaching" | "flow";
  readonly theme?: "light" | "dark";
  readonly direction?: "LR" | "TB";
  readonly legend?: boolean;
  readonly title?: string;
  readonly quiz?: boolean;
  readonly collapse?: "none" | "neurons" | "layers" | "auto";
  readonly fold?: boolean;
  readonly focus?: string;
  readonly depth?: number;
  readonly ancestorsOnly?: boolean;
  readonly paramsOnly?: boolean;
  readonly scale?: number;
  readonly timeout?: number;
  readonly force?: boolean;
  readonly parameter?: string;
  readonly top?: number;
  readonly point?: string;
  readonly mode?: "full" | "fast";
  readonly tolerance?: number;
  readonly learningRate?: number;
  readonly threshold?: Readonly<Record<string, number>>;
}

const words: Readonly<Record<Format, string>> = {
  text: "a table for terminals",
  svg: "a picture",
  png: "a picture in pixels",
  dot: "the language of Graphviz",
  html: "a page that steps through backpropagation",
  json: "the data",
};

/** An option for each format, whose file is standard output where none is named. */
export function outputOptions(formats: readonly Format[]): Option[] {
  return formats.map((format) => {
    const file = (path: string, previous: unknown) => {
      if (previous !== undefined) throw new InvalidArgumentError("It was given before: once is enough.");
      const wrong = path === STANDARD ? undefined : objection(format, path);
      if (wrong !== undefined) throw new InvalidArgumentError(wrong);
      return path;
    };
    return new Option(`--${format} [file]`, words[format]).argParser(file);
  });
}

export function exportOption(): Option {
  return new Option("--export <name>", "which export of the module");
}

/** What to show of a graph, and how. */
export function viewOptions(): Option[] {
  return [
    new Option("--look <look>", "all numbers, or the sizes of the gradients").choices(["teaching", "flow"]),
    new Option("--theme <theme>", "of the page around it").choices(["light", "dark"]),
    new Option("--direction <way>", "left to right, or top to bottom").choices(["LR", "TB"]),
    new Option("--legend", "with a legend"),
    new Option("--no-legend", "without one"),
    new Option("--title <title>", "of a page or of a network"),
    new Option("--quiz", "a page that asks for the gradients"),
    new Option("--collapse <level>", "what is one node").choices(["none", "neurons", "layers", "auto"]),
    new Option("--fold", "w·x + b as one Σ node"),
    new Option("--focus <label>", "only what is near this node"),
    new Option("--depth <edges>", "how near; 3 unless told").argParser(numberFrom(0, 1e6, "a whole number")),
    new Option("--ancestors-only", "of that, only what it was computed from"),
    new Option("--params-only", "the parameters and what depends on them"),
  ];
}

/** How to draw, whatever it is. */
export function drawingOptions(): Option[] {
  return [
    new Option("--scale <factor>", "pixels of a PNG for each point; 2 unless told").argParser(
      numberFrom(0.1, 20),
    ),
    new Option("--timeout <ms>", "for the layout; 10000 unless told").argParser(numberFrom(1, 1e8)),
    new Option("--force", "draw even what is too large to read"),
  ];
}

/** Reads a number; `kind` may ask for a whole one. */
export function numberFrom(
  least: number,
  most: number,
  kind: "a number" | "a whole number" = "a number",
): (text: string) => number {
  return (text) => {
    const number = Number(text);
    const isRight = text.trim() !== "" && number >= least && number <= most;
    if (isRight && (kind === "a number" || Number.isInteger(number))) return number;
    throw new InvalidArgumentError(`It must be ${kind} from ${least} to ${most}.`);
  };
}

/** Gathers `name=number` into a record. */
export function assignment(names: readonly string[]) {
  return (text: string, previous: Readonly<Record<string, number>> = {}): Record<string, number> => {
    const [name = "", number = "", ...rest] = text.split("=");
    if (rest.length > 0 || !names.includes(name) || !(Number(number) > 0)) {
      throw new InvalidArgumentError(`It must be name=number, above 0; the names are ${names.join(", ")}.`);
    }
    return { ...previous, [name]: Number(number) };
  };
}
