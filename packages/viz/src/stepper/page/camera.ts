/** A part of the picture. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which part of a picture is seen. */
export interface Camera {
  /** Moves to what a step is about. */
  readonly follow: (focus: readonly [all: Bounds, least: Bounds], isSmooth: boolean) => void;
  /** Nearer or farther, also for the steps to come. */
  readonly zoom: (factor: number) => void;
  /** All of the picture, until something else is wanted. */
  readonly fit: () => void;
  /** All of the picture, whatever the size of its element, until `follow`: for paper. */
  readonly hold: () => void;
}

/** Pixels of the screen for one of the picture: no larger, and no smaller while there is a choice. */
const LARGEST = 1.5;
const LEGIBLE = 0.8;
const SMALLEST = 0.5;

/**
 * Moves a picture on its stage: follows the steps, and pans and zooms by pointer. The picture moves as one element: a
 * transform within the SVG would have the browser measure every text again.
 */
export function createCamera(stage: HTMLElement, svg: SVGSVGElement, all: Bounds): Camera {
  let [focus, least] = [all, all];
  let scale = 1;
  let isHeld = false;
  // What is in the middle, and how large.
  let [x, y, perPixel] = [0, 0, 1];

  const draw = (isSmooth = false): void => {
    // The style sheet says how smooth is smooth, and that it is not for those who want no motion.
    svg.style.transition = isSmooth ? "" : "none";
    const left = stage.clientWidth / 2 - (x - all.x) * perPixel;
    const top = stage.clientHeight / 2 - (y - all.y) * perPixel;
    svg.style.transform = `translate(${left}px,${top}px) scale(${perPixel})`;
  };
  const fitting = ({ width, height }: Bounds) =>
    Math.min(stage.clientWidth / width, stage.clientHeight / height, LARGEST);
  const lookAt = (bounds: Bounds, size: number, isSmooth: boolean): void => {
    x = bounds.x + bounds.width / 2;
    y = bounds.y + bounds.height / 2;
    perPixel = size;
    draw(isSmooth);
  };
  const aim = (isSmooth: boolean): void => {
    if (isHeld) return;
    if (scale === 1 && fitting(all) >= LEGIBLE) lookAt(all, fitting(all), isSmooth);
    else {
      const bounds = fitting(focus) < SMALLEST ? least : focus;
      lookAt(bounds, Math.min(Math.max(fitting(bounds), SMALLEST), 1) * scale, isSmooth);
    }
  };
  const zoom = (factor: number, isSmooth = true): void => {
    scale *= factor;
    perPixel *= factor;
    draw(isSmooth);
  };

  svg.setAttribute("viewBox", `${all.x} ${all.y} ${all.width} ${all.height}`);
  svg.setAttribute("width", String(all.width));
  onGestures(
    stage,
    (dx, dy) => {
      x -= dx / perPixel;
      y -= dy / perPixel;
      draw();
    },
    (factor) => zoom(factor, false),
  );
  new ResizeObserver(() => aim(false)).observe(stage);
  return {
    zoom,
    follow(next, isSmooth) {
      isHeld = false;
      [focus, least] = next;
      aim(isSmooth);
    },
    fit() {
      scale = 1;
      lookAt(all, fitting(all), true);
    },
    hold() {
      isHeld = true;
      svg.style.transform = "";
    },
  };
}

/** One pointer drags, two pinch, and the wheel zooms while Ctrl is held, so that the page still scrolls. */
function onGestures(
  stage: HTMLElement,
  pan: (dx: number, dy: number) => void,
  zoom: (factor: number) => void,
): void {
  const pointers = new Map<number, readonly [x: number, y: number]>();
  const distance = (): number => {
    const [a, b] = [...pointers.values()];
    return Math.hypot(a![0] - b![0], a![1] - b![1]) || 1;
  };
  stage.onpointerdown = ({ target, pointerId, clientX, clientY }) => {
    if ((target as Element).matches("button")) return;
    pointers.set(pointerId, [clientX, clientY]);
    stage.setPointerCapture(pointerId);
  };
  stage.onpointermove = ({ pointerId, clientX, clientY }) => {
    const last = pointers.get(pointerId);
    if (last === undefined) return;
    const before = pointers.size === 2 ? distance() : 0;
    pointers.set(pointerId, [clientX, clientY]);
    if (before > 0) zoom(distance() / before);
    else pan(clientX - last[0], clientY - last[1]);
  };
  stage.onpointerup = stage.onpointercancel = ({ pointerId }) => {
    pointers.delete(pointerId);
  };
  stage.onwheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(2 ** (-event.deltaY / 300));
  };
}
