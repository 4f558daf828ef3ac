import { byId, setText } from "./elements.ts";

/** What moves through the steps. */
export interface Player {
  readonly goTo: (step: number) => void;
  readonly step: () => number;
}

/**
 * The buttons, the slider and the keys.
 *
 * @param show - called with each step to show, and whether the picture may glide there
 * @param pace - milliseconds a step when playing
 */
export function createPlayer(
  last: number,
  show: (step: number, isSmooth: boolean) => void,
  pace: number,
): Player {
  const slider = byId<HTMLInputElement>("slider");
  const play = byId("play");
  const targets: readonly (readonly [string, () => number])[] = Object.entries({
    first: () => 0,
    back: () => Math.max(0, current - 1),
    next: () => Math.min(last, current + 1),
    end: () => last,
  });
  let current = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  slider.max = String(last);

  const goTo = (step: number, isSmooth = true): void => {
    current = step;
    slider.value = String(current);
    setText(byId("count"), `${current} / ${last}`);
    for (const [id, target] of targets) byId(id).ariaDisabled = String(target() === step);
    show(current, isSmooth);
    if (current === last) pause();
  };
  const pause = (): void => {
    clearInterval(timer);
    timer = undefined;
    setText(play, "Play");
    byId("sentence").ariaLive = "polite";
  };
  play.onclick = () => {
    if (timer) {
      pause();
      return;
    }
    if (current === last) goTo(0);
    setText(play, "Pause");
    // Nobody can listen as fast as it plays.
    byId("sentence").ariaLive = "off";
    timer = setInterval(() => goTo(Math.min(last, current + 1)), pace);
  };
  for (const [id, target] of targets) {
    byId(id).onclick = () => {
      pause();
      goTo(target());
    };
  }
  slider.oninput = () => {
    pause();
    goTo(Number(slider.value), false);
  };

  const keys: Readonly<Record<string, string>> = {
    ArrowLeft: "back",
    ArrowRight: "next",
    Home: "first",
    End: "end",
    " ": "play",
  };
  document.onkeydown = (event) => {
    const id = keys[event.key];
    if (!id || event.ctrlKey || event.altKey || event.metaKey) return;
    // A focused button takes the space bar, a focused slider the arrows of its own.
    if (event.key === " " ? document.activeElement!.matches("button") : event.target === slider) return;
    event.preventDefault();
    byId(id).click();
  };
  return { goTo, step: () => current };
}
