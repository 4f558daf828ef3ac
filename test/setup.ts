import { afterEach, beforeEach } from "vitest";

const methods = ["log", "info", "warn", "error", "debug"] as const;
const originals = methods.map((method) => console[method]);
let stray: string[] = [];

beforeEach(() => {
  stray = [];
  for (const method of methods) {
    console[method] = (...args: unknown[]) => {
      stray.push(`console.${method}(${args.map(String).join(", ")})`);
    };
  }
});

afterEach(() => {
  methods.forEach((method, i) => {
    console[method] = originals[i]!;
  });
  if (stray.length > 0) throw new Error(`A test wrote to the console: ${stray.join("; ")}`);
});
