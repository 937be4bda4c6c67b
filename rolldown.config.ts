import { cpSync, readFileSync, rmSync } from "node:fs";
import { defineConfig } from "rolldown";

const { version } = JSON.parse(readFileSync("engine/package.json", "utf8")) as { version: string };

export default defineConfig({
  input: { main: "engine/cli/main.ts", worker: "engine/cli/worker.ts", command: "engine/cli/command.ts" },
  platform: "node",
  transform: { define: { __VERSION__: JSON.stringify(version) } },
  plugins: [{ name: "built-in-profiles", writeBundle: copyProfiles }],
  output: {
    dir: "engine/dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    minify: true,
    cleanDir: false,
  },
});

/** The profiles that come with the engine lie beside its bundle. */
function copyProfiles(): void {
  rmSync("engine/dist/profiles", { recursive: true, force: true });
  cpSync("profiles", "engine/dist/profiles", { recursive: true });
}
