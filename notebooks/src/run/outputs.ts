import { stripVTControlCharacters } from "node:util";
import { cellAt } from "../lesson/cells.ts";
import type { Lesson } from "../lesson/lesson.ts";
import type { Failure, Output } from "../output.ts";
import type { Run } from "./execute.ts";
import type { RunRecord } from "./recorder.ts";

/** Sorts the record of a run by cells, and makes one stream of writes in a row. `end` says how the process ended. */
export function outputsByCell(lesson: Lesson, records: readonly RunRecord[], end: string): Run {
  const outputs: Output[][] = lesson.cells.map(() => []);
  const firstCode = Math.max(
    0,
    lesson.cells.findIndex(({ kind }) => kind === "code"),
  );
  let latest = firstCode;
  let failed: Run["failure"];
  const fail = (cell: number, failure: Failure) => {
    failed = { cell, failure };
    outputs[cell]?.push(failure);
  };
  for (const record of records) {
    if ("end" in record) return { outputs, ...(failed && { failure: failed }) };
    if ("entered" in record) {
      latest = record.entered;
      continue;
    }
    const { cell, output } = record;
    // Errors raised while modules load belong to no cell; their line does.
    if (output.kind === "failure") fail(cell ?? cellAt(lesson.cells, output.line) ?? latest, output);
    else add(outputs[cell ?? firstCode]!, output);
  }
  if (failed === undefined) {
    const { line } = lesson.cells[latest] ?? { line: 1 };
    fail(latest, {
      kind: "failure",
      name: "Stopped",
      message: `the lesson did not end: ${end}`,
      line,
      trace: [],
    });
  }
  return { outputs, ...(failed && { failure: failed }) };
}

function add(outputs: Output[], output: Output): void {
  if (output.kind !== "stream") {
    outputs.push(output);
    return;
  }
  const text = stripVTControlCharacters(output.text).replaceAll("\r\n", "\n");
  const last = outputs.at(-1);
  if (last?.kind === "stream" && last.name === output.name) {
    outputs[outputs.length - 1] = { ...last, text: last.text + text };
  } else if (text !== "") {
    outputs.push({ ...output, text });
  }
}
