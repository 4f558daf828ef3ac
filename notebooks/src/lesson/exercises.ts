import type { Cell } from "./cells.ts";
import { LessonError } from "./lessonError.ts";
import { type Role, roleOf } from "./marker.ts";

/** Work for students: indices of cells. */
export interface Exercise {
  readonly stub: number;
  readonly solutions: readonly number[];
  readonly checks: readonly number[];
}

/** Whom a page or notebook is for: it holds the stubs, or the solutions. */
export type Variant = "student" | "solution";

/**
 * The exercises of a lesson: a stub, then its solution, then its checks, each one cell of code or more, with markdown
 * between them at will.
 *
 * @throws LessonError for one that is not whole, or tags out of order
 */
export function exercisesOf(cells: readonly Cell[], file: string): readonly Exercise[] {
  const found: { stub: number; solutions: number[]; checks: number[] }[] = [];
  let open: Role | undefined;
  cells.forEach((cell, i) => {
    const { kind, line } = cell;
    const tag = roleOf(cell);
    if (kind === "markdown") return;
    const last = found.at(-1);
    const isInOrder =
      (tag === undefined && (open === undefined || open === "check")) ||
      (tag === "exercise" && (open === undefined || open === "check")) ||
      (tag === "solution" && (open === "exercise" || open === "solution")) ||
      (tag === "check" && (open === "solution" || open === "check"));
    if (!isInOrder) {
      throw new LessonError(
        file,
        line,
        `a cell tagged ${tag ?? "not at all"} follows ${open ?? "no exercise"}. Write the exercise (a stub), then its solution, then its check.`,
      );
    }
    open = tag;
    if (tag === "exercise") found.push({ stub: i, solutions: [], checks: [] });
    if (tag === "solution") last!.solutions.push(i);
    if (tag === "check") last!.checks.push(i);
  });
  if (open === "exercise" || open === "solution") {
    const { line } = cells[found.at(-1)!.stub]!;
    throw new LessonError(file, line, "the exercise has no check. Add a cell tagged check, with assertions.");
  }
  return found;
}

/** Whether a reader of this variant gets to see the cell. */
export function isIn(variant: Variant, { kind, tags }: Cell): boolean {
  if (tags.includes("solution")) return variant === "solution";
  return kind === "markdown" || !tags.includes("exercise") || variant === "student";
}
