import { isVisual, type MimeBundle, mimeTypes, plainText } from "./mime.ts";
import type { Display } from "./output.ts";

export interface ShowOptions {
  /** Of a page embedded in the lesson's page, in CSS pixels; 560 unless told. */
  readonly height?: number;
  /** SVG that stands for an embedded page in print and in notebooks. */
  readonly picture?: string;
}

export interface Show {
  /**
   * Shows a picture or a page: in the terminal as its description.
   *
   * @param text - SVG, from `<svg`; or HTML, which is embedded as a page of its own
   * @param description - what one sees, for those who do not see it
   * @throws TypeError without a description
   */
  (text: string, description: string, options?: ShowOptions): void;
  /**
   * Shows one thing in several forms: `{ "text/markdown": "| a | b |…" }`. What is not text needs a description.
   *
   * @throws TypeError for a form that cannot be shown, or a picture without a description
   */
  (bundle: MimeBundle, description?: string): void;
  /**
   * Prints a line with measured times or sizes. Runs are not compared by it; all else that a lesson prints must be the
   * same on every machine.
   */
  measured(text: string): void;
}

let sink: (display: Display) => void = ({ data, description }) => {
  process.stdout.write(`${plainText(data, description)}\n`);
};

/** From now on, whatever is shown goes there: the builder's way to keep it. */
export function showTo(receiver: (display: Display) => void): void {
  sink = receiver;
}

/** Shows pictures, pages and text; see {@link Show}. */
export const show: Show = Object.assign(
  (content: string | MimeBundle, description = "", options: ShowOptions = {}): void => {
    sink(displayOf(content, description, options));
  },
  {
    measured: (text: string): void => {
      sink({ kind: "display", data: { "text/plain": String(text) }, description: "", measured: true });
    },
  },
);

function displayOf(content: unknown, description: unknown, options: ShowOptions): Display {
  const data = typeof content === "string" ? bundleOf(content, options.picture) : checkBundle(content);
  if (isVisual(data) && (typeof description !== "string" || description.trim() === "")) {
    throw new TypeError(
      'show: a picture needs a description for those who do not see it. Use show(svg, "what one sees").',
    );
  }
  // On one line: in the terminal it is all there is of the picture.
  const line = String(description).trim().replace(/\s+/g, " ");
  return { kind: "display", data, description: line, ...heightOf(options.height) };
}

function bundleOf(text: string, picture: string | undefined): MimeBundle {
  const start = text.trimStart();
  if (/^(<\?xml[^>]*>\s*)?<svg[\s/>]/.test(start)) return { "image/svg+xml": start };
  if (!start.startsWith("<")) {
    throw new TypeError(
      `show: got text that is neither SVG nor HTML (${JSON.stringify(start.slice(0, 40))}). Use console.log for text.`,
    );
  }
  return picture === undefined ? { "text/html": start } : { "text/html": start, "image/svg+xml": picture };
}

function checkBundle(content: unknown): MimeBundle {
  if (content instanceof Promise) throw new TypeError("show: got a promise. Use show(await …).");
  if (typeof content !== "object" || content === null) {
    throw new TypeError(
      `show: wants SVG, HTML or a MIME bundle, got ${String(content)}. Use console.log for text.`,
    );
  }
  const entries = Object.entries(content);
  for (const [type, value] of entries) {
    if (!(mimeTypes as readonly string[]).includes(type) || typeof value !== "string") {
      throw new TypeError(
        `show: cannot show ${typeof value} as ${JSON.stringify(type)}. Give text of one of the types ${mimeTypes.join(", ")}.`,
      );
    }
  }
  if (entries.length === 0) throw new TypeError("show: the MIME bundle is empty.");
  return content as MimeBundle;
}

function heightOf(height: number | undefined): { readonly height?: number } {
  if (height === undefined) return {};
  if (height >= 40 && height <= 4000) return { height: Math.round(height) };
  throw new RangeError(`show: height must be from 40 to 4000 pixels, got ${height}.`);
}
