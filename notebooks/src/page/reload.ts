import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DocumentParts } from "./document.ts";

/** What keeps a page under watch up to date. */
export const reload: NonNullable<DocumentParts["reload"]> = {
  script: readFileSync(join(import.meta.dirname, "watched.js"), "utf8"),
  connect: "'self'",
};
