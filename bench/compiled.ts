// Prints, for each work, the time of compiled code and of its yardsticks, as ratios in one interleaved run, and how
// long each compiler takes from a function to its first gradient. Fails where results disagree.
//
//     compiled.ts [works by name…] [--rounds=15] [--starts=3] [--node24]
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { checkAgreement } from "./compiled/agree.ts";
import { type Entry, entryFile, type Work, works } from "./compiled/works.ts";
import { type Contender, compete, spread, startC, startScript } from "./contest.ts";

const { values: options, positionals: filter } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "15" },
    starts: { type: "string", default: "3" },
    node24: { type: "boolean", default: false },
  },
});
const rounds = Number(options.rounds);
const starts = Number(options.starts);
const chosen = works.filter(({ name }) => filter.length === 0 || filter.some((part) => name.includes(part)));
if (chosen.length === 0) {
  throw new RangeError(
    `no work is named like ${filter.join(", ")}. There are: ${works.map(({ name }) => name).join(", ")}.`,
  );
}
const node24 = options.node24 ? newerNode() : undefined;

console.log(
  `CPU µs a step, median of ${rounds} rounds; ms from function to first gradient, median of ${starts} fresh processes`,
);
console.log(`node ${process.version}${node24 ? " and 24" : ""}, ${cpu()}`);
for (const work of chosen) await run(work);

async function run(work: Work): Promise<void> {
  console.log(`\n${work.name}: ${work.title}`);
  const running: Contender[] = [];
  const compiling = new Map<string, number>();
  const first = new Map<string, readonly number[]>();
  for (const entry of work.entries) {
    for (const node of entry.language === "js" && node24 ? [undefined, node24] : [undefined]) {
      const contender = await start(work, entry, node);
      const { millis, numbers } = await contender.first();
      running.push(contender);
      first.set(contender.name, numbers);
      const tolerance = entry.tolerance ?? 1e-9;
      checkAgreement(contender.name, numbers, first.get(running[0]!.name)!, tolerance);
      if (entry.compiles) {
        const times = [millis];
        while (times.length < starts) {
          const again = await start(work, entry, node);
          times.push((await again.first()).millis);
          again.stop();
        }
        compiling.set(contender.name, spread(times).median);
      }
    }
  }
  const results = await compete(running, rounds);
  const base = results.find(({ name }) => name === work.base)!.median;
  const columns = ["µs a step", "quartiles", "× base", ...(work.nodes ? ["ns a node"] : []), "start, ms"];
  console.log(row("", columns));
  for (const { name, median, quartiles } of results) {
    const cells = [number(median), quartiles.map(number).join("–"), (median / base).toFixed(2)];
    if (work.nodes) cells.push(((median * 1000) / work.nodes).toFixed(1));
    const millis = compiling.get(name);
    console.log(row(name + (name === work.base ? " (base)" : ""), [...cells, millis?.toFixed(0) ?? ""]));
  }
  for (const reason of work.left) console.log(`  without ${reason}`);
}

function start(work: Work, entry: Entry, node: string | undefined): Promise<Contender> | Contender {
  const file = entryFile(entry);
  if (entry.language === "c") return startC(entry.name, file, entry.flags, work.input);
  const options = { work: work.name, ...(node ? { node } : {}) };
  return startScript(entry.name + (node ? ", node 24" : ""), file, options);
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(38) + cells.map((cell, i) => cell.padStart(i === 1 ? 20 : 11)).join("");
}

/** Three digits that say something, or the whole number. */
function number(x: number): string {
  return x >= 100 ? x.toFixed(0) : x.toPrecision(3);
}

function newerNode(): string {
  const args = ["--yes", "--loglevel=error", "node@24", "-p", "process.execPath"];
  return execFileSync("npx", args, { encoding: "utf8" }).trim();
}

function cpu(): string {
  return execFileSync("sh", ["-c", "grep -m1 'model name' /proc/cpuinfo | cut -d: -f2"], {
    encoding: "utf8",
  }).trim();
}
