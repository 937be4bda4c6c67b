#!/usr/bin/env node
// The `orchestrate` command. The engine needs Node 24; where an older Node starts this file, the one that the project
// pins with the npm package `node` takes over.
import module from "node:module";

const NEEDED = 24;
if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  module.enableCompileCache?.();
  await import("../dist/main.js");
} else {
  await startPinned();
}

/** Nothing is imported for it before it is needed: that would be felt at every start. */
async function startPinned() {
  const { spawn } = await import("node:child_process");
  const { once } = await import("node:events");
  const { existsSync } = await import("node:fs");
  const { dirname, join } = await import("node:path");
  const { fileURLToPath } = await import("node:url");
  const self = fileURLToPath(import.meta.url);
  const node = nearest(dirname(self)) ?? nearest(process.cwd());
  if (node === undefined) {
    console.error(
      `orchestrate needs Node ${NEEDED} or newer; this is ${process.version}. Install it, or run: npm install node@${NEEDED}`,
    );
    process.exit(2);
  }
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: "inherit" });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  // A terminal sends these to both, and twice would mean: stop at once.
  for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => process.stdin.isTTY || child.kill(signal));
  const [status, signal] = await once(child, "exit");
  if (signal !== null) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
  process.exit(status ?? 1);

  /** The Node of the npm package `node`, in the nearest node_modules from `directory` upwards. */
  function nearest(directory) {
    for (let at = directory; ; at = dirname(at)) {
      const found = join(at, "node_modules/node/bin/node");
      if (existsSync(found)) return found;
      if (dirname(at) === at) return undefined;
    }
  }
}
