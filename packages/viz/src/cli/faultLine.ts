import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { terminalText } from "../text/listing.ts";
import { UsageError } from "./usageError.ts";

/** The name of a function before its message, such as `toSvg: `. */
const CALLER = /^[a-z]+[A-Z]\w*: /;
/** An option as the functions take it, such as `{ collapse: "layers" }`. */
const OPTION = /\{ (\w+): "?(\w+)"? \}/g;
/** A frame of a call stack in a file: the file, line and column. */
const FRAME = /(?:^\s+at (?:async )?|\()((?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/;

/**
 * An error on one line, in the words of the command line.
 *
 * @example faultLine(new RangeError("toSvg: too large. Pass { force: true }.")) // "too large. Pass --force."
 */
export function faultLine(error: unknown): string {
  if (!(error instanceof Error)) return terminalText(`threw ${String(error)}`);
  const message = error.message
    .replace(CALLER, "")
    .replace(
      OPTION,
      (_, name: string, given: string) => flagOf(name) + (given === "true" ? "" : ` ${given}`),
    );
  return oneLine(message || error.name);
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function oneLine(text: string): string {
  return terminalText(text.trim().replace(/\s*\n\s*/g, " "));
}

/**
 * The same for what was thrown while a module ran, after the line of the module that is to blame. What no line of the
 * module led to is given back as it is: the call itself was wrong.
 *
 * @param isLoading - then it is the module, or one that it loads, in any case
 */
export function moduleFault(error: unknown, path: string, isLoading: boolean): unknown {
  if (error instanceof UsageError) return error;
  if (!(error instanceof Error)) return new UsageError(`${shownPath(path)} ${faultLine(error)}.`);
  const files = framesOf(error);
  const own = files.find(({ file }) => file === path) ?? (isLoading ? files.find(isOutside) : undefined);
  if (own === undefined && !isLoading) return error;
  const unreadable = error instanceof SyntaxError && own === undefined ? syntaxFault(path) : undefined;
  return inModule(error, own === undefined ? shownPath(path) + (unreadable ?? "") : placeOf(own));
}

/** The same for what was thrown later, by whichever module. */
export function lateFault(error: unknown): unknown {
  const frame = error instanceof Error ? framesOf(error).find(isOutside) : undefined;
  return frame === undefined ? error : inModule(error as Error, placeOf(frame));
}

function inModule({ name, message }: Error, place: string): UsageError {
  return new UsageError(`${place}: ${message.startsWith(name) ? "" : `${name}: `}${oneLine(message)}`);
}

interface Frame {
  readonly file: string;
  readonly at: string;
}

function framesOf({ stack = "" }: Error): Frame[] {
  return stack.split("\n").flatMap((line) => {
    const [, file, row, column] = FRAME.exec(line) ?? [];
    return file === undefined ? [] : [{ file: fileOf(file), at: `${row}:${column}` }];
  });
}

/** Whether it is not of installed packages, nor of the command itself. */
function isOutside({ file }: Frame): boolean {
  return !/[\\/]node_modules[\\/]/.test(file) && !file.startsWith(import.meta.dirname);
}

function placeOf({ file, at }: Frame): string {
  return `${shownPath(file)}:${at}`;
}

/** The line of a module that Node cannot read, such as `:3`, which only Node itself tells. */
function syntaxFault(path: string): string | undefined {
  const { stderr } = spawnSync(process.execPath, ["--check", path], { encoding: "utf8" });
  return /(:\d+)\r?\n/.exec(stderr)?.[1];
}

function fileOf(place: string): string {
  const [file = ""] = place.split("?");
  return file.startsWith("file://") ? fileURLToPath(file) : file;
}

/** As short as can be from the present folder. */
function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.length >= path.length ? path : short;
}
