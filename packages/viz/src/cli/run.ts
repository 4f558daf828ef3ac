import { readCommandLine } from "./commandLine.ts";
import { diagnose } from "./diagnose.ts";
import { STANDARD } from "./formats.ts";
import { render } from "./render.ts";
import { checkOutputs, type Made, writeFiles } from "./writeOutputs.ts";

/** Where standard output goes. */
export interface Standard {
  readonly isTerminal: boolean;
  readonly write: (data: string | Uint8Array) => Promise<void>;
}

/**
 * Does what the arguments say.
 *
 * @returns what the process ends with: 0, or 1 if a diagnosis finds fault
 * @throws UsageError and what the functions throw
 */
export async function run(argv: readonly string[], standard: Standard): Promise<0 | 1> {
  const task = readCommandLine(argv);
  if (task.kind === "help") {
    await standard.write(task.text);
    return 0;
  }
  const { files, outputs, settings } = task;
  checkOutputs(outputs, files, standard.isTerminal);
  if (task.kind === "render") {
    await write(await render(files[0], outputs, settings), standard);
    return 0;
  }
  const { made, isHealthy } = await diagnose(task.diagnosis, files, outputs, settings);
  await write(made, standard);
  return isHealthy ? 0 : 1;
}

/** Files first: whoever reads standard output may have ended already. */
async function write(made: readonly Made[], standard: Standard): Promise<void> {
  writeFiles(made.filter(({ path }) => path !== STANDARD));
  for (const { path, data } of made) if (path === STANDARD) await standard.write(data);
}
