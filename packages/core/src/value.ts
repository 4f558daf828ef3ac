import type { Methods } from "./methods.ts";
import { mode } from "./mode.ts";
import type { Op } from "./op.ts";
import { TraceError } from "./traceError.ts";

/** A number, or a `Value` that stands for one. Every operation takes either. */
export type Scalar = number | Value;

/** What an operand slot of a node holds: nothing, a scalar, or all operands of a node with more than two. */
export type Slot = Scalar | readonly Scalar[] | undefined;

/** A label, or a function that makes it when it is first read. */
export type Label = string | (() => string);

/** What `pending` says of a node that no gradient has reached. */
export const UNREACHED = -1;

/**
 * Counts the times that leaves were changed after an operation read them. A graph whose oldest operation bears the
 * present tick is up to date; any other is looked at before gradients flow. Nodes with a stamp before `readableFrom`
 * do not show their number: those of a trace, which bear stamps below 0, and while tracing all.
 */
export const clock: { now: number; isRead: boolean; readableFrom: number } = {
  now: 0,
  isRead: false,
  readableFrom: 0,
};

const labels = new WeakMap<Value, Label>();
const gradientNodes = new WeakMap<Value, Value>();
const brand: unique symbol = Symbol.for("@chainrule/core.Value") as never;

/** The number of a node, which is not asked whether it has one: for sweeps, where this is a tenth of the time. */
export let numberIn: (node: Value) => number;

/**
 * One scalar of the computation graph: its number, the operation and operands it came from, its gradient.
 *
 * A `Value` without an `op` is a leaf: an input, a parameter or a constant. Make leaves with {@link value};
 * operations make all other Values.
 */
export class Value {
  static {
    numberIn = (node) => node.#data;
  }

  #data: number;
  /** ∂root/∂this after `root.backward()`. Leaves accumulate over calls, other nodes hold the latest. */
  grad: number;
  /** The operation that made this Value; `undefined` for a leaf. */
  readonly op: Op | undefined;
  /** @internal first operand, or the array of operands where there are more than two */
  readonly first: Slot;
  /** @internal second operand */
  readonly second: Slot;
  /** @internal how many operand slots, in any graph, wait for a gradient to pass through this node */
  uses: number;
  /** @internal how many of them a sweep still waits for; 0 when it is done, {@link UNREACHED} before the first */
  pending: number;
  /** @internal the tick of the oldest operation in the graph below; see {@link clock} */
  stamp: number;

  /** Use {@link value}; operations make all other Values. */
  constructor(data: number, op?: Op, first?: Slot, second?: Slot) {
    this.#data = data;
    this.grad = 0;
    this.op = op;
    this.first = first;
    this.second = second;
    this.uses = 0;
    this.pending = UNREACHED;
    this.stamp = clock.now;
  }

  /**
   * The number this node holds. Only that of a leaf can be set, and then what was computed from it is out of date:
   * build the expression again.
   */
  get data(): number {
    checkReadable(this);
    return this.#data;
  }

