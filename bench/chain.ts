// Prints the time and memory of long chains: y = y·a or y + b, a million nodes and ten million, forward and backward.
// Each contender runs in a process of its own under Node's default flags.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bundleScript } from "./contest.ts";

const runs: readonly (readonly [name: string, contender: string, nodes: number, flags: readonly string[]])[] =
  [
    ["chainrule", "contenders/chain-chainrule.ts", 1_000_000, []],
    ["adnn", "contenders/chain-adnn.ts", 1_000_000, []],
    [
      "chainrule, --max-old-space-size=4096",
      "contenders/chain-chainrule.ts",
      10_000_000,
      ["--max-old-space-size=4096"],
    ],
  ];

console.log(`chains, CPU time, median of 5, node ${process.version}\n`);
console.log(
  `${"".padEnd(40)}${"nodes".padStart(10)}${"ns a node".padStart(12)}${"bytes a node".padStart(14)}`,
);
for (const [name, contender, nodes, flags] of runs) {
  const script = await bundleScript(contender);
  const args = [...flags, "--expose-gc", join(import.meta.dirname, "chainChild.mjs"), script, String(nodes)];
  const [nanoseconds, bytes] = execFileSync(process.execPath, args, { encoding: "utf8" }).trim().split(" ");
  console.log(
    `${name.padEnd(40)}${String(nodes).padStart(10)}${nanoseconds!.padStart(12)}${bytes!.padStart(14)}`,
  );
}
