import { fileURLToPath } from "node:url";
import { defineConfig } from "rolldown";
import { bundledLicenses } from "./bundled-licenses.ts";

const compiled = (path: string) => fileURLToPath(new URL(`engine/sdk/dist/${path}`, import.meta.url));

/**
 * What plugins import, with zod in it. A worker imports it before anything else, and Node takes 50 ms to find the
 * hundred files of zod and 18 ms to load one. Not minified: its frames stand in the stacks of plugin authors.
 */
export default defineConfig({
  platform: "node",
  input: { index: compiled("index.js"), runtime: compiled("runtime/index.js"), testing: compiled("testing/index.js") },
  plugins: [bundledLicenses()],
  output: { dir: compiled("bundle"), format: "esm", cleanDir: true },
});
