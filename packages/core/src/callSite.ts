/** A frame of a call stack: its place, and in that the file. */
const FRAME = /(?:file:\/\/)?(([^\s()]+):\d+:\d+)\)?$/;

/** Where this package's own code is, as call stacks name it: this file's folder, or the bundle it is in. */
const ownPlace = FRAME.exec(framesOf(new Error().stack)[0] ?? "")?.[2]?.replace(/callSite\.[jt]s$/, "");

function framesOf(stack: string | undefined): string[] {
  return stack?.split("\n").filter((line) => FRAME.test(line)) ?? [];
}

/** The first place outside this package in a call stack, as `file:line:column`. */
export function callSite(stack: string | undefined): string | undefined {
  const outside = framesOf(stack).find((frame) => ownPlace === undefined || !frame.includes(ownPlace));
  return FRAME.exec(outside ?? "")?.[1];
}
