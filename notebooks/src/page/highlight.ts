import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import json from "highlight.js/lib/languages/json";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "./escape.ts";

hljs.registerLanguage("typescript", typescript);
hljs.registerLanguage("json", json);
hljs.registerLanguage("bash", bash);

/** Source as HTML, its words in spans by kind; plain text for a language that is not known. */
export function highlight(source: string, language: string): string {
  if (hljs.getLanguage(language) === undefined) return escapeHtml(source);
  return hljs.highlight(source, { language, ignoreIllegals: true }).value;
}
