import { join } from "node:path";

/** Where the whole repository is. */
export const repositoryRoot: string = join(import.meta.dirname, "../..");