  set data(data: number) {
    checkReadable(this);
    if (this.op !== undefined || typeof data !== "number") throw wrongData(this, data);
    if (Object.is(data, this.#data)) return;
    this.#data = data;
    if (clock.isRead) clock.now++;
    clock.isRead = false;
  }

  /** Whether a `backward()` reached this node since it was made, or since the last `zeroGrad`. */
  get hasGrad(): boolean {
    return this.pending !== UNREACHED;
  }

  /** The operands in order, one entry per slot: `x.mul(x)` has two. A leaf has none. */
  get operands(): readonly Scalar[] {
    if (this.first === undefined) return [];
    if (typeof this.first === "object" && !(this.first instanceof Value)) return this.first;
    return this.second === undefined ? [this.first] : [this.first, this.second as Scalar];
  }

  /** A name for people. Lazy: a function given as label runs when the label is first read. */
  get label(): string | undefined {
    const label = labels.get(this);
    if (typeof label !== "function") return label;
    const text = label();
    labels.set(this, text);
    return text;
  }

  set label(label: Label | undefined) {
    checkLabel("label", label);
    if (label === undefined) labels.delete(this);
    else labels.set(this, label);
  }

  /**
   * The gradient as a node that can be drawn and differentiated: that of the latest `backward({ createGraph: true })`,
   * whatever `zeroGrad` did since.
   */
  get gradNode(): Value | undefined {
    return gradientNodes.get(this);
  }

  set gradNode(node: Value | undefined) {
    if (node === undefined) gradientNodes.delete(this);
    else gradientNodes.set(this, node);
  }

  toString(): string {
    const label = this.label;
    const number = this.stamp < 0 ? "traced" : `data=${this.#data}, grad=${this.grad}`;
    return `Value(${label === undefined ? "" : `${label}: `}${number})`;
  }

  /** JSON keeps the number alone. */
  toJSON(): number {
    return this.data;
  }

  /** Text for people where text is asked for; anything else is arithmetic by mistake and throws. */
  [Symbol.toPrimitive](hint: string): string {
    checkReadable(this);
    if (hint === "string") return this.toString();
    throw new TypeError(
      `JavaScript's operators and Math functions do not work on a Value (${this.toString()}). ` +
        "Write x.add(y), x.mul(y), x.sin(), greater(x, 0), where(condition, a, b); " +
        "or read the plain number with x.data, which carries no gradient; for text write String(x).",
    );
  }
}

/** Every operation as a method, and the walks `backward()` and `zeroGrad()`: see methods.ts. */
export interface Value extends Methods {}

Object.defineProperty(Value.prototype, brand, { value: true });
// What Node's console calls to show an object.
Object.defineProperty(Value.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value: Value.prototype.toString,
});

// V8 lays out fields by their first contents: a first instance with fractions makes them doubles for good.
new Value(0.5).grad = 0.5;

/**
 * A leaf of the graph holding a number.
 *
 * @param data - the number; NaN and ±Infinity are numbers too
 * @param label - optional name, shown when printed and in pictures
 * @throws TypeError if data is not a number
 * @example value(2, "a").data // 2
 */
export function value(data: number, label?: Label): Value {
  if (typeof data !== "number") {
    throw new TypeError(`value: data must be a number, got ${describe(data)}.`);
  }
  checkLabel("value: label", label);
  const leaf = new Value(data);
  mode.tracer?.made(leaf);
  if (label !== undefined) leaf.label = label;
  return leaf;
}

function checkLabel(what: string, label: unknown): void {
  if (label === undefined || typeof label === "string" || typeof label === "function") return;
  const advice = typeof label === "number" ? " In map write (x) => value(x)." : "";
  throw new TypeError(
    `${what} must be a string or a function that makes one, got ${describe(label)}.${advice}`,
  );
}

/** @throws TraceError if a node does not show its number: it has none, or a function is being traced */
export function checkReadable(node: Value): void {
  if (node.stamp < clock.readableFrom) throw unreadable(node);
}

function unreadable(node: Value): TraceError {
  if (mode.tracer === undefined) {
    return new TraceError(
      `${node.toString()} has no number: it was made while compile traced a function, and is used outside of it. ` +
        "Return it from the function instead.",
    );
  }
  return new TraceError(
    `The number of a Value was asked for while compile traces the function (${node.toString()}): the compiled code runs for other ` +
      "numbers too. Compute with operations (x.sin(), mul(x, y)), choose with where(greater(x, 0), a, b); " +
      "what is fixed, such as an index or a length, let the function capture as a plain number.",
  );
}

function wrongData(node: Value, data: unknown): TypeError {
  if (typeof data !== "number") return new TypeError(`data must be a number, got ${describe(data)}.`);
  return new TypeError(
    `data of a computed Value cannot be set (${node.toString()}, made by ${node.op!.name}): its gradient would be that of what ` +
      "was computed. Set the data of leaves and build the expression again, or start a new leaf with value().",
  );
}

/** Whether x is a number or a Value of this package. */
export function isScalar(x: unknown): x is Scalar {
  return typeof x === "number" || x instanceof Value;
}

/** Says in a few words what x is, for error messages. */
export function describe(x: unknown): string {
  if (typeof x === "string") return `the string ${JSON.stringify(x.length > 40 ? `${x.slice(0, 40)}…` : x)}`;
  if (x === null || x === undefined || typeof x === "number" || typeof x === "boolean") return String(x);
  if (typeof x === "bigint") return `the BigInt ${x}n`;
  if (Array.isArray(x)) return `an array of ${x.length}`;
  if (x instanceof Value) return x.toString();
  if (typeof x === "object" && brand in x) {
    return "a Value of another copy of @chainrule/core (two versions are installed: keep one)";
  }
  return typeof x === "object" ? `an object (${x.constructor?.name ?? "no prototype"})` : `a ${typeof x}`;
}
