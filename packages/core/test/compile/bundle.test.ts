import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** The files of this package that end up in a bundle of some code, and its size. */
async function bundleOf(code: string): Promise<{ files: string[]; bytes: number }> {
  const root = join(import.meta.dirname, "../..");
  const { metafile, outputFiles } = await build({
    stdin: { contents: code, resolveDir: join(root, "test"), loader: "ts" },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "esm",
    metafile: true,
    write: false,
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { files: inputs.map(([file]) => file), bytes: outputFiles[0]!.contents.length };
}

test.each(["value", "grad, hessian, gradCheck", "sum, map, scan, defineOp, checked"])(
  "who imports { %s } gets nothing of compile",
  async (names) => {
    const { files } = await bundleOf(`import { ${names} } from "../src/index.ts"; console.log(${names});`);
    expect(files).toContain("src/value.ts");
    expect(files.filter((file) => file.includes("compile/"))).toEqual([]);
  },
);

test("who imports compile gets it", async () => {
  const { files } = await bundleOf('import { compile } from "../src/index.ts"; console.log(compile);');
  expect(files).toContain("src/compile/emit.ts");
});
