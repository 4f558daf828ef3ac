#!/usr/bin/env node
// The command chainrule-viz.
import { faultLine, lateFault } from "./faultLine.ts";
import { run, type Standard } from "./run.ts";

const { stdout, stderr } = process;
const writeOut = stdout.write.bind(stdout);

const standard: Standard = {
  isTerminal: stdout.isTTY,
  write: (data) =>
    new Promise((resolve, reject) => {
      writeOut(data, (error) => {
        // Whoever read it has enough, as in `… | head`; on Windows this is called EOF.
        const { code } = (error ?? {}) as NodeJS.ErrnoException;
        if (!error || code === "EPIPE" || code === "EOF") resolve();
        else reject(new Error(`cannot write to standard output: ${error.message}.`));
      });
    }),
};

function end(code: number): void {
  process.removeListener("exit", endedEarly);
  // Modules may have left timers and servers.
  process.exit(code);
}

function fail(error: unknown): void {
  stderr.write(`chainrule-viz: ${faultLine(error)}\n`, () => end(2));
}

/** A module can end the process, or wait for what never comes. */
function endedEarly(): void {
  stderr.write(
    "chainrule-viz: the module ended the process, or waits for what never comes; nothing was made.\n",
  );
  process.exitCode = 2;
}

// Whatever the module prints must not get into the picture.
stdout.write = stderr.write.bind(stderr);
// The callback of write tells of faults, and without a listener they would end the process.
for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
process.on("exit", endedEarly);
process.on("uncaughtException", (error) => fail(lateFault(error)));
run(process.argv.slice(2), standard).then(end, fail);
