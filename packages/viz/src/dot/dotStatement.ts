/** Attributes of a DOT statement. `undefined` leaves one out; strings are written as they are, so {@link quote} them. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One line of DOT: a node, an edge or a default, with its attributes. */
export function statement(subject: string, attributes: Attributes): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return `  ${subject} [${given.map(([name, value]) => `${name}=${value}`).join(", ")}]`;
}

/** A DOT string that shows these lines exactly as they are. */
export function quote(...lines: readonly string[]): string {
  return `"${lines.map(escapeLine).join("\\n")}"`;
}

/** As {@link quote}, aligned to the left in place of centred. */
export function quoteLeft(...lines: readonly string[]): string {
  return `"${lines.map((line) => `${escapeLine(line)}\\l`).join("")}"`;
}

function escapeLine(line: string): string {
  return line.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("&", "&amp;");
}
