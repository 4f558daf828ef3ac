/** What can be shown, in the order in which a page prefers it. */
export const mimeTypes = [
  "text/html",
  "image/svg+xml",
  "image/png",
  "text/latex",
  "text/markdown",
  "text/plain",
] as const;

export type MimeType = (typeof mimeTypes)[number];

/** One thing in several forms, as in a notebook's `display_data`; PNG in base64. */
export type MimeBundle = Readonly<Partial<Record<MimeType, string>>>;

const visual: readonly MimeType[] = ["text/html", "image/svg+xml", "image/png"];

/** Whether it can only be seen: then it needs a description for those who cannot. */
export function isVisual(bundle: MimeBundle): boolean {
  return visual.some((type) => bundle[type] !== undefined);
}

/** A line or more for the terminal, and for readers that show no picture. */
export function plainText(bundle: MimeBundle, description: string): string {
  if (isVisual(bundle)) return `[${bundle["text/html"] === undefined ? "picture" : "page"}] ${description}`;
  return bundle["text/plain"] ?? bundle["text/markdown"] ?? bundle["text/latex"] ?? description;
}
