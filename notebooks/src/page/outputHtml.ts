import type { Display, Failure, Output } from "../output.ts";
import { escapeHtml } from "./escape.ts";
import { markdownToHtml, type Targets } from "./markdown.ts";
import { readableWidth } from "./readableWidth.ts";

/** An output as HTML. Whatever a lesson prints or shows is text, a picture or a page in a frame: never markup here. */
export function outputHtml(output: Output, targets: Targets): string {
  switch (output.kind) {
    case "stream":
      return `<pre class="printed ${output.name}">${escapeHtml(output.text.replace(/\n$/, ""))}</pre>`;
    case "failure":
      return failureHtml(output);
    case "display":
      return displayHtml(output, targets);
  }
}

/** The bytes of a picture where a page wants an address. */
export function dataAddress(type: string, bytes: string | Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;
}

function failureHtml({ name, message, line, trace }: Failure): string {
  const where = line === undefined ? "" : ` (line ${line})`;
  const calls = trace.map((call) => `\n    ${call}`).join("");
  return `<pre class="printed failure" role="alert"><strong>${escapeHtml(name)}${where}</strong>: ${escapeHtml(message + calls)}</pre>`;
}

function displayHtml(display: Display, targets: Targets): string {
  const { data, description, measured } = display;
  if (data["text/html"] !== undefined) return frameHtml(display, data["text/html"]);
  const picture = pictureHtml(display);
  if (picture !== undefined) return figure(picture, description);
  if (data["text/latex"] !== undefined)
    return markdownToHtml(`$$\n${stripDollars(data["text/latex"])}\n$$`, targets);
  if (data["text/markdown"] !== undefined) return markdownToHtml(data["text/markdown"], targets);
  const text = `<pre class="printed">${escapeHtml(data["text/plain"] ?? "")}</pre>`;
  return measured ? `<div class="measured">${text}<small>measured</small></div>` : text;
}

function pictureHtml({ data, description }: Display): string | undefined {
  const svg = data["image/svg+xml"];
  const png = data["image/png"];
  if (svg === undefined && png === undefined) return undefined;
  // In an image no script of the SVG runs, and ids of several pictures do not meet.
  const src = svg === undefined ? `data:image/png;base64,${png}` : dataAddress("image/svg+xml", svg);
  const image = `<img src="${escapeHtml(src)}" alt="${escapeHtml(description)}" style="--readable:${readableWidth(svg)}px">`;
  return `<div class="wide" role="group" aria-label="Picture" tabindex="0">${image}</div>`;
}

function frameHtml(display: Display, html: string): string {
  const { description, height = 560 } = display;
  const frame = `<iframe sandbox="allow-scripts" loading="lazy" title="${escapeHtml(description)}" style="height:${height}px" srcdoc="${escapeHtml(html)}"></iframe>`;
  const inPrint = pictureHtml(display) ?? "<p>On screen a page stands here.</p>";
  return figure(`${frame}<div class="print">${inPrint}</div>`, description, " page");
}

function figure(content: string, description: string, kind = ""): string {
  // Read once: it is the picture's text already.
  return `<figure class="shown${kind}">${content}<figcaption aria-hidden="true">${escapeHtml(description)}</figcaption></figure>`;
}

function stripDollars(latex: string): string {
  return latex.trim().replace(/^\$\$?|\$\$?$/g, "");
}
