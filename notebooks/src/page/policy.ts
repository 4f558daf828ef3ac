import { createHash } from "node:crypto";

/**
 * The content policy of a page: nothing from elsewhere, and of scripts only those given. An embedded page is under the
 * policy of the page around it as well as its own, so its scripts are given here too.
 */
export function contentPolicy(scripts: readonly string[], connect = ""): string {
  const hashes = [...new Set(scripts.map(hashOf))];
  return [
    "default-src 'none'",
    "img-src data:",
    "font-src data:",
    // Formulas are set by attributes, which no hash covers.
    "style-src 'unsafe-inline'",
    ...(hashes.length === 0 ? [] : [`script-src ${hashes.join(" ")}`]),
    ...(connect === "" ? [] : [`connect-src ${connect}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** The scripts that stand in a page. */
export function scriptsIn(html: string): readonly string[] {
  const scripts = html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi);
  return Array.from(scripts).flatMap(([, attributes = "", text = ""]) =>
    /application\/json|\bsrc\s*=/i.test(attributes) ? [] : [text],
  );
}

function hashOf(script: string): string {
  return `'sha256-${createHash("sha256").update(script, "utf8").digest("base64")}'`;
}
