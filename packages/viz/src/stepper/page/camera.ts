import { type Bounds, boxAround, middleOf, overlaps, sizeOf } from "./bounds.ts";
import { byId, setAttributes } from "./elements.ts";
import { onGestures } from "./gestures.ts";

/** Which part of a picture is seen. */
export interface Camera {
  /** Moves to what a step is about. */
  readonly follow: (focus: Focus, isSmooth: boolean) => void;
  /** All of the picture, until something else is wanted. */
  readonly fit: () => void;
  /** All of the picture, whatever the size of its element, until `follow`: for paper. */
  readonly hold: () => void;
}

/** What a step is about: what would be good to see, then less and less of it. */
export type Focus = readonly [Bounds, ...Bounds[]];

/** Is told what is in sight, and how many pixels of the screen there are for one of the picture. */
export type Look = (views: readonly Bounds[], perPixel: number) => void;

/** Pixels of the screen for one of the picture: at most; enough to stay with all of it; at least. */
const LARGEST = 1.5;
const COMFORTABLE = 0.65;
const SMALLEST = 0.45;
/** How long the picture glides at most, in milliseconds; the style sheet says how long. */
const GLIDE = 400;
/** The buttons in the corner, which should not lie on a node that a step is about. */
const BUTTONS = 50;

/**
 * Moves a picture on its stage: follows the steps, and pans and zooms by pointer and buttons, also for the steps to come.
 * The picture moves as one element: a transform within the SVG would have the browser measure every text again.
 *
 * @param smallest - pixels of the screen for one of the picture, at least
 */
export function createCamera(
  svg: SVGSVGElement,
  all: Bounds,
  look: Look,
  smallest: number = SMALLEST,
): Camera {
  const stage = byId("stage");
  let focus: Focus = [all];
  let scale = 1;
  let isHeld = false;
  // What is in the middle, and how large; what was in sight.
  let [x, y] = middleOf(all);
  let perPixel = 1;
  let seen = all;
  // Of the stage, which is measured when it is there, and when it changes.
  let [width, height] = [0, 0];

  const draw = (isSmooth = false): void => {
    // To glide to what was out of sight shows nothing, and all on the way would have to be drawn. The style sheet says
    // how a glide goes, and that there is none for those who want no motion.
    const glides = isSmooth && overlaps([x, y, x, y], seen);
    svg.style.transition = glides ? "" : "none";
    const [left, top] = [width / 2 - (x - all[0]) * perPixel, height / 2 - (y - all[1]) * perPixel];
    svg.style.transform = `translate(${left}px,${top}px) scale(${perPixel})`;
    // And a little beyond.
    const view = boxAround([x, y], (1.1 * width) / perPixel, (1.1 * height) / perPixel);
    look(glides ? [view, seen] : [view], perPixel);
    seen = view;
    if (glides) setTimeout(tidy, GLIDE);
  };
  const tidy = (): void => {
    if (!isHeld) look([seen], perPixel);
  };
  const fitting = (bounds: Bounds) => {
    const [across, down] = sizeOf(bounds);
    return Math.min(width / across, height / down, LARGEST);
  };
  const lookAtAll = (isSmooth: boolean): void => {
    [x, y] = middleOf(all);
    perPixel = fitting(all);
    draw(isSmooth);
  };
  const aim = (isSmooth: boolean): void => {
    if (isHeld) return;
    if (scale === 1 && fitting(all) >= COMFORTABLE) lookAtAll(isSmooth);
    else {
      const bounds = focus.find((one) => fitting(one) >= smallest) ?? focus.at(-1)!;
      perPixel = Math.min(Math.max(fitting(bounds), smallest), 1) * scale;
      [x, y] = middleOf(bounds);
      x = within(x, width / perPixel, all[0], all[2]);
      y = within(y, height / perPixel, all[1], all[3] + BUTTONS / perPixel);
      draw(isSmooth);
    }
  };
  const zoom = (factor: number, isSmooth = true): void => {
    scale *= factor;
    perPixel *= factor;
    draw(isSmooth);
  };
  const fit = (): void => {
    scale = 1;
    lookAtAll(true);
  };

  const [across, down] = sizeOf(all);
  setAttributes(svg, { viewBox: `${all[0]} ${all[1]} ${across} ${down}`, width: across });
  onGestures(
    stage,
    (dx, dy) => {
      x -= dx / perPixel;
      y -= dy / perPixel;
      draw();
    },
    (factor) => zoom(factor, false),
  );
  new ResizeObserver(([entry]) => {
    ({ width, height } = entry!.contentRect);
    aim(false);
  }).observe(stage);
  byId("closer").onclick = () => zoom(1.4);
  byId("farther").onclick = () => zoom(1 / 1.4);
  byId("whole").onclick = fit;
  return {
    fit,
    follow(next, isSmooth) {
      isHeld = false;
      focus = next;
      aim(isSmooth);
    },
    hold() {
      isHeld = true;
      svg.style.transform = "";
      look([all], 1);
    },
  };
}

/** The middle of a view, moved so that no more than needed lies outside of the picture. */
function within(middle: number, view: number, first: number, last: number): number {
  return view > last - first
    ? (first + last) / 2
    : Math.min(Math.max(middle, first + view / 2), last - view / 2);
}
