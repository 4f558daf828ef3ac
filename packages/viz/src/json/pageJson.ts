/** JSON that can stand in a page: it holds none of the characters that end a script, begin markup or end a line of code. */
export function pageJson(x: object): string {
  return JSON.stringify(x).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
