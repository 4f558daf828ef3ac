import { Value } from "@chainrule/core";

/** What marks Values of any copy of @chainrule/core. */
const BRAND: symbol = Symbol.for("@chainrule/core.Value");

/** Whether x is a Value of a copy of @chainrule/core that is not the one used here. */
export function isForeignValue(x: unknown): boolean {
  return typeof x === "object" && x !== null && BRAND in x && !(x instanceof Value);
}

/** Says in a few words what x is, for error messages. */
export function describe(x: unknown): string {
  if (typeof x === "string") return JSON.stringify(x.length > 40 ? `${x.slice(0, 40)}…` : x);
  if (x === null || x === undefined || typeof x === "number" || typeof x === "boolean") return String(x);
  if (Array.isArray(x)) return `an array of ${x.length}`;
  if (isForeignValue(x)) return "a Value of another copy of @chainrule/core (keep one of the two)";
  return typeof x === "object" ? `an object (${x.constructor?.name ?? "no prototype"})` : `a ${typeof x}`;
}

/** What an option may be. */
export interface OptionKind {
  readonly fits: (given: unknown) => boolean;
  readonly wanted: string;
}

export const flag: OptionKind = { fits: (x) => typeof x === "boolean", wanted: "true or false" };
export const text: OptionKind = { fits: (x) => typeof x === "string", wanted: "a string" };
export const texts: OptionKind = {
  fits: (x) => Array.isArray(x) && x.every((item) => typeof item === "string"),
  wanted: "an array of strings",
};
export const pixels: OptionKind = {
  fits: (x) => typeof x === "number" && x >= 100 && x <= 10_000,
  wanted: "a number of pixels from 100 to 10000",
};

export function oneOf(...values: readonly string[]): OptionKind {
  return {
    fits: (x) => values.includes(x as string),
    wanted: values.map((value) => `"${value}"`).join(" or "),
  };
}

/** @throws TypeError for an option that is not known, or not of its kind */
export function checkOptions(
  caller: string,
  options: object,
  kinds: Readonly<Record<string, OptionKind>>,
): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`${caller}: options must be an object, got ${describe(options)}.`);
  }
  for (const [name, given] of Object.entries(options)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      const known = Object.keys(kinds).join(", ");
      throw new TypeError(`${caller}: there is no option ${describe(name)}. The options are: ${known}.`);
    }
    if (given !== undefined && !kind.fits(given)) {
      throw new TypeError(`${caller}: ${name} must be ${kind.wanted}, got ${describe(given)}.`);
    }
  }
}

/** The roots of a picture as an array. */
export function checkRoots(caller: string, root: Value | readonly Value[]): readonly Value[] {
  const roots: readonly unknown[] = Array.isArray(root) ? root : [root];
  if (roots.length === 0)
    throw new RangeError(`${caller}: root is an empty array, there is nothing to draw.`);
  roots.forEach((item, i) => {
    if (item instanceof Value) return;
    const name = Array.isArray(root) ? `root[${i}]` : "root";
    const isNetwork = Array.isArray((item as { layers?: unknown } | null | undefined)?.layers);
    const got = isNetwork ? "a network. Take what it computes, such as model(x)[0]" : describe(item);
    throw new TypeError(`${caller}: ${name} must be a Value, got ${got}.`);
  });
  return roots as readonly Value[];
}
