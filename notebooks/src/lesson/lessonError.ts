/** A lesson that cannot be read, run or built: where, what is wrong, what to do. */
export class LessonError extends Error {
  override readonly name: string = "LessonError";
  /** In the lesson's file, from 1. */
  readonly line: number | undefined;
  /** The cell that shows it, by its index; that of the line unless told. */
  readonly cell: number | undefined;
  constructor(file: string, line: number | undefined, message: string, cell?: number) {
    super(`notebooks/${file}${line === undefined ? "" : `:${line}`}: ${message}`);
    this.line = line;
    this.cell = cell;
  }
}
