// Trains networks to the end and prints how well they do; then what training costs, against C and micrograd.
//
//     training.ts [--rounds=7] [--starts=3]
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { bundleScript, compete, type Result, spread, startC, startScript } from "./contest.ts";
import { moons, networkInput } from "./problems/networks.ts";
import { digits, digitsModel } from "./training/digits.ts";
import {
  approximationResult,
  digitsResult,
  irisResult,
  spiralResult,
  towersResult,
  xorResult,
} from "./training/results.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, starts: { type: "string", default: "3" } },
});
const rounds = Number(values.rounds);
const starts = Number(values.starts);

for (const train of [xorResult, spiralResult, irisResult, digitsResult, towersResult, approximationResult]) {
  const before = performance.now();
  const { what, value, target, isReached } = await train();
  const seconds = ((performance.now() - before) / 1000).toFixed(1);
  console.log(`${isReached ? "✓" : "✗"} ${what}: ${value} (${target}), ${seconds} s`);
}

console.log(`\nCPU µs, median and quartiles of ${rounds} rounds, node ${process.version}`);
print("a full-batch step of the moons demo", await compete(await moonsContenders(), rounds));
print("an epoch of digits, 8,000 in batches of 64", await compete(await digitsContenders(), rounds));

console.log(`\nthe moons demo from loading to decision boundary, wall ms, median of ${starts} processes`);
const [ours, theirs] = [await demo("demo-chainrule"), await demo("demo-micrograd")];
console.log(
  `chainrule ${ours.toFixed(0)}, micrograd-ts ${theirs.toFixed(0)}: ${(theirs / ours).toFixed(1)} ×`,
);

async function moonsContenders() {
  return [
    startC("C, gcc -O3", "contenders/compiled/moons.c", ["-O3"], networkInput(moons).join(" ")),
    await startScript("chainrule, fit", "contenders/training/moons-fit.ts"),
    await startScript("micrograd-ts", "contenders/micrograd-ts.ts"),
  ];
}

async function digitsContenders() {
  const model = digitsModel();
  const { train } = digits();
  const layers = model.layers.flatMap(({ neurons }) => [
    ...neurons.flatMap(({ weights }) => weights.map(({ data }) => data)),
    ...neurons.map(({ bias }) => bias.data),
  ]);
  const rows = train.inputs.flatMap((row, i) => [
    ...row,
    ...Array.from({ length: 10 }, (_, digit) => (digit === train.targets[i] ? 1 : 0)),
  ]);
  return [
    startC("C, gcc -O3", "contenders/training/digits-epoch.c", ["-O3"], [...layers, ...rows].join(" ")),
    await startScript("chainrule, fit", "contenders/training/digits-fit.ts"),
  ];
}

function print(title: string, results: readonly Result[]): void {
  console.log(`\n${title}`);
  const base = results[0]!.median;
  for (const { name, median, quartiles } of results) {
    const ratio = `${(median / base).toPrecision(3)} ×`;
    console.log(
      `${name.padEnd(20)}${median.toFixed(0).padStart(12)}${quartiles
        .map((q) => q.toFixed(0))
        .join("–")
        .padStart(20)}${ratio.padStart(12)}`,
    );
  }
}

/** The median ms that a demo takes; each run must learn the moons. */
async function demo(name: string): Promise<number> {
  const file = await bundleScript(`contenders/training/${name}.ts`);
  const millis = Array.from({ length: starts }, () => {
    const [took, accuracy] = execFileSync(process.execPath, [file], { encoding: "utf8" })
      .split(" ")
      .map(Number);
    if (!(accuracy! > 0.8)) throw new Error(`${name}: accuracy ${accuracy}`);
    return took!;
  });
  return spread(millis).median;
}
