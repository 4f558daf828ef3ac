import { expect, test } from "vitest";
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

function rowOf(name: string, { symbol, arity, partials }: Op): string {
  const y = value(0.5, "y");
  if (typeof partials === "function") {
    const xs = ["x₁", "x₂"].map((label, i) => value(i + 1, label));
    const operands = {
      dot: [...xs, value(3, "y₁"), value(4, "y₂")],
      softmax: [0, ...xs],
      unitEntry: [0, ...xs],
    };
    const given = operands[name.replace("Entry", "") as "dot"] ?? operands[name as "dot"] ?? xs;
    const rules = (partials as PartialN)(given, y).map(formula);
    return `| ${name} | ${symbol} | ${given.map(formula).join(", ")} | ${rules.join(" · ")} |`;
  }
  const operands = ["a", "b", "c"].slice(0, arity).map((label) => value(0.5, label));
  const rules = partials.map((rule) =>
    formula(typeof rule === "function" ? (rule as (...xs: Scalar[]) => Scalar)(...operands, y) : rule),
  );
  return `| ${name} | ${symbol} | ${operands.map(formula).join(", ")} | ${rules.join(" · ")} |`;
}

const HEAD = `# Operations and their derivatives

Printed from the declarations in \`packages/core/src/ops\`; a test compares them. One rule per operand, \`y\` is the
result, \`none\` means that no gradient flows to the operand. Operations on arrays are shown for two entries.

| operation | symbol | operands | partial derivatives |
|---|---|---|---|
`;

test("docs/operations.md is what the declarations say (update it with `npx vitest run -u`)", async () => {
  const rows = operations.map(([name, { op }]) =>
    rowOf(name, op).replaceAll("|x|", "\\|x\\|").replaceAll("‖", "\\|"),
  );
  await expect(`${HEAD}${rows.join("\n")}\n`).toMatchFileSnapshot("../../../docs/operations.md");
});
