import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: "@orchestrate/sdk/testing", replacement: source("./engine/sdk/src/testing/index.ts") },
      { find: "@orchestrate/sdk/runtime", replacement: source("./engine/sdk/src/runtime/index.ts") },
      { find: "@orchestrate/sdk", replacement: source("./engine/sdk/src/index.ts") },
      { find: "@orchestrate/manifests", replacement: source("./manifests/src/index.ts") },
    ],
  },
  test: {
    include: ["**/*.test.ts"],
    // What plugin authors write is tested by Node's own runner, as they do it.
    exclude: ["**/node_modules/**", "**/dist/**", "engine/templates/**", "examples/**"],
    globalSetup: ["tests/rig/make-databases.ts"],
    // What Node compiled is kept: many tests give a process a TMPDIR of its own, and it would compile all of it anew.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") },
    setupFiles: ["reflect-metadata", "tests/rig/use-worker-database.ts"],
    // One for each core: most tests wait for an engine that they started, and Vitest would leave a core to itself.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
