import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Session } from "../../session/open-session.ts";
import { captured } from "../captured.ts";
import type { Launch } from "../launch.ts";
import type { TracerSession } from "./session-file.ts";

/**
 * How a Node program is started so that it is recorded: by a module that Node loads before it, in each of its threads.
 */
export async function startNode(session: Session): Promise<Launch> {
  const { config, policy, filter } = session;
  const tracerSession: TracerSession = {
    stream: session.stream,
    failure: session.failure,
    root: session.root,
    values: config.values === "changed",
    limits: config.limits,
    output: captured(policy, filter),
    onError: policy.on_recorder_error,
    filter,
  };
  const file = join(session.directory, "session.json");
  writeFileSync(file, JSON.stringify(tracerSession));
  const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const preload = fileURLToPath(new URL(`./preload.${suffix}`, import.meta.url));
  const loader = join(session.directory, "preload.cjs");
  writeFileSync(loader, `require(${JSON.stringify(preload)}).preload(${JSON.stringify(file)});\n`);
  return {
    argv: [process.execPath, "--require", loader, session.program, ...session.args],
    env: {},
    async [Symbol.asyncDispose]() {},
  };
}
