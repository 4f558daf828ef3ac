import { decodeUtf8 } from "../../saving/decodeUtf8.ts";
import { readBytes } from "../../saving/files.ts";

/** The text of a file. @throws Error if it cannot be read, TypeError if it is not UTF-8 */
export async function readText(caller: string, path: string): Promise<string> {
  const bytes = await readBytes(caller, path);
  return decodeUtf8(`${caller}: ${JSON.stringify(path)}`, bytes);
}
