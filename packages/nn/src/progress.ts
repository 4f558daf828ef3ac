import { SingleBar } from "cli-progress";
import { type Progress, type ProgressBar, progressBar as silent } from "./noProgress.ts";
import type { Measurement } from "./training/measure.ts";

/** A step may take less time than to write about it: milliseconds from one update to the next. */
const INTERVAL = 100;
/** Measuring takes time that training does not get: milliseconds from one measurement to the next. */
const MEASURED_EVERY = 1000;

/** A progress bar on stderr; silent if stderr is not a terminal, or in continuous integration. */
export function progressBar(epochs: number, batches: number, isCompiled: boolean): ProgressBar {
  const { CI } = process.env;
  if (!process.stderr.isTTY || CI) return silent(epochs, batches, isCompiled);
  const bar = new SingleBar({
    format: "{bar} epoch {epoch}/{epochs}, {facts}, {eta_formatted} left",
    linewrap: null, // an interrupt then leaves the terminal as it was
  });
  bar.start(epochs * batches, 0, { epoch: 0, epochs, facts: "loss –" });
  const start = performance.now();
  let shown = start;
  let latest: Progress | undefined;
  let first: number | undefined;
  let measurement: Measurement | undefined;
  let measured = start;
  const stepsOf = ({ epoch, batch }: Progress) => epoch * batches + batch;
  const show = (progress: Progress) => {
    const speed = ((stepsOf(progress) - first!) / (performance.now() - start)) * 1000;
    bar.update(stepsOf(progress), {
      epoch: progress.epoch + Math.floor(progress.batch / batches),
      facts: [...factsOf(progress, measurement, speed), ...(isCompiled ? [] : ["not compiled"])].join(", "),
    });
  };
  return {
    update(progress) {
      latest = progress;
      first ??= stepsOf(progress) - 1;
      if (performance.now() - shown < INTERVAL) return;
      shown = performance.now();
      show(progress);
    },
    get wantsMeasurement() {
      return performance.now() - measured >= MEASURED_EVERY;
    },
    measured(found) {
      measurement = found;
      measured = performance.now();
    },
    stop() {
      if (latest !== undefined) show(latest);
      bar.stop();
    },
  };
}

function factsOf({ loss, rate }: Progress, measurement: Measurement | undefined, speed: number): string[] {
  return [
    `loss ${loss.toPrecision(4)}`,
    measurement?.accuracy === undefined ? undefined : `accuracy ${measurement.accuracy.toFixed(3)}`,
    rate === undefined ? undefined : `rate ${Number(rate.toPrecision(3))}`,
    `${Number(speed.toPrecision(3))} steps/s`,
  ].filter((fact) => fact !== undefined);
}
