import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { build } from "esbuild";

const here = import.meta.dirname;
const out = join(here, "../out/bench");
mkdirSync(out, { recursive: true });

/** One contender in a process of its own, which does steps when told. */
export interface Contender {
  readonly name: string;
  /** Does this many steps; resolves to the CPU µs of one step and the loss after the last. */
  steps(count: number): Promise<{ micros: number; loss: number }>;
  stop(): void;
}

const settings = { bundle: true, platform: "node" } as const;

/** Bundles a contender, as a user would ship it, and returns the file. */
export async function bundleScript(file: string): Promise<string> {
  const outfile = join(out, `${basename(file, ".ts")}.cjs`);
  await build({ ...settings, entryPoints: [join(here, file)], outfile, format: "cjs" });
  return outfile;
}

/** Starts a contender written in TypeScript. */
export async function startScript(
  name: string,
  file: string,
  nodeFlags: readonly string[] = [],
): Promise<Contender> {
  const contender = await bundleScript(file);
  const child = join(out, "child.mjs");
  await build({ ...settings, entryPoints: [join(here, "child.ts")], outfile: child, format: "esm" });
  return follow(name, spawn(process.execPath, [...nodeFlags, child, contender]));
}

/** Compiles and starts a contender written in C, which is first told `input`. */
export function startC(name: string, file: string, flags: readonly string[], input: string): Contender {
  const program = join(out, `${basename(file, ".c")}-${flags.join("").replace(/\W/g, "")}`);
  execFileSync("gcc", [...flags, "-o", program, join(here, file), "-lm"]);
  const child = spawn(program);
  child.stdin.write(`${input}\n`);
  return follow(name, child);
}

function follow(name: string, child: ChildProcessWithoutNullStreams): Contender {
  child.stderr.pipe(process.stderr);
  const lines: Interface = createInterface({ input: child.stdout });
  const answers = lines[Symbol.asyncIterator]();
  return {
    name,
    async steps(count) {
      child.stdin.write(`${count}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${name} ended early`);
      const [micros, loss] = (value as string).split(" ").map(Number);
      return { micros: micros!, loss: loss! };
    },
    stop: () => child.kill(),
  };
}

export interface Result {
  readonly name: string;
  /** CPU µs of one step: the median over rounds, and the quartiles. */
  readonly median: number;
  readonly quartiles: readonly [number, number];
  readonly loss: number;
}

/** Lets the contenders take turns, round by round, each with about the same CPU time a round. */
export async function compete(contenders: readonly Contender[], rounds: number): Promise<Result[]> {
  const counts: number[] = [];
  for (const contender of contenders) {
    await contender.steps(30); // let the engine optimise
    const { micros } = await contender.steps(10);
    counts.push(Math.max(3, Math.round(60_000 / micros)));
  }
  const times: number[][] = contenders.map(() => []);
  const losses: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const { micros, loss } = await contender.steps(counts[i]!);
      times[i]!.push(micros);
      losses[i] = loss;
    }
  }
  return contenders.map(({ name, stop }, i) => {
    stop();
    const sorted = times[i]!.sort((a, b) => a - b);
    const at = (fraction: number) => sorted[Math.round(fraction * (sorted.length - 1))]!;
    return { name, median: at(0.5), quartiles: [at(0.25), at(0.75)], loss: losses[i]! };
  });
}
