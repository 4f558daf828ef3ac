import { randomUUID } from "node:crypto";
import { chmod, open, readFile, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** Half a gigabyte, which as Values would take many: no model is larger, and text of that length still is one string. */
const LARGEST = 500_000_000;

/**
 * Writes a file so that its path holds either the old bytes or all of the new, whatever happens: to a temporary file
 * beside it, synchronised with the disk, then renamed.
 *
 * A link stays a link, and a file keeps its permissions. If the process is killed, the temporary file may stay.
 *
 * @throws Error that says why it cannot be written, with the error of the system as its cause
 * @see POSIX.1-2017, System Interfaces, rename()
 */
export async function writeFileAtomically(
  caller: string,
  path: string,
  data: string | Uint8Array,
): Promise<void> {
  await saying(`${caller}: cannot write ${JSON.stringify(path)}`, "its folder does not exist", async () => {
    const target = await targetOf(path);
    const old = await stat(target).catch(() => undefined);
    if (old !== undefined) checkIsFile(old);
    // Not the name with an ending: that could get too long.
    const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
    try {
      const file = await open(temporary, "wx");
      try {
        await file.writeFile(data);
        await file.sync();
      } finally {
        await file.close();
      }
      if (old !== undefined) await chmod(temporary, old.mode);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  });
}

/**
 * The bytes of a file.
 *
 * @throws Error that says why it cannot be read, with the error of the system as its cause
 */
export async function readBytes(caller: string, path: string): Promise<Uint8Array> {
  return saying(`${caller}: cannot read ${JSON.stringify(path)}`, "there is no such file", async () => {
    // Before it is opened, because a pipe would wait for a writer, and a device may have no end.
    const found = await stat(path);
    checkIsFile(found);
    if (found.size > LARGEST) throw new Error(`it has ${found.size} bytes, at most ${LARGEST} are read`);
    return readFile(path);
  });
}

/** The file that a path leads to, through links; it may be yet to come. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const link = await readlink(path).catch(() => undefined);
    if (link === undefined) return path;
    // A link in a circle has no real path either, and no end.
    await stat(path).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    });
    return targetOf(resolve(await realpath(dirname(path)), link));
  }
}

function checkIsFile(found: { isFile(): boolean; isDirectory(): boolean }): void {
  if (found.isDirectory()) throw new Error("it is a folder. Give the path of a file");
  if (!found.isFile()) throw new Error("it is not a regular file");
}

const reasons: ReadonlyMap<unknown, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "the disk is read-only"],
  ["ENOSPC", "the disk is full"],
  ["ENOTDIR", "a part of the path is not a folder"],
  ["ENAMETOOLONG", "the name is too long"],
]);

/** Puts the errors of the file system into words. */
async function saying<Result>(what: string, missing: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code: unknown = "code" in error ? error.code : undefined;
    const reason = code === "ENOENT" ? missing : (reasons.get(code) ?? error.message);
    throw new Error(`${what}: ${reason}.`, { cause: error });
  }
}
