/** Other work gets a turn every so many milliseconds. */
const INTERVAL = 15;

/** Lets timers, input and drawing have their turn if they had none for a while. */
export class Breath {
  #last = performance.now();

  get isDue(): boolean {
    return performance.now() - this.#last >= INTERVAL;
  }

  async take(): Promise<void> {
    await otherTasks();
    this.#last = performance.now();
  }
}

/** Waits until other tasks had their turn; unlike a timer's, this wait has no least length. */
function otherTasks(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
