import { byId } from "./elements.ts";

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
  const ends = [
    ["first", 0],
    ["back", 0],
    ["next", last],
    ["end", last],
  ] as const;
  let current = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  slider.max = String(last);

  const goTo = (step: number, isSmooth = true): void => {
    current = Math.min(last, Math.max(0, step));
    slider.value = String(current);
    byId("count").textContent = `${current} / ${last}`;
    for (const [id, end] of ends) byId(id).ariaDisabled = String(current === end);
    show(current, isSmooth);
    if (current === last) pause();
  };
  const pause = (): void => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = "Play";
    byId("sentence").ariaLive = "polite";
  };
  const playOrPause = (): void => {
    if (timer !== undefined) {
      pause();
      return;
    }
    if (current === last) goTo(0);
    play.textContent = "Pause";
    // Nobody can listen as fast as it plays.
    byId("sentence").ariaLive = "off";
    timer = setInterval(() => goTo(current + 1), pace);
  };
  const actions: Readonly<Record<string, () => void>> = {
    first: () => goTo(0),
    back: () => goTo(current - 1),
    play: playOrPause,
    next: () => goTo(current + 1),
    end: () => goTo(last),
  };
  for (const [id, act] of Object.entries(actions)) {
    byId(id).onclick = () => {
      if (id !== "play") pause();
      act();
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
    if (id === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    // A focused button takes the space bar, a focused slider the arrows of its own.
    if (event.key === " " ? document.activeElement!.matches("button") : event.target === slider) return;
    event.preventDefault();
    byId(id).click();
  };
  return { goTo, step: () => current };
}
