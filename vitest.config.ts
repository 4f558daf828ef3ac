import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // One for each core: many tests wait for processes of their own.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "packages",
          include: ["packages/*/test/**/*.test.ts", "test/*.test.ts"],
          exclude: ["test/packed.test.ts"],
          setupFiles: ["test/setup.ts"],
          isolate: false,
          // For busy machines; no test is about time.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "notebooks",
          include: ["notebooks/test/**/*.test.ts"],
          setupFiles: ["test/setup.ts"],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "packed",
          include: ["test/packed.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
