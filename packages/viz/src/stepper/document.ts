import type { PageData } from "./page/pageData.ts";
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from "./pageText.ts";

/**
 * The page as one text. Its own policy allows its own style and its own script, by their hashes, and nothing else. What a
 * user wrote stands in two places: the title, as text, and the data, as JSON in which no markup can begin.
 */
export function documentOf(title: string, data: PageData): string {
  const policy =
    `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; ` +
    "base-uri 'none'; form-action 'none'";
  const heading = escapeText(title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
<style>${STYLE}</style>
</head>
<body>
<div id="page">
<header>
<h1>${heading}</h1>
<div id="modes" role="group" aria-label="Way of the gradients">
<button data-mode="" aria-pressed="true">Step by step</button>
<button data-mode="order" aria-pressed="false">Why this order?</button>
<button data-mode="sum" aria-pressed="false">Why add up?</button>
</div>
</header>
<div id="stage">
<svg id="picture" role="img" aria-label="Graph; all numbers are in the table"><defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 1L10 5L0 9z" fill="context-stroke"/></marker></defs></svg>
<div id="zoom"><button id="farther" aria-label="Zoom out">−</button><button id="closer" aria-label="Zoom in">+</button><button id="whole">Whole</button></div>
</div>
<section id="panel" aria-label="This step">
<p id="why" hidden></p>
<p id="phase"></p>
<div id="formula"></div>
<p id="sum"></p>
<p id="sentence" role="status" aria-live="polite"></p>
</section>
<div id="controls" role="group" aria-label="Steps">
<button id="first" aria-label="First step">«</button>
<button id="back" aria-label="Step back">‹</button>
<button id="play">Play</button>
<button id="next" aria-label="Step on">›</button>
<button id="end" aria-label="Last step">»</button>
<input type="range" id="slider" min="0" value="0" aria-label="Step">
<span id="count"></span>
</div>
</div>
<section id="all">
<h2>All nodes</h2>
<table>
<thead><tr><th>node</th><th class="from">is</th><th>data</th><th>grad</th><th></th></tr></thead>
<tbody id="nodes"></tbody>
</table>
</section>
<ol id="steps" start="0"></ol>
<noscript>Needs JavaScript.</noscript>
<script type="application/json" id="graph">${escapeJson(JSON.stringify(data))}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** JSON that means the same and holds none of the characters that end a script or begin markup. */
function escapeJson(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
