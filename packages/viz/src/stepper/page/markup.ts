/** The picture, with what moves it. */
const STAGE = `<div id="stage">
<svg id="picture" role="img" aria-label="The graph"><defs><marker id="tip" refX="8" refY="4.5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 1 9 4.5 0 8z" fill="context-stroke"/></marker></defs></svg>
<div id="zoom">
<button id="farther" aria-label="Zoom out">−</button>
<button id="closer" aria-label="Zoom in">+</button>
<button id="whole">Whole</button>
</div>
</div>`;

/** The table of all nodes. */
const REST = `<section id="all">
<h2>All nodes</h2>
<div id="nodes" role="table"></div>
</section>
<noscript>Needs JavaScript.</noscript>`;

/** What moves through the steps. */
const CONTROLS = `<div id="controls" role="group" aria-label="Steps">
<button id="first" aria-label="First step">«</button>
<button id="back" aria-label="Step back">‹</button>
<button id="play">Play</button>
<button id="next" aria-label="Step on">›</button>
<button id="end" aria-label="Last step">»</button>
<input type="range" id="slider" aria-label="Step">
<span id="count"></span>
</div>`;

/** The body of a page of steps, without its heading. The test of pageText.ts puts it there in fewer bytes. */
export const MARKUP: string = `<div id="page">
<header>
<h1></h1>
<div id="modes">
<button>Step by step</button>
<button data-mode="order">Why this order?</button>
<button data-mode="sum">Why add up?</button>
</div>
</header>
${STAGE}
<section id="panel">
<p id="why"></p>
<p id="phase"></p>
<div id="formula"></div>
<p id="sum"></p>
<p id="sentence" role="status"></p>
</section>
${CONTROLS}
</div>
<ol id="steps" start="0"></ol>
${REST}`;

/** The body of a quiz. */
export const QUIZ_MARKUP: string = `<div id="page">
<header>
<h1></h1>
</header>
${STAGE}
<section id="panel" class="backward">
<p id="phase">Gradient <span id="progress"></span></p>
<progress id="done" aria-label="Answered"></progress>
<div id="ask">
<label><bdi id="wanted"></bdi><input id="answer" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="done"></label>
<button id="check">Check</button>
<button id="hint">Hint</button>
<button id="reveal">Show answer</button>
</div>
<button id="again" hidden>Once more</button>
<p id="feedback" role="status"></p>
<div id="hints" role="status"></div>
</section>
</div>
<ol id="steps"></ol>
${REST}`;

/** The body of a page of training. */
export const TRAINING_MARKUP: string = `<div id="page">
<header>
<h1></h1>
</header>
${STAGE}
<section id="panel">
<p id="now"></p>
<svg id="loss" role="img" aria-label="Curve of the loss"></svg>
<p id="sentence" role="status"></p>
<p id="legend">|gradient| <span id="low"></span><span id="scale"></span><span id="high"></span> log scale</p>
</section>
${CONTROLS}
</div>
${REST}`;
