import { randomUUID } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Output, STANDARD } from "./formats.ts";
import { UsageError } from "./usageError.ts";

/** An output with what is to be written. */
export interface Made extends Output {
  readonly data: string | Uint8Array;
}

/**
 * Before anything is computed: whether the outputs can be written at all.
 *
 * @throws UsageError with the one that cannot
 */
export function checkOutputs(
  outputs: readonly Output[],
  inputs: readonly string[],
  isTerminal: boolean,
): void {
  const taken = new Map(inputs.map((input) => [resolve(input), "is read"]));
  for (const { format, path } of outputs) {
    const target = path === STANDARD ? path : resolve(path);
    const use = taken.get(target);
    if (use !== undefined) {
      const name = path === STANDARD ? "standard output" : path;
      throw new UsageError(`--${format}: ${name} ${use} already. Name another file.`);
    }
    taken.set(target, `is for --${format}`);
    if (path === STANDARD && format === "png" && isTerminal) {
      throw new UsageError(
        "--png: a terminal cannot show it. Name a file, or send it on: --png - > graph.png.",
      );
    }
    if (path !== STANDARD) checkFile(format, path);
  }
}

function checkFile(format: string, path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new UsageError(`--${format}: ${path} is a folder. Name a file in it.`);
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) {
    throw new UsageError(
      `--${format}: cannot write ${path}: there is no folder ${dirname(path)}. Make it first.`,
    );
  }
  // Of what is no file, such as /dev/null, the folder does not change.
  const touched = found === undefined ? [folder] : found.isFile() ? [path, folder] : [path];
  naming(format, path, () => {
    for (const one of touched) accessSync(one, constants.W_OK);
  });
}

/**
 * Writes the files: first all under other names beside them, so that none is ever there in part, and none is changed
 * unless all fit. A link stays a link, and a file keeps its permissions.
 */
export function writeFiles(files: readonly Made[]): void {
  const staged: { readonly made: Made; readonly temporary: string; readonly target: string }[] = [];
  try {
    for (const made of files) {
      naming(made.format, made.path, () => {
        const target = existsSync(made.path) ? realpathSync(made.path) : resolve(made.path);
        const old = statSync(target, { throwIfNoEntry: false });
        if (old !== undefined && !old.isFile()) return writeFileSync(target, made.data);
        const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
        staged.push({ made, temporary, target });
        writeFileSync(temporary, made.data, { flag: "wx" });
        if (old !== undefined) chmodSync(temporary, old.mode);
      });
    }
    for (const { made, temporary, target } of staged) {
      naming(made.format, made.path, () => renameSync(temporary, target));
    }
  } finally {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
  }
}

const reasons: ReadonlyMap<unknown, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "the disk is read-only"],
  ["ENOSPC", "the disk is full"],
  ["ENOENT", "no file can be made there"],
  ["ENOTDIR", "a part of the path is not a folder"],
  ["ENAMETOOLONG", "the name is too long"],
]);

/** Puts the errors of the file system into words. */
function naming(format: string, path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `--${format}: cannot write ${path}: ${reasons.get(code) ?? message}. Name another file.`,
    );
  }
}
