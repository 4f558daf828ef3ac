import { pageJson } from "../json/pageJson.ts";
import { markupText } from "../text.ts";
import type { PageData } from "./page/pageData.ts";

/** What a kind of page consists of, but for the graph: see page/. */
export interface PageText {
  readonly script: string;
  readonly style: string;
  /** Without a heading. */
  readonly body: string;
  readonly scriptHash: string;
  readonly styleHash: string;
}

/**
 * The page as one text. Its own policy allows its own style and its own script, by their hashes, and nothing else. What a
 * user wrote stands in two places: the title, as text, and the data, as JSON in which no markup can begin.
 */
export function documentOf(title: string, data: PageData, text: PageText): string {
  const policy =
    `default-src 'none'; style-src '${text.styleHash}'; script-src '${text.scriptHash}'; ` +
    "base-uri 'none'; form-action 'none'";
  const heading = markupText(title);
  return `<!doctype html>
<html lang=en>
<meta charset=utf-8>
<meta http-equiv=Content-Security-Policy content="${policy}">
<meta name=viewport content="width=device-width">
<title>${heading}</title>
<style>${text.style}</style>
${text.body.replace("</h1>", (end) => heading + end)}
<script type=application/json id=graph>${pageJson(data)}</script>
<script>${text.script}</script>
`;
}
