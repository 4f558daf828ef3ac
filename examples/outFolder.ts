import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";

/** Where the user stands: `npm start` runs at the root of the repository, but says where it was typed. */
const { INIT_CWD: here = process.cwd() } = process.env;

/** The absolute path of a folder as the user names it. */
export function folderNamed(name: string): string {
  return resolve(here, name);
}

/** Makes the folder if there is none; what keeps files from being written there, or undefined if nothing does. */
export function obstacle(folder: string): string | undefined {
  try {
    makeFolder(folder);
    if (!statSync(folder).isDirectory()) return "there is a file of this name";
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return `this folder cannot be made or written to (${(error as NodeJS.ErrnoException).code})`;
  }
}

/** As mkdir with `recursive`, which in Node 20 does not end where the system refuses folders as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** The path of a folder as the user can open it: relative if it is inside the folder the user stands in. */
export function shownFolder(folder: string, from: string = here): string {
  const path = relative(from, folder) || ".";
  return isAbsolute(path) || path.split(sep)[0] === ".." ? folder : path;
}
