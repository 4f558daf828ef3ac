import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as core from "../src/index.ts";
import { type Op, type Scalar, Value, value } from "../src/index.ts";
import type { PartialN } from "../src/op.ts";
import { operations } from "./operations.ts";

const INFIX = new Set(["add", "sub", "mul", "div", "scale"]);

/** A scalar as a formula: labels, numbers, `f(x)` and infix signs. */
function formula(x: Scalar | null): string {
  if (x === null) return "none";
  if (typeof x === "number") return String(x).replace("-", "−");
  if (x.op === undefined) return x.label!;
  const operands = x.operands.map(formula);
  if (!INFIX.has(x.op.name)) return `${x.op.name}(${operands.join(", ")})`;
  const parts = x.operands.map((operand, i) =>
    operand instanceof Value && operand.op !== undefined && INFIX.has(operand.op.name)
      ? `(${operands[i]})`
      : operands[i],
  );
  return parts.join(` ${x.op.symbol} `);
}

/** What the docstring of an operation says it is: its first sentence. */
function summaryOf(name: string): string {
  const pattern = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export const ${name}\\b`);
  const comment = sources.flatMap((source) => pattern.exec(source)?.[1] ?? []).join(" ");
  const text = comment.replace(/\s*\n\s*\* ?/g, " ").trim();
  return /^(.*?)(?:\. |\.$| @)/.exec(`${text} @`)?.[1] ?? "";
}

const folder = new URL("../src/ops/", import.meta.url);
const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));

/** The names of the operands, from the declaration where it names them. */
function namesOf({ value: declared, arity }: Op): string[] {
  const names = /^\(([\w, ]+)\) =>/.exec(String(declared))?.[1]?.split(", ") ?? [];
  return names.length === arity
    ? names.map((name) => name.replace(/^_/, ""))
    : ["a", "b", "c"].slice(0, arity);
}

function rowOf(name: string, op: Op): string {
  const y = value(0.5, "y");
  const { arity, partials } = op;
  if (typeof partials === "function") {
    const xs = ["x₁", "x₂"].map((label, i) => value(i + 1, label));
    const indexed = name.endsWith("Entry");
    const operands = indexed ? [0, ...xs] : name === "dot" ? [...xs, value(3, "y₁"), value(4, "y₂")] : xs;
    const call = name === "dot" ? "dot(xs, ys)" : indexed ? `${name}([k, …xs])` : `${name}(xs)`;
    const rules = (partials as PartialN)(operands, y).map(formula);
    return `| \`${call}\` | ${summaryOf(name)} | ${rules.join(" · ")} |`;
  }
  const names = namesOf(op);
  const operands = names.map((label) => value(0.5, label));
  const rules = partials.map((rule) =>
    formula(typeof rule === "function" ? (rule as (...xs: Scalar[]) => Scalar)(...operands, y) : rule),
  );
  return `| \`${name}(${names.slice(0, arity).join(", ")})\` | ${summaryOf(name)} | ${rules.join(" · ")} |`;
}

function tableOf(rows: readonly [string, { op: Op }][]): string {
  const head = "| call | what it is | partial derivatives |\n|---|---|---|\n";
  return (
    head +
    rows
      .map(([name, { op }]) => rowOf(name, op).replaceAll("|a|", "\\|a\\|").replaceAll("‖", "\\|"))
      .join("\n")
  );
}

const TEXT = `# Operations and their derivatives

Every operation takes numbers or Values. Numbers give a number, a Value among the operands gives a Value. Those with one
to three operands, and \`max\` and \`min\` of two, are methods too: \`mul(a, b)\` is \`a.mul(b)\`.

Printed from the declarations in \`packages/core/src/ops\`, and compared with them by a test. One rule for each operand;
\`y\` is the result, \`none\` means that no gradient flows to the operand. Operations on arrays are shown for two entries;
\`softmax(xs)\` gives one \`softmaxEntry\` for each entry.

`;

test("docs/operations.md is what the declarations say (update it with `npx vitest run -u`)", async () => {
  const isPublic = ([name]: readonly [string, unknown]) => name in core;
  const text = [
    TEXT + tableOf(operations.filter(isPublic)),
    "## What derivatives are made of\n\nThese are not exported; you meet them in the graphs of derivatives.",
    tableOf(operations.filter((entry) => !isPublic(entry))),
  ].join("\n\n");
  await expect(`${text}\n`).toMatchFileSnapshot("../../../docs/operations.md");
});
