import type { LiveSetup, LiveState } from "../live.ts";
import { createControls } from "./controls.ts";
import { drawCurve } from "./curve.ts";
import { byId, formatNumber, setText } from "./look.ts";
import { createNetwork } from "./network.ts";
import { createPlane } from "./plane.ts";
import { onShade } from "./shade.ts";

// The page of a training session: this file is the entry of its script.
let setup: LiveSetup | undefined;
let state: LiveState | undefined;
let network: ReturnType<typeof createNetwork>;
let plane: ReturnType<typeof createPlane>;
let isDue = false;

const controls = createControls();

/** Makes anew what stays from step to step. */
function rebuild(): void {
  if (setup === undefined) return;
  network = createNetwork(byId("network"), setup);
  plane = createPlane(byId("plane"), setup);
  setText(byId("title"), setup.title);
  draw();
}

/** Draws the latest state, at most once a frame. */
function draw(): void {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    if (state === undefined) return;
    network(state);
    plane(state);
    drawCurve(byId("curve"), state);
    setText(byId("step"), String(state.step));
    setText(byId("loss"), formatNumber(state.loss, 3));
    setText(byId("accuracy"), state.accuracy.toFixed(3));
    controls.show(state);
  });
}

const events = new EventSource("/events");
events.addEventListener("setup", ({ data }: MessageEvent<string>) => {
  setup = JSON.parse(data);
  rebuild();
});
events.addEventListener("state", ({ data }: MessageEvent<string>) => {
  state = JSON.parse(data);
  draw();
});
events.onerror = controls.lose;

onShade(rebuild);
new ResizeObserver(rebuild).observe(byId("network"));
new ResizeObserver(draw).observe(byId("curve"));
