import { type ParseResult, parse } from "@babel/parser";
import { LessonError } from "./lessonError.ts";
import { type Marker, markerOf, type Tag } from "./marker.ts";

/** A part of a lesson: from a marker to the next. */
export interface Cell extends Marker {
  readonly kind: "markdown" | "code";
  readonly tags: readonly Tag[];
  /** Of the marker, from 1. */
  readonly line: number;
  /** Of the first line of the source, which has no blank lines around it. */
  readonly firstLine: number;
  /** Code, or markdown without its `// `. Of an exercise: the stub, ready to run. */
  readonly source: string;
}

/**
 * Cells of a lesson in percent format. A marker is a `// %%` comment from the first column, outside of every statement:
 * in strings, templates, block comments and functions the same text is no marker.
 *
 * @param file - named in errors
 * @throws LessonError for source that cannot be parsed, a malformed marker, code before the first marker, or markdown
 *   cells that hold code
 */
export function splitCells(source: string, file: string): readonly Cell[] {
  const lines = source.split("\n");
  const markers = markersOf(source, file);
  const first = markers[0]?.[0] ?? lines.length + 1;
  const stray = lines.slice(0, first - 1).findIndex((line) => line.trim() !== "");
  if (stray >= 0) throw new LessonError(file, stray + 1, 'no cell begins here. Put a marker above, "// %%".');
  return markers.map(([line, marker], i) => {
    const end = (markers[i + 1]?.[0] ?? lines.length + 1) - 1;
    const cell = { ...marker, line, ...trimmed(lines.slice(line, end), line + 1) };
    const isText = cell.kind === "markdown" || cell.tags.includes("exercise");
    return isText ? { ...cell, source: uncomment(cell, file) } : cell;
  });
}

/** The index of the cell in which a line of the file stands; undefined for none. */
export function cellAt(cells: readonly Cell[], line: number | undefined): number | undefined {
  if (line === undefined) return undefined;
  const index = cells.findLastIndex((cell) => cell.line <= line);
  return index < 0 ? undefined : index;
}

/** Of a cell in notebooks and pages: by its place among all cells, so the same for students and in solutions. */
export function cellId(index: number): string {
  return `cell-${String(index + 1).padStart(2, "0")}`;
}

function markersOf(source: string, file: string): readonly (readonly [number, Marker])[] {
  const { program, comments } = parseLesson(source, file);
  const isInStatement = (at: number) => program.body.some(({ start, end }) => start! < at && at < end!);
  return (comments ?? []).flatMap(({ type, value, start, loc }) => {
    if (type !== "CommentLine" || loc!.start.column !== 0 || isInStatement(start!)) return [];
    const marker = markerOf(value, file, loc!.start.line);
    return marker === undefined ? [] : [[loc!.start.line, marker] as const];
  });
}

/** @throws LessonError naming the line that is no TypeScript */
export function parseLesson(source: string, file: string): ParseResult {
  try {
    return parse(source, { sourceType: "module", plugins: ["typescript"], attachComment: false });
  } catch (error) {
    const { message, loc } = error as SyntaxError & { readonly loc?: { readonly line: number } };
    throw new LessonError(file, loc?.line, message.replace(/ \(\d+:\d+\)$/, ""));
  }
}

function trimmed(lines: readonly string[], from: number): { firstLine: number; source: string } {
  const isFull = (line: string) => line.trim() !== "";
  const first = lines.findIndex(isFull);
  if (first < 0) return { firstLine: from, source: "" };
  return { firstLine: from + first, source: lines.slice(first, lines.findLastIndex(isFull) + 1).join("\n") };
}

function uncomment({ kind, firstLine, source }: Cell, file: string): string {
  const lines = source.split("\n");
  const code = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("//"));
  if (code >= 0) {
    throw new LessonError(
      file,
      firstLine + code,
      kind === "markdown"
        ? 'code in a markdown cell. Begin a cell of code with "// %%".'
        : "code in a stub, which would run beside the solution. Write the stub in comments, each line after // and a space.",
    );
  }
  return lines.map((line) => line.replace(/^\/\/ ?/, "").trimEnd()).join("\n");
}
