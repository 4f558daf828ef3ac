import { checkUpToDate } from "../checks.ts";
import { walk } from "../graph.ts";
import { mode, withMode } from "../mode.ts";
import { identity } from "../ops/selection.ts";
import { checkOptionNames } from "../options.ts";
import { passesGradient } from "../partials.ts";
import { describe, isScalar, type Scalar, Value, value } from "../value.ts";
import { isEnd } from "./pullback.ts";
import { leavesOf, mapTree, pathsOf } from "./tree.ts";

/** Which arguments to differentiate with respect to: one position, or several. */
export type Positions = number | readonly number[];

/** A function run once on fresh nodes in place of the scalars it is differentiated with respect to. */
export interface Trace {
  /** One node per scalar, in order. */
  readonly inputs: readonly Value[];
  /** Where each input stands, for messages. */
  readonly paths: () => readonly string[];
  /** What the function returned: a tree of scalars. */
  readonly result: unknown;
  /** The scalars of the result, in order. */
  readonly outputs: readonly Scalar[];
  /** Whether derivatives must stay in the graph: Values were given, or a derivative taken outside may ask. */
  readonly asGraph: boolean;
  /** A tree of the structure of the arguments, from one entry for each input. */
  readonly likeInputs: (entries: readonly Scalar[]) => unknown;
}

/** Runs f on the arguments, those at `wrt` with fresh nodes for their scalars. Errors name the caller. */
export function trace(caller: string, f: unknown, wrt: Positions, args: readonly unknown[]): Trace {
  const x = typeof wrt === "number" ? args[wrt] : wrt.map((position) => args[position]);
  const inputs: Value[] = [];
  // A node of its own for each input keeps f's argument apart from the same Value captured by f.
  const wrapScalar = (leaf: Scalar) => {
    const input = leaf instanceof Value ? identity(leaf) : value(leaf);
    inputs.push(input);
    return input;
  };
  const wrap = (tree: unknown, path: string) => mapTree(tree, wrapScalar, caller, path);
  const wrapped = [...args];
  if (typeof wrt === "number") wrapped[wrt] = wrap(x, nameOf(wrt));
  else for (const position of wrt) wrapped[position] = wrap(args[position], nameOf(position));

  // As they are now: f may change arrays that it captured.
  const given = leavesOf(x, caller);
  const structure = mapTree(x, (leaf) => leaf, caller, "");
  const paths = () =>
    typeof wrt === "number"
      ? pathsOf(structure, nameOf(wrt))
      : wrt.flatMap((position, i) => pathsOf((structure as readonly unknown[])[i], nameOf(position)));
  const { result, outputs } = callWith(caller, f, inputs, wrapped);
  const asGraph =
    mode.tracer !== undefined ||
    given.some((leaf) => leaf instanceof Value) ||
    dependOnEnclosing(outputs, inputs);
  const likeInputs = (entries: readonly Scalar[]) => {
    let next = 0;
    return mapTree(structure, () => entries[next++]!, caller, "");
  };
  return { inputs, paths, result, outputs, asGraph, likeInputs };
}

/** Runs f on the arguments as they are, with Values that it captured as the inputs. Errors name the caller. */
export function traceCaptured(
  caller: string,
  f: unknown,
  wrt: Value | readonly Value[],
  args: readonly unknown[],
): Trace {
  const inputs = wrt instanceof Value ? [wrt] : [...wrt];
  const { result, outputs } = callWith(caller, f, inputs, args);
  return {
    inputs,
    paths: () => inputs.map((input, i) => input.label ?? `wrt[${i}]`),
    result,
    outputs,
    asGraph: mode.tracer !== undefined || dependOnEnclosing(outputs, inputs),
    likeInputs: (entries) => (wrt instanceof Value ? entries[0] : entries),
  };
}

function nameOf(position: number): string {
  return position === 0 ? "the argument" : `argument ${position}`;
}

/** The inputs of the derivatives being taken now, outermost first. */
const inputsInUse: (readonly Value[])[] = [];

/** Calls f, recording, with these inputs in use; also gives the scalars of what it returns. */
function callWith(
  caller: string,
  f: unknown,
  inputs: readonly Value[],
  args: readonly unknown[],
): Pick<Trace, "result" | "outputs"> {
  inputsInUse.push(inputs);
  try {
    const call = () => (f as (...args: unknown[]) => unknown)(...args);
    const result = withMode(caller, { recording: true }, call);
    const outputs = leavesOf(result, caller, "what the function returned");
    checkUpToDate(outputs.filter((output) => typeof output === "object"));
    return { result, outputs };
  } finally {
    inputsInUse.pop();
  }
}

