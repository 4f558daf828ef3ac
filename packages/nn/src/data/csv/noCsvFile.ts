/** Stands for the reading of files in browsers. @throws Error that says what to use instead */
export async function readText(caller: string, _path: string): Promise<string> {
  throw new Error(`${caller}: there are no files here, as in a browser. Use parseCsv for text.`);
}
