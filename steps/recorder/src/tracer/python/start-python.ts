import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FilterEngine } from "../../filter/filter-engine.ts";
import type { Session } from "../../session/open-session.ts";
import { captured } from "../captured.ts";
import type { Launch } from "../launch.ts";
import { DecisionServer } from "./decision-server.ts";

const PYTHON = fileURLToPath(new URL("../../../python", import.meta.url));

/**
 * How a Python program is started so that it is recorded: its `site` module finds the tracer, before the program runs
 * and without standing in between, so that tracebacks and `__main__` are what they are.
 */
export async function startPython(session: Session, environment: Readonly<Record<string, string>>): Promise<Launch> {
  const { config, policy, filter } = session;
  // The path of a socket must be short, and a staging directory's may not be. It goes as soon as the program is
  // connected: who is killed removes nothing.
  const directory = mkdtempSync(join(tmpdir(), "recorder-"));
  const socket = join(directory, "decisions");
  const server = await DecisionServer.listen(socket, new FilterEngine(filter), session.root);
  const remove = () => rmSync(directory, { recursive: true, force: true });
  void server.connection.then(remove);
  const settings = {
    stream: session.stream,
    failure: session.failure,
    socket,
    program: session.program,
    values: config.values === "changed",
    ...config.limits,
    output: captured(policy, filter).join(","),
    on_error: policy.on_recorder_error,
    names_from_globals: policy.module_name_from_globals,
  };
  const file = join(session.directory, "session");
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(""),
  );
  const site = join(session.directory, "site");
  mkdirSync(site);
  copyFileSync(join(PYTHON, "site", "sitecustomize.py"), join(site, "sitecustomize.py"));
  const given = config.env.PYTHONPATH ?? environment.PYTHONPATH;
  return {
    argv: [config.python, session.program, ...session.args],
    env: {
      ORCHESTRATE_RECORDER_SESSION: file,
      ORCHESTRATE_RECORDER_TRACER: PYTHON,
      PYTHONPATH: given === undefined ? site : `${site}:${given}`,
      ...(given === undefined ? {} : { ORCHESTRATE_RECORDER_PYTHONPATH: given }),
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      remove();
    },
  };
}
