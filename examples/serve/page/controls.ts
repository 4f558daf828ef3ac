import type { LiveState } from "../live.ts";
import { byId, formatNumber, setText } from "./look.ts";

const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

const NO_ANSWER = "The server does not answer. Is npm start still running?";

/** Makes the controls send their commands, and returns what shows in them where training is. */
export function createControls(): { show(state: LiveState): void; lose(): void } {
  const [toggle, rate, seed] = [
    byId("toggle"),
    byId<HTMLInputElement>("rate"),
    byId<HTMLInputElement>("seed"),
  ];
  let latest: LiveState | undefined;
  let told = "";

  toggle.onclick = () => send({ command: latest?.isRunning ? "pause" : "run" });
  byId("once").onclick = () => send({ command: "step" });
  rate.oninput = () => send({ command: "rate", rate: RATES[rate.valueAsNumber]! });
  byId("reset").onsubmit = (event) => {
    event.preventDefault();
    send({ command: "reset", seed: seed.valueAsNumber });
  };
  const keys: Readonly<Record<string, string>> = { " ": "toggle", ArrowRight: "once" };
  document.onkeydown = (event) => {
    const id = keys[event.key];
    if (id === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    // Where a control has the focus, keys are its own; but no button does anything with an arrow.
    const { tagName } = document.activeElement!;
    if (tagName === "INPUT" || (tagName === "BUTTON" && event.key === " ")) return;
    event.preventDefault();
    byId(id).click();
  };

  return {
    show(state) {
      // What is being typed stays until there is another seed.
      if (state.seed !== latest?.seed) seed.value = String(state.seed);
      latest = state;
      setDisabled(false);
      setText(toggle, state.isRunning ? "Pause" : "Run");
      const nearest = RATES.findIndex((each) => each >= state.rate);
      if (rate !== document.activeElement) rate.value = String(nearest);
      const text = formatNumber(state.rate);
      rate.ariaValueText = text;
      setText(byId("rateText"), text);
      const sentence = sentenceOf(state);
      // A complaint stays until there is something else to tell.
      if (sentence !== told) tell(sentence);
      told = sentence;
    },
    lose() {
      setDisabled(true);
      tell(NO_ANSWER, true);
      told = "";
    },
  };
}

function setDisabled(isDisabled: boolean): void {
  for (const id of ["drive", "settings"]) byId<HTMLFieldSetElement>(id).disabled = isDisabled;
}

/** What is read out loud: it does not change from step to step as long as training runs. */
function sentenceOf({ isRunning, step, loss, accuracy }: LiveState): string {
  if (isRunning) return "Training.";
  const numbers = `loss ${formatNumber(loss, 3)}, accuracy ${accuracy.toFixed(3)}`;
  return `Paused at step ${step}: ${numbers}.`;
}

async function send(command: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(command) };
  try {
    const response = await fetch("/command", request);
    if (!response.ok) tell(await response.text(), true);
  } catch {
    tell(NO_ANSWER, true);
  }
}

function tell(text: string, isBad = false): void {
  const status = byId("status");
  setText(status, text);
  status.classList.toggle("bad", isBad);
}
