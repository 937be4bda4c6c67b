import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type OutputBundle } from "rolldown";
import { bundledLicenses } from "./bundled-licenses.ts";
import { editorSchemas } from "./engine/cli/editor-schemas.ts";

const { version } = JSON.parse(readFileSync("engine/package.json", "utf8")) as { version: string };
const dist = "engine/dist";

/** What both the engine and its pool of workers need: the pool is loaded before the engine, or not at all. */
const beneath =
  /engine[\\/](cli[\\/](containers[\\/]new-pool|runs-beside)|core[\\/]unreachable|io[\\/](index[\\/]index-file|proc[\\/]fence|pool[\\/]spawn-plugin-process|worker[\\/]engine-pipe))\.ts|sdk[\\/]dist[\\/](errors|runtime[\\/](drained|line-reader|mask-secrets))\.js/;

/**
 * What is loaded together lies in one file, with all that it imports: opening a file costs more than the words in it.
 */
const groups = [
  { name: "beneath", test: beneath, priority: 5 },
  { name: "pool", test: /engine[\\/]io[\\/]pool[\\/]worker-pool\.ts/, priority: 4 },
  { name: "program", test: /engine[\\/]cli[\\/]program\.ts/, priority: 3 },
  { name: "run", test: /engine[\\/]cli[\\/]commands[\\/]run\.ts/, priority: 3 },
  { name: "base", test: /engine[\\/]sdk[\\/]|[\\/]manifests[\\/]/, priority: 2 },
  { name: "engine", test: /engine[\\/]cli[\\/]run-pipeline\.ts/, priority: 1 },
];

const bareBuiltins = { name: "bare-builtins", renderChunk: (code: string) => takeBuiltinsBare(code) };

const shared = {
  platform: "node",
  transform: { define: { __VERSION__: JSON.stringify(version) } },
  // As compiled: what plugins import is a bundle with a zod of its own, and the engine has one already.
  resolve: {
    alias: {
      "@orchestrate/sdk/runtime": resolve("engine/sdk/dist/runtime/index.js"),
      "@orchestrate/sdk/testing": resolve("engine/sdk/dist/testing/index.js"),
      "@orchestrate/sdk": resolve("engine/sdk/dist/index.js"),
    },
  },
} as const;

const output = {
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "[name]-[hash].js",
  minify: true,
} as const;

export default defineConfig([
  {
    ...shared,
    input: {
      main: "engine/cli/main.ts",
      follower: "engine/cli/follower.ts",
      command: "engine/cli/command.ts",
      conformance: "engine/cli/conformance.ts",
    },
    plugins: [
      bareBuiltins,
      bundledLicenses(),
      { name: "engine-files", writeBundle: (_options, bundle) => complete(bundle) },
    ],
    output: { ...output, dir: dist, codeSplitting: { groups } },
  },
  {
    // By itself, so that a worker loads nothing of the engine that it has no use for: each run waits for the first one.
    // Built after the others, which remove the files of earlier bundles.
    ...shared,
    input: { worker: "engine/cli/worker.ts" },
    plugins: [bareBuiltins],
    output: { ...output, dir: dist },
  },
]);

/**
 * Takes Node's own modules without `import`, which reads every export of one and so loads what it would load lazily:
 * for node:fs and node:crypto together ten milliseconds of each start.
 */
function takeBuiltinsBare(code: string): string {
  const statement = /^import (?:([\w$]+)(?:, )?)?(?:\{([^}]*)\})? ?from "(node:[\w/]+)";$/gm;
  return code.replace(statement, (_whole, whole: string | undefined, names: string | undefined, module: string) => {
    const taken = `globalThis.process.getBuiltinModule("${module}")`;
    const parts = names === undefined ? [] : [`{${names.replaceAll(/([\w$]+) as /g, "$1: ")}} = ${taken}`];
    return `const ${[...(whole === undefined ? [] : [`${whole} = ${taken}`]), ...parts].join(", ")};`;
  });
}

/** Puts what comes with the engine beside its bundle, and removes the files of earlier bundles. */
function complete(bundle: OutputBundle): void {
  for (const name of readdirSync(dist)) if (name.endsWith(".js") && !(name in bundle)) rmSync(`${dist}/${name}`);
  for (const [from, name] of [
    ["profiles", "profiles"],
    ["engine/templates", "templates"],
  ] as const) {
    rmSync(`${dist}/${name}`, { recursive: true, force: true });
    cpSync(from, `${dist}/${name}`, { recursive: true });
  }
  mkdirSync(`${dist}/schemas`, { recursive: true });
  for (const [name, schema] of Object.entries(editorSchemas())) {
    writeFileSync(`${dist}/schemas/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`);
  }
}
