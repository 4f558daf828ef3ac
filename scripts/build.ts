// Builds what is published: `dist` of each package (JavaScript, types, maps) and the browser file of core.
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const packages = ["core", "nn", "viz"].map((name) => join(root, "packages", name));

for (const folder of packages) rmSync(join(folder, "dist"), { recursive: true, force: true });

const projects = packages.map((folder) => join(folder, "tsconfig.build.json"));
execFileSync("tsc", ["-b", ...projects], {
  cwd: root,
  stdio: "inherit",
  shell: process.platform === "win32",
});

chmodSync(join(root, "packages/viz/dist/cli/main.js"), 0o755);

const file = join(root, "packages/core/dist/core.min.js");
await build({
  entryPoints: [join(root, "packages/core/dist/index.js")],
  outfile: file,
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
});
const bytes = readFileSync(file);
console.log(`core.min.js: ${bytes.length} bytes, ${gzipSync(bytes).length} gzipped`);