/** Whether a derivative taken outside may differentiate these scalars again: they depend on an outer input. */
function dependOnEnclosing(outputs: readonly Scalar[], inputs: readonly Value[]): boolean {
  const outer = new Set(inputsInUse.flat());
  if (outer.size === 0) return false;
  const nodes = outputs.filter((output) => typeof output === "object");
  const until = new Set([...inputs.filter(isEnd), ...outer]);
  return walk(nodes, { until }).some((node) => outer.has(node));
}

/** Options that several transforms have. */
export interface TransformOptions {
  readonly wrt?: Positions | Value | readonly Value[];
  readonly unconnected?: Unconnected;
  readonly mode?: "forward" | "reverse";
}

/** Checks a transform's own arguments; `allowed` are the options that it has. Errors name the caller. */
export function checkTransform(
  caller: string,
  f: unknown,
  options: TransformOptions,
  allowed: readonly (keyof TransformOptions)[],
): void {
  if (typeof f !== "function") throw new TypeError(`${caller}: needs a function, got ${describe(f)}.`);
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(
      `${caller}: options must be an object, got ${describe(options)}. The point is passed in a second call: ` +
        `${caller}(f)(x).`,
    );
  }
  checkOptionNames(caller, options, allowed);
  const { wrt = 0, unconnected = "error", mode = "reverse" } = options;
  if (unconnected !== "error" && unconnected !== "zero") {
    throw new TypeError(`${caller}: unconnected must be "error" or "zero", got ${describe(unconnected)}.`);
  }
  if (mode !== "forward" && mode !== "reverse") {
    throw new TypeError(`${caller}: mode must be "forward" or "reverse", got ${describe(mode)}.`);
  }
  const positions: readonly unknown[] = Array.isArray(wrt) ? Array.from(wrt) : [wrt];
  const isPosition = (item: unknown) => Number.isInteger(item) && (item as number) >= 0;
  const isValid = positions.every(isPosition) || positions.every((item) => item instanceof Value);
  if (!isValid || positions.length === 0 || new Set(positions).size < positions.length) {
    throw new TypeError(
      `${caller}: wrt must be the position of an argument (0 for the first), or several different ones, or Values, ` +
        `got ${Array.isArray(wrt) ? `[${positions.map(describe).join(", ")}]` : describe(wrt)}.`,
    );
  }
}

/** The one scalar a function returned. */
export function oneScalar(caller: string, { result, outputs }: Trace): Scalar {
  if (isScalar(result)) return result;
  throw new TypeError(
    `${caller}: the function must return one scalar, got ${describe(result)} with ${outputs.length} scalars. ` +
      "The derivatives of several are a jacobian; or reduce it to one scalar, as with sum.",
  );
}

/** A scalar as a result: a Value of the graph, or a number. */
export function settle(x: Scalar, asGraph: boolean): Scalar {
  if (asGraph) return typeof x === "number" ? value(x) : x;
  return typeof x === "number" ? x : x.data;
}

/** What an input without influence on the result gets: an error, or a derivative of 0. */
export type Unconnected = "error" | "zero";

/** What to do about inputs without influence. */
export interface UnconnectedOptions {
  /** What an input that no result depends on gets: an error (the default), or 0. */
  readonly unconnected?: Unconnected;
}

/**
 * Replaces derivatives that do not exist by 0 if that was asked for.
 *
 * @throws RangeError naming the first input that the result does not depend on
 */
export function connected(
  caller: string,
  derivatives: readonly (Scalar | undefined)[],
  { inputs, paths }: Trace,
  unconnected: Unconnected,
): Scalar[] {
  const lost = derivatives.indexOf(undefined);
  if (lost >= 0 && unconnected === "error") {
    throw new RangeError(
      `${caller}: the result does not depend on ${paths()[lost]} (${shown(inputs[lost]!)}). ` +
        `Check the function, or pass { unconnected: "zero" } for a derivative of 0 there.`,
    );
  }
  return derivatives.map((derivative) => derivative ?? 0);
}

/**
 * Refuses a result that some input has no influence on, unless asked for.
 *
 * @throws RangeError naming the first such input
 */
export function checkConnected(caller: string, traced: Trace, unconnected: Unconnected): void {
  const { inputs, outputs } = traced;
  const nodes = outputs.filter((output) => typeof output === "object");
  const reached = new Set(walk(nodes, { along: passesGradient, until: new Set(inputs) }));
  connected(
    caller,
    inputs.map((input) => (reached.has(input) ? 0 : undefined)),
    traced,
    unconnected,
  );
}

/** A number for a message; Values have none while compile traces. */
function shown(node: Value): string {
  return mode.tracer === undefined ? String(node.data) : node.toString();
}
