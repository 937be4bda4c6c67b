import { readFileSync } from "node:fs";
import { defineConfig } from "rolldown";

const { version } = JSON.parse(readFileSync("engine/package.json", "utf8")) as { version: string };

export default defineConfig({
  input: { main: "engine/cli/main.ts", worker: "engine/cli/worker.ts", command: "engine/cli/command.ts" },
  platform: "node",
  transform: { define: { __VERSION__: JSON.stringify(version) } },
  output: {
    dir: "engine/dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    minify: true,
    cleanDir: false,
  },
});
