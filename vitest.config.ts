import { defineConfig } from "vitest/config";

const conditions = ["@chainrule/source"];

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "packages",
          include: ["packages/*/test/**/*.test.ts", "test/docstrings.test.ts", "test/start.test.ts"],
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
