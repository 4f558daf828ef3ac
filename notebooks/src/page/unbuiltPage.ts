import { type DocumentParts, documentHtml } from "./document.ts";

/**
 * What stands where a page is not built.
 *
 * @param reload - for a page that is served; then it links to the lesson under watch
 */
export function unbuiltPage(reload?: DocumentParts["reload"]): string {
  const watched = reload === undefined ? "" : '\n<p><a href="/">The lesson under watch</a></p>';
  const body = `<main>
<h1>Not built yet</h1>
<p><code>npm run notebooks</code> builds all pages of the course, <code>npm run notebook 01 once</code> that of one lesson.</p>${watched}
</main>`;
  return documentHtml({
    title: "Not built yet",
    summary: "A page that is not built yet.",
    body,
    scripts: [],
    ...(reload && { reload }),
  });
}
