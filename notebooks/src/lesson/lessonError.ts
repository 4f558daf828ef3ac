/** A lesson that cannot be read, run or built: where, what is wrong, what to do. */
export class LessonError extends Error {
  override readonly name: string = "LessonError";
  constructor(file: string, line: number | undefined, message: string) {
    super(`notebooks/${file}${line === undefined ? "" : `:${line}`}: ${message}`);
  }
}
