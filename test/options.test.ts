import { afterEach, expect, test, vi } from "vitest";
import { readOptions } from "../examples/options.ts";

afterEach(() => vi.restoreAllMocks());

/** What `npm start -- …` says of options before it ends, and the status it ends with. */
function refusalOf(args: readonly string[]) {
  let stderr = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    stderr += text;
    return true;
  });
  vi.spyOn(process, "exit").mockImplementation((status) => {
    throw new Error(`exit ${status}`);
  });
  expect(() => readOptions(["node", "start.ts", ...args])).toThrow("exit 1");
  return stderr;
}

test.each([
  [["--data", "mnist"], "Allowed choices are iris, circles, moons, spiral, xor"],
  [["--epochs", "many"], "It must be a whole number from 1 to 100000"],
  [["--epochs", "0"], "It must be a whole number from 1 to 100000"],
  [["--seed", "-1"], "It must be a whole number from 0 to 4294967295"],
  [["--epoch", "5"], "(Did you mean --epochs?)"],
  [["moons"], "too many arguments"],
  [["--port", "8000"], "--port: only a page has a port. Add --serve, or leave --port out."],
  [["--serve", "--port", "0"], "It must be a whole number from 1 to 65535"],
  [["--serve", "--data", "iris"], "the page draws data of 2 inputs, and iris has 4. Choose another"],
  [["--serve", "--epochs", "5"], "Leave --epochs or --serve out."],
  [["--serve", "--out", "pictures"], "Leave --out or --serve out."],
])("%s is refused with what is allowed", (args, message) => {
  const stderr = refusalOf(args);
  expect(stderr).toContain(message);
  expect(stderr).toContain("--help");
});

test.each([
  ["package.json", "there is a file of this name"],
  ["package.json/pictures", "this folder cannot be made or written to (ENOTDIR)"],
])("--out %s is refused before anything is trained", (name, message) => {
  expect(refusalOf(["--out", name])).toBe(
    `error: --out: the pictures cannot go to ${name}: ${message}. Name another folder.\n` +
      "(npm start -- --help lists what is allowed)\n",
  );
});
