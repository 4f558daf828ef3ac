const tasks = new Set<() => void>();

// What began last may use what began before.
process.on("exit", () => {
  for (const task of [...tasks].reverse()) task();
});

/**
 * Does a task when this process ends, for what must not outlive it.
 *
 * @param task - without promises: nothing waits for them then
 * @returns what takes the task back
 */
export function untilExit(task: () => void): () => void {
  tasks.add(task);
  return () => tasks.delete(task);
}
