import type { SavedTensors } from "../tensor.ts";
import { nested } from "./nested.ts";
import { numbersToJson } from "./numbersToJson.ts";
import { FORMAT, VERSION } from "./readJson.ts";

/** The JSON form of a model for people: a line for each row of a matrix. {@link modelToJson} says what it looks like. */
export function writeJson({ tensors, metadata }: SavedTensors): string {
  const lines = [...tensors].map(([name, tensor]) => {
    const numbers = numbersToJson(name, nested(tensor));
    return `    ${JSON.stringify(name)}: ${rows(numbers)}`;
  });
  const entries = [
    `  "format": ${JSON.stringify(FORMAT)}`,
    `  "version": ${VERSION}`,
    ...(Object.keys(metadata).length > 0
      ? [`  "metadata": ${JSON.stringify(metadata, undefined, 2).replaceAll("\n", "\n  ")}`]
      : []),
    `  "parameters": {\n${lines.join(",\n")}\n  }`,
  ];
  return `{\n${entries.join(",\n")}\n}\n`;
}

function rows(json: unknown): string {
  if (!Array.isArray(json)) return JSON.stringify(json);
  if (!json.some(Array.isArray)) return `[${json.map((entry) => JSON.stringify(entry)).join(", ")}]`;
  return `[\n${json.map((row) => `      ${rows(row)}`).join(",\n")}\n    ]`;
}
