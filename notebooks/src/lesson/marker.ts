import { LessonError } from "./lessonError.ts";

/** What a marker line says of its cell: `// %% [markdown] {"tags":["…"]}`. */
export interface Marker {
  readonly kind: "markdown" | "code";
  readonly tags: readonly Tag[];
}

/** `exercise`: a stub, commented out; `solution`: only in the solutions; `check`: proves the work done. */
export const tags = ["exercise", "solution", "check"] as const;
export type Tag = (typeof tags)[number];

const MARKER = /^ %%(?:\s+(\[markdown\]))?(?:\s+(\{.*\}))?\s*$/;

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
  return { kind: match[1] === undefined ? "code" : "markdown", tags: tagsOf(match[2], file, line) };
}

function tagsOf(json: string | undefined, file: string, line: number): readonly Tag[] {
  if (json === undefined) return [];
  const found = parse(json);
  const known = tags as readonly unknown[];
  if (!Array.isArray(found) || found.length > 1 || !found.every((tag) => known.includes(tag))) {
    throw new LessonError(
      file,
      line,
      `cannot read the tags in ${json}. Write {"tags":["${tags[0]}"]}; the tags are ${tags.join(", ")}, one to a cell.`,
    );
  }
  return found as Tag[];
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
