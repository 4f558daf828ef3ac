/**
 * Text that XML can hold: lone surrogates and the control characters that XML forbids become U+FFFD.
 * Tab, line breaks and everything else stay as they are.
 */
export function xmlText(text: string): string {
  // The first set is: control characters, except tab, line breaks, and those from U+007F that XML allows.
  return text.replace(/[^\P{Cc}\t\n\r\u007f-\u009f]|[\p{Cs}\ufffe\uffff]/gu, "\ufffd");
}

/** A text as markup shows it, in HTML and in HTML-like labels of DOT. */
export function markupText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The lines of a text. An empty line becomes a space: an empty first line crashes Graphviz's WebAssembly build. */
export function linesOf(text: string): string[] {
  return xmlText(text)
    .split(/\r\n|\r|\n/)
    .map((line) => line || " ");
}

/** A text on one line, with nothing in it that SVG cannot hold. */
export function oneLine(text: string): string {
  return linesOf(text).join(" ");
}

/** Such as `25,450`. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Such as `1 neuron` or `25,450 weights`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(n)} ${n === 1 ? noun : plural}`;
}

/**
 * About how wide the widest line is, in units of the font size, set bold in Helvetica.
 * Graphviz knows the widths of Latin letters only, and takes all others for spaces.
 */
export function textWidth(lines: readonly string[]): number {
  let widest = 0;
  for (const line of lines) {
    let width = 0;
    for (const character of line) width += widths.find(([characters]) => characters.test(character))![1];
    widest = Math.max(widest, width);
  }
  return widest;
}

const widths: readonly (readonly [RegExp, number])[] = [
  [/[\p{M}\p{Cf}]/u, 0],
  [/[\u2e80-\u{10ffff}]/u, 1.1],
  [/[\p{Lu}mw%&@]/u, 0.78],
  [/[fijlrt.,:;'|!()[\] ]/, 0.36],
  [/[\s\S]/, 0.6],
];
