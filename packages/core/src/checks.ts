import { evaluate } from "./apply.ts";
import { callSite } from "./callSite.ts";
import { topologicalOrder, walk } from "./graph.ts";
import { type Checks, mode, withMode } from "./mode.ts";
import { contribution, isValue, numberOf, numericPartials } from "./partials.ts";
import { clock, type Scalar, type Value } from "./value.ts";

/**
 * Thrown where derivatives are asked of a graph that is out of date, and under {@link checked} where a number or a
 * derivative first stops being finite.
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

/** Where the tangent of a node first was not finite, in forward mode. */
const tangentFaults = new WeakMap<Value, CheckError>();

/** The call stack at which a node was created under checks. */
const origins = new WeakMap<Value, string>();

/**
 * Runs f with checks on: the first operation on Values that gives NaN or ±∞ throws, and so does the first derivative
 * that does, of `backward()` or of a transform such as `grad`. The error names the operation, its operands and the line
 * that created the node. Operations on plain numbers alone leave no node, and are not looked at. Slow; for finding
 * faults.
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
    origins.set(node, deepStack());
    if (!isDeriving && !Number.isFinite(node.data))
      throw fault(`${expression(node)} is ${node.data}.${blame(node)}`, node);
  },
  beforeBackward(root) {
    const order = topologicalOrder(root);
    const adjoints = new Map<Value, number>([[root, 1]]);
    for (const node of order.reverse()) {
      if (node.op !== undefined && adjoints.has(node)) checkContributions(node, adjoints);
    }
  },
  sent(node, slot, adjoint, partial, total) {
    if (Number.isFinite(numberOf(total))) return;
    throw fault(
      `the gradient becomes ${numberOf(total)} at operand ${slot + 1} of ${expression(node)} = ${node.data}: ` +
        `${numberOf(adjoint)} from above × a local derivative of ${numberOf(partial)}.`,
      node,
    );
  },
  // A branch may not be taken further on: what arrives at an output counts, and where it comes from is to blame.
  pushed(node, slot, tangent, partial, total) {
    if (Number.isFinite(numberOf(total)) || tangentFaults.has(node)) return;
    const inherited = tangentFaults.get(node.operands[slot] as Value);
    const message =
      `the tangent of ${expression(node)} = ${node.data} becomes ${numberOf(total)} by operand ${slot + 1}: ` +
      `a local derivative of ${numberOf(partial)} × ${numberOf(tangent)} from below.`;
    tangentFaults.set(node, inherited ?? fault(message, node));
  },
  arrived(output, tangent) {
    const found = tangentFaults.get(output);
    if (found !== undefined && !Number.isFinite(numberOf(tangent))) throw found;
  },
  deriving(f) {
    const wasDeriving = isDeriving;
    isDeriving = true;
    try {
      return f();
    } finally {
      isDeriving = wasDeriving;
    }
  },
};

/** Whether a rule may be running. It may build a branch that is not taken, such as log(0) for the slope of 0². */
let isDeriving = false;

/** The call stack, deep enough to reach the user's line from within nested derivatives. */
function deepStack(): string {
  const limited = Error as ErrorConstructor & { stackTraceLimit?: number };
  const limit = limited.stackTraceLimit;
  if (limit !== undefined) limited.stackTraceLimit = 200;
  const { stack } = new Error();
  if (limit !== undefined) limited.stackTraceLimit = limit;
  return stack ?? "";
}

/**
 * Throws if something below the roots was computed from leaves that have changed since. What is found up to date gets
 * the present tick. A trace has no numbers to compare.
 *
 * @throws CheckError naming the operation
 */
export function checkUpToDate(roots: readonly Value[]): void {
  if (mode.tracer !== undefined || roots.every(isOfNow)) return;
  const older = walk(roots, { until: { has: isOfNow } }).filter((node) => !isOfNow(node));
  for (const node of older) checkFresh(node);
  for (const node of older) node.stamp = clock.now;
  clock.isRead = true;
}

/** Whether a node is up to date at a glance, with all that is below it. */
function isOfNow(node: Value): boolean {
  return node.op === undefined || node.stamp === clock.now;
}

function checkFresh(node: Value): void {
  const now = evaluate(node.op!, node.operands.map(numberOf));
  if (Object.is(now, node.data)) return;
  throw fault(
    `${expression(node)} was ${node.data} when it was computed and would be ${now} now: the data of an operand changed ` +
      "since. Build the expression again after changing data. (Or the operation is not a function of its operands alone.)",
    node,
  );
}

function checkContributions(node: Value, adjoints: Map<Value, number>): void {
  const adjoint = adjoints.get(node)!;
  const partials = numericPartials(node, isValue);
  node.operands.forEach((operand, slot) => {
    const partial = partials[slot]!;
    if (typeof operand === "number" || partial === null) return;
    const total = (adjoints.get(operand) ?? 0) + contribution(adjoint, partial, node.op!);
    checks.sent(node, slot, adjoint, partial, total);
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
  return new CheckError(message, node, callSite(origins.get(node)));
}
