import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const here = import.meta.dirname;
const out = join(here, "../out/bench");
mkdirSync(out, { recursive: true });

/** One contender in a process of its own, which does steps when told. */
export interface Contender {
  readonly name: string;
  /** Does this many steps, at least one; resolves to the CPU µs of one step and the value after the last. */
  steps(count: number): Promise<{ micros: number; loss: number }>;
  /** What it computed first, a value and its gradient, and the ms it took from nothing to there (0 in C). */
  first(): Promise<{ millis: number; numbers: readonly number[] }>;
  stop(): void;
}

const settings = {
  bundle: true,
  platform: "node",
  format: "esm",
  // For the peers in CommonJS.
  banner: {
    js: 'import { createRequire as $require } from "node:module"; const require = $require(import.meta.url);',
  },
} as const;

/** Packages that load WebAssembly from files beside them cannot be bundled. */
const unbundled: Plugin = {
  name: "unbundled",
  setup({ onResolve }) {
    onResolve({ filter: /^(rose|@jax-js\/jax|@tensorflow\/[a-z-]*)$/ }, ({ path }) => ({
      path: fileURLToPath(import.meta.resolve(path)),
      external: true,
    }));
  },
};

/** Bundles a contender, as a user would ship it, and returns the file. */
export async function bundleScript(file: string): Promise<string> {
  const outfile = join(out, `${basename(file, ".ts")}.mjs`);
  await build({ ...settings, entryPoints: [join(here, file)], outfile, plugins: [unbundled] });
  return outfile;
}

/** How a script is run. */
export interface ScriptOptions {
  /** The work, for contenders that can do several. */
  readonly work?: string;
  /** The binary of Node, this one unless told. */
  readonly node?: string;
  readonly nodeFlags?: readonly string[];
}

/** Starts a contender written in TypeScript. */
export async function startScript(
  name: string,
  file: string,
  options: ScriptOptions = {},
): Promise<Contender> {
  const { work = "", node = process.execPath, nodeFlags = [] } = options;
  const contender = await bundleScript(file);
  const child = await bundleScript("child.ts");
  return follow(name, spawn(node, [...nodeFlags, child, contender, work], { stdio }));
}

/** Compiles and starts a contender written in C or C++, which is first told `input`. */
export function startC(name: string, file: string, flags: readonly string[], input: string): Contender {
  const type = extname(file);
  const program = join(out, `${basename(file, type)}-${flags.join("").replace(/\W/g, "")}`);
  execFileSync(type === ".c" ? "gcc" : "g++", [...flags, "-o", program, join(here, file), "-lm"]);
  const child = spawn(program, { stdio });
  child.stdin.write(`${input}\n`);
  return follow(name, child);
}

const stdio: ["pipe", "pipe", "inherit"] = ["pipe", "pipe", "inherit"];

function follow(name: string, child: ChildProcessByStdio<Writable, Readable, null>): Contender {
  const lines: Interface = createInterface({ input: child.stdout });
  const answers = lines[Symbol.asyncIterator]();
  async function ask(question: number): Promise<number[]> {
    child.stdin.write(`${question}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`${name} ended early`);
    return (value as string).trim().split(" ").map(Number);
  }
  return {
    name,
    async steps(count) {
      const [micros, loss] = await ask(count);
      return { micros: micros!, loss: loss! };
    },
    async first() {
      const [millis, ...numbers] = await ask(0);
      return { millis: millis!, numbers };
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

const TURN = 60_000; // CPU µs

/** Lets the contenders take turns, round by round, each with about the same CPU time a round. */
export async function compete(contenders: readonly Contender[], rounds: number): Promise<Result[]> {
  const counts: number[] = [];
  for (const contender of contenders) {
    // Let the engine optimise, then find how many steps make a turn.
    await contender.steps(30);
    let count = 3;
    let { micros } = await contender.steps(count);
    while (micros * count < TURN) {
      count = Math.ceil(count * Math.min(10, Math.max(1.1, TURN / (micros * count || 1))));
      ({ micros } = await contender.steps(count));
    }
    counts.push(count);
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
    return { name, ...spread(times[i]!), loss: losses[i]! };
  });
}

/** The median and the quartiles. */
export function spread(numbers: readonly number[]): { median: number; quartiles: [number, number] } {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (fraction: number) => sorted[Math.round(fraction * (sorted.length - 1))]!;
  return { median: at(0.5), quartiles: [at(0.25), at(0.75)] };
}
