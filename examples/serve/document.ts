import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { colours } from "./colours.ts";

const folder = join(import.meta.dirname, "page");

/** The page as one text, and the content policy it is to be served with. */
export interface LiveDocument {
  readonly html: string;
  /** Its own style and script, by their hashes, and requests to where it came from; nothing else. */
  readonly policy: string;
}

/** Puts the page together from its files. */
export function documentOf(): LiveDocument {
  const bundle = buildSync({
    entryPoints: [join(folder, "main.ts")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  const script = bundle.outputFiles[0]!.text;
  const style = `${colours()}\n${readFileSync(join(folder, "page.css"), "utf8")}`;
  const html = readFileSync(join(folder, "page.html"), "utf8")
    .replace("<style></style>", () => `<style>${style}</style>`)
    .replace("<script></script>", () => `<script>${script}</script>`);
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "connect-src 'self'",
    // The icon of the page is empty, in place of a request for one.
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return { html, policy };
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
