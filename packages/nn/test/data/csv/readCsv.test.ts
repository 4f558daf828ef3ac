import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readText } from "../../../src/data/csv/noCsvFile.ts";
import { parseCsv, readCsv } from "../../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "chainrule-csv-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("reads what parseCsv reads from the text, also after a byte order mark", async () => {
  const text = "größe,art\r\n1.5,Kürbis\r\n2,Apfel\r\n";
  const path = file("früchte.csv", `\ufeff${text}`);
  expect(await readCsv(path, { classes: true })).toEqual(parseCsv(text, { classes: true }));
  expect((await readCsv(file("rows.csv", "1,2,3"), { header: false, target: [1, 2] })).targets).toEqual([
    [2, 3],
  ]);
});

test("names the file in each error", async () => {
  const path = file("a.csv", "x,y\n1,2\n1,two\n");
  await expect(readCsv(path)).rejects.toThrow(
    `readCsv: ${JSON.stringify(path)}: line 3, column "y" must be a finite number, got "two".`,
  );
  await expect(readCsv(path, { target: "z" })).rejects.toThrow(
    `readCsv: ${JSON.stringify(path)}: there is no column "z".`,
  );
  const latin = file("latin1.csv", Uint8Array.of(0x78, 0x2c, 0xe9, 0x0a));
  await expect(readCsv(latin)).rejects.toThrow(`readCsv: ${JSON.stringify(latin)} is not UTF-8 text.`);
  const missing = join(folder, "missing.csv");
  await expect(readCsv(missing)).rejects.toThrow(
    `readCsv: cannot read ${JSON.stringify(missing)}: there is no such file.`,
  );
  await expect(readCsv(folder)).rejects.toThrow("it is a folder");
});

test("refuses a path that is none, and options before it reads", async () => {
  await expect(readCsv(3 as never)).rejects.toThrow(new TypeError("readCsv: path must be a string, got 3."));
  await expect(readCsv("missing.csv", { header: 1 as never })).rejects.toThrow(
    new TypeError("readCsv: header must be true or false, got 1."),
  );
});

test("in a browser says to use parseCsv", async () => {
  await expect(readText("readCsv", "a.csv")).rejects.toThrow(
    "readCsv: there are no files here, as in a browser. Use parseCsv for text.",
  );
});
