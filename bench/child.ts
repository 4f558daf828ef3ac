// Runs one contender in a process of its own. For a line "n" on standard input, does n steps and prints the CPU
// microseconds of one step (garbage collection included) and the loss; for "0", prints the milliseconds from nothing
// to the first results, and the results.
import { createInterface } from "node:readline";
import type { Running } from "./contender.ts";

const [contender, work] = process.argv.slice(2) as [string, string];
const { setup } = (await import(contender)) as { setup: (work: string) => Promise<Running | (() => number)> };

const before = performance.now();
const made = await setup(work);
const steps = stepsOf(made);
const results = typeof made === "function" ? [made()] : made.results();
const started = performance.now() - before;

for await (const line of createInterface({ input: process.stdin })) {
  const count = Number(line);
  if (count === 0) console.log([started, ...results].join(" "));
  else {
    const before = process.cpuUsage();
    const loss = await steps(count);
    const { user, system } = process.cpuUsage(before);
    console.log(`${(user + system) / count} ${loss}`);
  }
}

function stepsOf(made: Running | (() => number)): (count: number) => number | Promise<number> {
  if (typeof made !== "function" && "steps" in made) return (count) => made.steps(count);
  const step = typeof made === "function" ? made : () => made.step();
  return (count) => {
    let loss = 0;
    for (let i = 0; i < count; i++) loss = step();
    return loss;
  };
}
