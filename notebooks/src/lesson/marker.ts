import { LessonError } from "./lessonError.ts";

/** What a marker line says of its cell: `// %% [markdown] {"tags":["…"]}`. */
export interface Marker {
  readonly kind: "markdown" | "code";
  /** In a student's copy, what the cell is to an exercise: `Exercise 1: check`. */
  readonly title?: string;
  readonly tags: readonly Tag[];
}

/** `exercise`: a stub, commented out; `solution`: only in the solutions; `check`: proves the work done. */
const roles = ["exercise", "solution", "check"] as const;
export type Role = (typeof roles)[number];
/** `hide-input`: on a page the code is folded. */
export const tags = [...roles, "hide-input"] as const;
export type Tag = (typeof tags)[number];

const MARKER = /^ %%(?:\s+(Exercise \d+: (?:your turn|check)))?(?:\s+(\[markdown\]))?(?:\s+(\{.*\}))?\s*$/;

/** The marker that a comment from the first column is; undefined if it is none. */
export function markerOf(comment: string, file: string, line: number): Marker | undefined {
  if (!/^\s*%%/.test(comment)) return undefined;
  const match = MARKER.exec(comment);
  if (match === null) {
    throw new LessonError(
      file,
      line,
      `"//${comment}" looks like a marker and is none. Write "// %%", "// %% [markdown]" or '// %% {"tags":["check"]}'.`,
    );
  }
  const [, title, markdown, json] = match;
  const kind = markdown === undefined ? "code" : "markdown";
  const found = tagsOf(json, file, line);
  if (kind === "markdown" && found.includes("hide-input")) {
    throw new LessonError(file, line, "a markdown cell has no code to hide. Take hide-input away.");
  }
  return { kind, ...(title !== undefined && { title }), tags: found };
}

/** What a cell is to an exercise. */
export function roleOf({ tags }: Pick<Marker, "tags">): Role | undefined {
  return roles.find((role) => tags.includes(role));
}

function tagsOf(json: string | undefined, file: string, line: number): readonly Tag[] {
  if (json === undefined) return [];
  const found = parse(json);
  if (!areTags(found)) {
    throw new LessonError(
      file,
      line,
      `cannot read the tags in ${json}. Write {"tags":["${roles[0]}"]}; the tags are ${roles.join(", ")}, one to a cell, and hide-input.`,
    );
  }
  return found;
}

function areTags(found: unknown): found is readonly Tag[] {
  const known = tags as readonly unknown[];
  const isRole = (tag: unknown) => tag !== "hide-input";
  return (
    Array.isArray(found) &&
    found.every((tag) => known.includes(tag)) &&
    new Set(found).size === found.length &&
    found.filter(isRole).length <= 1
  );
}

function parse(json: string): unknown {
  try {
    const metadata: unknown = JSON.parse(json);
    const isTagsOnly =
      typeof metadata === "object" && metadata !== null && Object.keys(metadata).join() === "tags";
    return isTagsOnly ? (metadata as { tags: unknown }).tags : undefined;
  } catch {
    return undefined;
  }
}
