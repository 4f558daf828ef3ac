import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeHtml } from "./escape.ts";
import { katexStyle } from "./katexStyle.ts";
import { contentPolicy } from "./policy.ts";

/** Later ones overrule earlier ones. */
const STYLE = ["text", "cells", "course", "media"]
  .map((name) => readFileSync(join(import.meta.dirname, "style", `${name}.css`), "utf8"))
  .join("");

export interface DocumentParts {
  readonly title: string;
  /** What one learns, for lists of pages. */
  readonly summary: string;
  readonly body: string;
  /** Scripts that may run, in embedded pages too. */
  readonly scripts: readonly string[];
  /** Reloads the page when the lesson is built again: the script and the address it listens to. */
  readonly reload?: { readonly script: string; readonly connect: string };
}

/** A whole page: one file that asks for nothing else. */
export function documentHtml({ title, summary, body, scripts, reload }: DocumentParts): string {
  const policy = contentPolicy(reload === undefined ? scripts : [...scripts, reload.script], reload?.connect);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy).replaceAll("&#39;", "'")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(summary)}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>
${katexStyle(body)}${STYLE}</style>
</head>
<body>
${body}
${reload === undefined ? "" : `<script>${reload.script}</script>\n`}</body>
</html>
`;
}
