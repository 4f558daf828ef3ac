/** One pointer drags, two pinch, and the wheel zooms while Ctrl is held, so that the page still scrolls. */
export function onGestures(
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
    if (!last) return;
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
