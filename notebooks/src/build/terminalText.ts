import { plainText } from "../mime.ts";
import type { Output } from "../output.ts";
import type { Run } from "../run/execute.ts";

/** A run as the terminal has it, cell by cell. */
export function terminalText({ outputs }: Run): string {
  return outputs.flat().map(textOf).join("");
}

function textOf(output: Output): string {
  switch (output.kind) {
    case "stream":
      return output.text;
    case "display":
      return `${plainText(output.data, output.description)}\n`;
    case "failure":
      return `${[`${output.name}: ${output.message}`, ...output.trace].join("\n    ")}\n`;
  }
}
