/** Farther behind than this, a class shows nowhere. */
const FARTHEST = 32;

/** What `LiveState` calls a field: how far behind the largest of its cell each logit is, from 65535 for 0 to 0 for 32. */
export function fieldOf(cells: readonly (readonly number[])[]): string {
  const behind = cells.flatMap((logits) => {
    const most = Math.max(...logits);
    return logits.map((logit) => Math.round(65_535 * Math.max(0, 1 - (most - logit) / FARTHEST)));
  });
  return Buffer.from(Uint16Array.from(behind).buffer).toString("base64");
}

/** What the page makes of it: the logits, each less the largest of its cell, cell by cell. */
export function logitsIn(field: string): Float32Array {
  const bytes = Uint8Array.from(atob(field), (character) => character.charCodeAt(0));
  return Float32Array.from(new Uint16Array(bytes.buffer), (code) => FARTHEST * (code / 65_535 - 1));
}
