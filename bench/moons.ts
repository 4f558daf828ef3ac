// Prints the time of the moons step for every contender, as ratios in one interleaved run.
import { execFileSync } from "node:child_process";
import { compete, startC, startScript } from "./contest.ts";
import { moons, networkInput } from "./problems/networks.ts";

const rounds = Number(process.argv[2] ?? 15);
const input = networkInput(moons).join(" ");

const contenders = [
  startC(
    "C, gcc -O3 -march=native -ffast-math",
    "contenders/compiled/moons.c",
    ["-O3", "-march=native", "-ffast-math"],
    input,
  ),
  startC("C, gcc -O3", "contenders/compiled/moons.c", ["-O3"], input),
  await startScript("hand-written JavaScript", "contenders/hand-written.ts"),
  await startScript("chainrule, neurons as dot nodes", "contenders/chainrule-dot.ts"),
  await startScript("chainrule, scalar by scalar", "contenders/chainrule.ts"),
  await startScript("ad.js", "contenders/ad.js.ts"),
  await startScript("adnn", "contenders/adnn.ts"),
  await startScript("micrograd-ts", "contenders/micrograd-ts.ts"),
];
const results = await compete(contenders, rounds);
const micrograd = results.at(-1)!.median;

console.log(`moons step, CPU µs, median of ${rounds} rounds, node ${process.version}, ${cpu()}\n`);
console.log(
  `${"".padEnd(38)}${"µs a step".padStart(10)}${"quartiles".padStart(18)}${"micrograd-ts ÷".padStart(16)}`,
);
for (const { name, median, quartiles } of results) {
  const spread = quartiles.map((q) => q.toFixed(0)).join("–");
  console.log(
    `${name.padEnd(38)}${median.toFixed(0).padStart(10)}${spread.padStart(18)}${(micrograd / median).toFixed(1).padStart(16)}`,
  );
}

function cpu(): string {
  return execFileSync("sh", ["-c", "grep -m1 'model name' /proc/cpuinfo | cut -d: -f2"], {
    encoding: "utf8",
  }).trim();
}
