import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ExecuteOptions, execute } from "../../src/run/execute.ts";
import { testLesson } from "../testLesson.ts";

const run = (body: string, options: ExecuteOptions = {}) => execute(testLesson(body), options);
const text = (line: string, name = "stdout") => ({ kind: "stream", name, text: line });

// Each is a process of its own: together they take as long as the slowest.
describe.concurrent("a run of a lesson", () => {
  test("gives each cell its text, pictures and measurements, without colours", async ({ expect }) => {
    const { outputs, failure } = await run(`// %%
import { show } from "@chainrule/notebooks";
console.log("a");
process.stdout.write("\\x1b[31mb\\x1b[0m\\r\\n");
console.error("c");
// %%
show("<svg></svg>", "a  picture\\n");
show("<!doctype html><p>", "a page", { height: 300, picture: "<svg/>" });
show({ "text/markdown": "*m*" });
show.measured("3 ms");
enum Colour { Red }
export const x: Colour = Colour.Red;
`);
    expect(failure).toBeUndefined();
    expect(outputs).toEqual([
      [],
      [text("a\nb\n"), text("c\n", "stderr")],
      [
        { kind: "display", data: { "image/svg+xml": "<svg></svg>" }, description: "a picture" },
        {
          kind: "display",
          data: { "text/html": "<!doctype html><p>", "image/svg+xml": "<svg/>" },
          description: "a page",
          height: 300,
        },
        { kind: "display", data: { "text/markdown": "*m*" }, description: "" },
        { kind: "display", data: { "text/plain": "3 ms" }, description: "", measured: true },
      ],
    ]);
  });

  test("gives late output to the cell that started it", async ({ expect }) => {
    const { outputs } = await run(`// %%
setTimeout(() => console.log("timer of 1"), 60);
Promise.resolve().then(() => new Promise((done) => setTimeout(done, 30))).then(() => console.log("promise of 1"));
const later = () => console.log("called");
// %%
console.log("2");
await new Promise((done) => setTimeout(done, 100));
console.log("still 2");
// %%
later();
setTimeout(later, 10);
`);
    expect(outputs.slice(1)).toEqual([
      [text("promise of 1\ntimer of 1\n")],
      [text("2\nstill 2\n")],
      [text("called\ncalled\n")],
    ]);
  });

  test("keeps what came before an error, which names its line", async ({ expect }) => {
    const { outputs, failure } = await run(`// %%
const fail = (x: number) => {
  throw new RangeError(\`\${x} is wrong\`);
};
console.log("before");
// %%
console.log("and here");
fail(3);
// %%
console.log("never");
`);
    expect(outputs.map((cell) => cell.map(({ kind }) => kind))).toEqual([
      [],
      ["stream"],
      ["stream", "failure"],
      [],
    ]);
    expect(failure).toEqual({
      cell: 2,
      failure: {
        kind: "failure",
        name: "RangeError",
        message: "3 is wrong",
        line: 8,
        trace: ["at fail (99-test.ts:8:9)", "at <anonymous> (99-test.ts:13:1)"],
      },
    });
  });

  test.each([
    ["a rejected promise", "Promise.reject(new TypeError('late'));", "TypeError", "late", 7],
    ["an error in a timer", "setTimeout(() => { throw new Error('late'); }, 10);", "Error", "late", 7],
    ["what is no error", "setTimeout(() => { throw 'words'; }, 10);", "Thrown", "words", undefined],
    ["an early end", "process.exit(3);", "Stopped", "the lesson did not end: the process ended with 3", 6],
    ["an endless await", "await new Promise(() => {});", "Stopped", /awaits something that never comes/, 6],
    ["a module that is not there", "import 'nowhere-at-all';", "Error", /Cannot find package/, undefined],
  ])("takes %s for an error of its cell", async (_, code, name, message, line) => {
    const { failure } = await run(
      `// %%\n${code}\nawait new Promise((done) => setTimeout(done, 200));\n// %%\n`,
    );
    expect(failure?.failure.name).toBe(name);
    expect(failure?.failure.message).toMatch(message);
    expect(failure?.failure.line).toBe(line);
    expect(failure?.cell).toBe(1);
  });

  test("ends when it takes too long", async ({ expect }) => {
    const { failure } = await run("// %%\nfor (;;);\n", { limit: { seconds: 1.5, advice: "Allow more." } });
    expect(failure?.failure.message).toMatch(/more than 1.5 s and was ended. Allow more./);
  });

  test("that is cut off failed in the cell that ran then, though another printed last", async ({
    expect,
  }) => {
    const { failure, outputs } = await run('// %%\nconsole.log("first");\n// %%\nprocess.exit(3);\n// %%\n');
    expect(outputs[1]).toEqual([text("first\n")]);
    expect(failure).toMatchObject({ cell: 2, failure: { line: 8 } });
  });

  test("ends when it prints without end", async ({ expect }) => {
    const { failure } = await run(
      '// %%\nconst line = "x".repeat(1e5);\n// %%\nfor (;;) console.log(line);\n',
    );
    expect(failure).toMatchObject({
      cell: 2,
      failure: { name: "Stopped", message: expect.stringMatching(/more than 16 MB/) },
    });
  });

  test("ends at once when it is called off, and leaves nothing", async ({ expect }) => {
    const folder = mkdtempSync(join(tmpdir(), "chainrule-test-"));
    const started = join(folder, "pid");
    const program = `// %%\nimport { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(started)}, String(process.pid));\nfor (;;);\n`;
    try {
      const calling = new AbortController();
      const running = run(program, { signal: calling.signal });
      await expect.poll(() => existsSync(started), { timeout: 30_000 }).toBe(true);
      const pid = Number(readFileSync(started, "utf8"));
      calling.abort(new Error("called off"));
      await expect(running).rejects.toThrow("called off");
      expect(() => process.kill(pid, 0)).toThrow("ESRCH");
      await expect(run(program, { signal: calling.signal })).rejects.toThrow("called off");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test("what cannot be shown is refused with advice", async () => {
  const { show } = await import("../../src/index.ts");
  expect(() => show("<svg/>", " ")).toThrow(/needs a description/);
  expect(() => show({ "image/png": "aGk=" })).toThrow(/needs a description/);
  expect(() => show("words", "words")).toThrow(/neither SVG nor HTML.*console\.log/);
  expect(() => show(Promise.resolve("<svg/>") as never, "x")).toThrow(/await/);
  expect(() => show({ "text/nonsense": "x" } as never)).toThrow(/cannot show string as "text\/nonsense"/);
  expect(() => show({})).toThrow(/empty/);
  expect(() => show("<p>", "x", { height: 1e6 })).toThrow(RangeError);
});
