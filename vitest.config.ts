import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = process.cwd(); // a package: `npm test` there, or `nx test <package>`
const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  resolve: { conditions: ["nearfar-source", "node", "import", "default"] },
  ssr: {
    resolve: {
      conditions: ["nearfar-source", "node", "import", "default"],
      externalConditions: ["nearfar-source", "node", "import", "default"],
    },
  },
  test: {
    include: ["**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    // A native addon wants processes, not threads.
    pool: "forks",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
    reporters: ["default", "json"],
    outputFile: { json: join(root, ".nx/reports", `${relative(root, here)}.json`) },
  },
});
