/** Characters that take two columns in a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NONE = /[\p{M}\p{Cf}]/u;

/** A text on one line that a terminal shows and does not obey: control characters and changes of direction become �. */
export function terminalText(text: string): string {
  return text
    .replace(/\r\n|[\r\n\u2028\u2029]/g, "↵")
    .replaceAll("\t", " ")
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Rows with their cells below each other: the first column to the left, the others to the right but the last. */
export function table(rows: readonly (readonly string[])[], widest: number): string {
  const widths = rows[0]!.map((_, i) =>
    rows.reduce((most, row) => Math.max(most, Math.min(columnsOf(row[i]!), i === 0 ? widest : 40)), 0),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const space = " ".repeat(Math.max(0, widths[i]! - columnsOf(cell)));
          return i === 0 || i === row.length - 1 ? cell + space : space + cell;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
