// Runs one contender in a process of its own: for each line "n" on standard input, does n steps and prints the CPU
// microseconds of one step (garbage collection included) and the loss.
import { createInterface } from "node:readline";

const contender: string = process.argv[2]!;
const { setup } = (await import(contender)) as { setup: () => () => number };
const step = setup();

for await (const line of createInterface({ input: process.stdin })) {
  const count = Number(line);
  const before = process.cpuUsage();
  let loss = 0;
  for (let i = 0; i < count; i++) loss = step();
  const { user, system } = process.cpuUsage(before);
  console.log(`${(user + system) / count} ${loss}`);
}
