import { evaluate } from "./apply.ts";
import { topologicalOrder } from "./graph.ts";
import { type Checks, withMode } from "./mode.ts";
import { contribution, numberOf, numericPartials } from "./partials.ts";
import { clock, type Scalar, type Value } from "./value.ts";

/**
 * Thrown by `backward()` where a graph is out of date, and under {@link checked} where a number or a gradient first
 * stops being finite.
 */
export class CheckError extends Error {
  override readonly name = "CheckError";
  /** The node at fault. */
  readonly node: Value;
  /** Where the node was created, as `file:line:column`; `undefined` if the engine cannot tell. */
  readonly createdAt: string | undefined;

  constructor(message: string, node: Value, createdAt: string | undefined) {
    super(createdAt === undefined ? message : `${message}\n  created at ${createdAt}`);
    this.node = node;
    this.createdAt = createdAt;
  }
}

/** The call stack at which a node was created under checks. */
const origins = new WeakMap<Value, string>();

/**
 * Runs f with checks on: the first operation that gives NaN or ±∞ throws, and so does the first gradient of a
 * `backward()` that does. The error names the operation, its operands and the line that created the node. Slow; for
 * finding faults.
 *
 * @returns what f returns
 * @throws CheckError at the first fault
 * @throws TypeError if f is asynchronous: what runs later would not be checked
 * @example checked(() => value(2).log().data) // 0.6931471805599453
 */
export function checked<R>(f: () => R): R {
  return withMode("checked", { checks }, f);
}

const checks: Checks = {
  recorded(node) {
    origins.set(node, new Error().stack ?? "");
    if (!Number.isFinite(node.data)) throw fault(`${expression(node)} is ${node.data}.${blame(node)}`, node);
  },
  beforeBackward(root) {
    const order = topologicalOrder(root);
    const adjoints = new Map<Value, number>([[root, 1]]);
    for (const node of order.reverse()) {
      if (node.op !== undefined && adjoints.has(node)) checkContributions(node, adjoints);
    }
  },
};

/**
 * Throws if something below root was computed from leaves that have changed since.
 *
 * @throws CheckError naming the operation
 */
export function checkUpToDate(root: Value): void {
  if (root.stamp === clock.now) return;
  for (const node of topologicalOrder(root)) checkFresh(node);
}

function checkFresh(node: Value): void {
  if (node.op === undefined) return;
  const now = evaluate(node.op, node.operands.map(numberOf));
  if (Object.is(now, node.data)) return;
  throw fault(
    `${expression(node)} was ${node.data} when it was computed and would be ${now} now: ` +
      "the data of an operand changed since. Build the expression again after changing data.",
    node,
  );
}

function checkContributions(node: Value, adjoints: Map<Value, number>): void {
  const adjoint = adjoints.get(node)!;
  const partials = numericPartials(node);
  node.operands.forEach((operand, slot) => {
    const partial = partials[slot]!;
    if (typeof operand === "number" || partial === null) return;
    const total = (adjoints.get(operand) ?? 0) + contribution(adjoint, partial, node.op!);
    if (!Number.isFinite(total)) {
      throw fault(
        `the gradient becomes ${total} at operand ${slot + 1} of ${expression(node)} = ${node.data}: ` +
          `${adjoint} from above × a local derivative of ${partial}.`,
        node,
      );
    }
    adjoints.set(operand, total);
  });
}

/** Which operand was at fault before the operation was. */
function blame(node: Value): string {
  const at = node.operands.findIndex((operand) => !Number.isFinite(numberOf(operand)));
  return at < 0 ? "" : ` Operand ${at + 1} was ${numberOf(node.operands[at]!)} before.`;
}

/** The operation with its operands, such as `log(x = 0)`. */
function expression(node: Value): string {
  const shown = node.operands.slice(0, 6).map(named);
  const rest = node.operands.length > 6 ? `, … ${node.operands.length} in all` : "";
  const label = node.label === undefined ? "" : `${node.label} = `;
  return `${label}${node.op!.name}(${shown.join(", ")}${rest})`;
}

function named(x: Scalar): string {
  if (typeof x === "number") return String(x);
  return x.label === undefined ? String(x.data) : `${x.label} = ${x.data}`;
}

function fault(message: string, node: Value): CheckError {
  return new CheckError(message, node, callerOf(origins.get(node)));
}

/** A frame of a call stack: its place, and in that the file. */
const FRAME = /(?:file:\/\/)?(([^\s()]+):\d+:\d+)\)?$/;

/** Where this package's own code is, as call stacks name it: this file's folder, or the bundle it is in. */
const ownPlace = FRAME.exec(framesOf(new Error().stack)[0] ?? "")?.[2]?.replace(/checks\.[jt]s$/, "");

function framesOf(stack: string | undefined): string[] {
  return stack?.split("\n").filter((line) => FRAME.test(line)) ?? [];
}

/** The first place outside this package in a call stack. */
function callerOf(stack: string | undefined): string | undefined {
  const outside = framesOf(stack).find((frame) => ownPlace === undefined || !frame.includes(ownPlace));
  return FRAME.exec(outside ?? "")?.[1];
}
