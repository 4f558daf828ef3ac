import { quoted } from "../quoted.ts";

/** More than any file of ours needs, and few enough for functions that call themselves. */
const DEEPEST = 32;

/**
 * Parses JSON that may be hostile.
 *
 * `JSON.parse` keeps the last of several entries of one name without a word, and makes arrays in arrays without end:
 * both are refused here. The name `__proto__` becomes an entry like other names.
 *
 * @param what - whose text it is, as in `loadModelJson: the text`
 * @throws TypeError if it is not JSON, RangeError for a name twice in one object, or more than 32 levels
 */
export function parseJson(what: string, text: string): unknown {
  checkStructure(what, text);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw notJson(what, error);
  }
}

/** Goes through the text once, whether or not it is JSON, with the names of each object that is open. */
function checkStructure(what: string, text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let string = "";
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case '"': {
        const end = endOfString(text, i);
        string = text.slice(i, end);
        i = end - 1;
        break;
      }
      case "{":
      case "[":
        if (open.push(text[i] === "{" ? new Set() : undefined) <= DEEPEST) break;
        throw new RangeError(`${what} has more than ${DEEPEST} arrays and objects inside each other.`);
      case "}":
      case "]":
        open.pop();
        break;
      case ":": {
        const names = open.at(-1);
        // Decoded, because "a" and "\u0061" are the same name.
        const name = nameIn(what, string);
        if (names?.has(name)) {
          throw new RangeError(`${what} has the name ${quoted(name)} twice in one object.`);
        }
        names?.add(name);
      }
    }
  }
}

/** The index after the closing quote, or that of the text if there is none. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return Math.min(i + 1, text.length);
}

function nameIn(what: string, string: string): string {
  try {
    return JSON.parse(string) as string;
  } catch (error) {
    throw notJson(what, error);
  }
}

function notJson(what: string, error: unknown): TypeError {
  const reason = error instanceof Error ? error.message.replace(/\s+/g, " ") : String(error);
  return new TypeError(`${what} is not JSON: ${reason}.`, { cause: error });
}

/** An object that is not an array. */
export function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === "object" && x !== null && !Array.isArray(x);
}
