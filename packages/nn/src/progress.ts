import { SingleBar } from "cli-progress";
import { type ProgressBar, progressBar as silent } from "./noProgress.ts";

/** A progress bar on stderr with epoch and loss; silent if stderr is not a terminal, or in continuous integration. */
export function progressBar(epochs: number): ProgressBar {
  const { CI } = process.env;
  if (!process.stderr.isTTY || CI) return silent(epochs);
  const bar = new SingleBar({
    format: "{bar} epoch {value}/{total}, loss {loss}, {eta_formatted} left",
    linewrap: null, // an interrupt then leaves the terminal as it was
  });
  bar.start(epochs, 0, { loss: "–" });
  return {
    update: (epoch, loss) => bar.update(epoch, { loss: loss.toPrecision(4) }),
    stop: () => bar.stop(),
  };
}
