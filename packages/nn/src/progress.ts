import { SingleBar } from "cli-progress";
import { type Progress, type ProgressBar, progressBar as silent } from "./noProgress.ts";

/** A step may take less time than to write about it: milliseconds from one update to the next. */
const INTERVAL = 100;

/** A progress bar on stderr; silent if stderr is not a terminal, or in continuous integration. */
export function progressBar(epochs: number, batches: number): ProgressBar {
  const { CI } = process.env;
  if (!process.stderr.isTTY || CI) return silent(epochs, batches);
  const bar = new SingleBar({
    format: "{bar} epoch {epoch}/{epochs}, loss {loss}, {speed} steps/s, {eta_formatted} left",
    linewrap: null, // an interrupt then leaves the terminal as it was
  });
  const shown = { epoch: 0, epochs, loss: "–", speed: "–" };
  bar.start(epochs * batches, 0, shown);
  const start = performance.now();
  let last: Progress | undefined;
  let lastTime = start;
  let first = 0;
  const show = ({ epoch, batch, loss }: Progress) => {
    const steps = epoch * batches + batch;
    const speed = ((steps - first) / (performance.now() - start)) * 1000;
    bar.update(steps, {
      epoch: epoch + Math.floor(batch / batches),
      loss: loss.toPrecision(4),
      speed: speed.toPrecision(3),
    });
  };
  return {
    update(progress) {
      if (last === undefined) first = progress.epoch * batches + progress.batch - 1;
      last = progress;
      if (performance.now() - lastTime < INTERVAL) return;
      lastTime = performance.now();
      show(progress);
    },
    stop() {
      if (last !== undefined) show(last);
      bar.stop();
    },
  };
}
