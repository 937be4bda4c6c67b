#!/usr/bin/env node
// The `orchestrate` command. The engine needs Node 24; where an older Node starts this file, the one that the project
// pins with the npm package `node` takes over.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const NEEDED = 24;
const main = join(dirname(fileURLToPath(import.meta.url)), "../dist/main.js");

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  module.enableCompileCache?.();
  await import(pathToFileURL(main).href);
} else {
  const node = pinnedNode(dirname(main)) ?? pinnedNode(process.cwd());
  if (node === undefined) {
    console.error(
      `orchestrate needs Node ${NEEDED} or newer; this is ${process.version}. Install it, or run: npm install node@${NEEDED}`,
    );
    process.exit(2);
  }
  const { status, signal } = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  if (signal !== null) process.kill(process.pid, signal);
  process.exit(status ?? 1);
}

/** The Node of the npm package `node`, in the nearest node_modules from `directory` upwards. */
function pinnedNode(directory) {
  for (let at = directory; ; at = dirname(at)) {
    const node = join(at, "node_modules/node/bin/node");
    if (existsSync(node)) return node;
    if (dirname(at) === at) return undefined;
  }
}
