import { transformSync } from "esbuild";
import type { Exercise } from "../lesson/exercises.ts";
import type { Lesson } from "../lesson/lesson.ts";

/** What a cell's marker becomes; the child process puts the function there. */
export const ENTER_CELL = "chainrule.enterCell";

/**
 * The lesson as a program of the same lines, in which each marker is a call that says which cell begins.
 *
 * @param attempt - an exercise to run with its stub, and no farther than its checks; the solutions run unless told
 */
export function programOf({ lines, cells }: Lesson, attempt?: Exercise): string {
  const program = [...lines];
  const last = attempt?.checks.at(-1) ?? cells.length;
  cells.forEach(({ kind, tags, line, firstLine, source }, i) => {
    if (kind === "markdown") return;
    const isStub = tags.includes("exercise");
    const runs = i <= last && (isStub ? i === attempt?.stub : !attempt?.solutions.includes(i));
    const sourceLines = source.split("\n");
    const replacement = runs ? sourceLines : sourceLines.map(() => "");
    program.splice(firstLine - 1, replacement.length, ...replacement);
    // The semicolon keeps it apart from a statement without one.
    program[line - 1] = runs ? `;globalThis[Symbol.for("${ENTER_CELL}")](${i});` : "";
  });
  return program.join("\n");
}

/** JavaScript that Node can run, with a map to the lines of the lesson. */
export function compileProgram(program: string, path: string): string {
  return transformSync(program, {
    loader: "ts",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    sourcefile: path,
    sourcesContent: false,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  }).code;
}
