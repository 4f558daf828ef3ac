export { explainChecks } from "./explainChecks.ts";
export { type MimeBundle, type MimeType, mimeTypes } from "./mime.ts";
export { type Show, type ShowOptions, show } from "./show.ts";
