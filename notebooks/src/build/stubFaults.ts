import type { Exercise } from "../lesson/exercises.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { LessonError } from "../lesson/lessonError.ts";
import { type ExecuteOptions, execute } from "../run/execute.ts";

/**
 * Runs each exercise with its stub, and the solutions of those before it: the stub must run, and the check must fail. That
 * the solutions pass is what the run of the lesson proves.
 */
export async function stubFaults(
  lesson: Lesson,
  options: Omit<ExecuteOptions, "attempt"> = {},
): Promise<readonly LessonError[]> {
  const faults: LessonError[] = [];
  for (const [i, exercise] of lesson.exercises.entries()) {
    const fault = await stubFault(lesson, { ...options, attempt: exercise });
    if (fault === undefined) continue;
    faults.push(
      new LessonError(lesson.file, lesson.cells[exercise.stub]!.line, `exercise ${i + 1}: ${fault}`),
    );
  }
  return faults;
}

async function stubFault(
  lesson: Lesson,
  options: ExecuteOptions & { readonly attempt: Exercise },
): Promise<string | undefined> {
  const { failure: failed } = await execute(lesson, options);
  if (failed === undefined)
    return "its checks pass with the stub. Assert something that only a solution does.";
  const { cell, failure } = failed;
  if (failure.name !== "Stopped" && options.attempt.checks.includes(cell)) return undefined;
  return (
    `with the stub the cell in line ${lesson.cells[cell]!.line} fails (${failure.name}: ${failure.message}). ` +
    "The stub must run, and a check must fail: leave a wrong answer, or throw inside of a function."
  );
}
