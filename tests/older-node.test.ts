import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { Project } from "./rig/project.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const BIN = fileURLToPath(new URL("../engine/bin/orchestrate.js", import.meta.url));

/** Lets the process that it is imported by take itself for an older one; what that starts is as it is. */
const OLDER = "data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.0.0' } })";

it.each(["SIGTERM", "SIGINT"] as const)(
  "an older Node passes %s on to the one that runs the engine",
  async (signal) => {
    const project = new Project(scratch, {
      pipeline: { pipeline: "held", phases: { held: { step: "rig/hold", with: { name: "held", heeds: "abort" } } } },
    });
    await using gate = await Gate.open(project);
    const older = spawn(process.execPath, ["--import", OLDER, BIN, "run"], {
      cwd: project.directory,
      env: { ...process.env, TMPDIR: project.outside },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(older, "exit");
    await gate.arrival("held");
    older.kill(signal);
    expect(await ended).toEqual([130, null]);
    const { stdout } = await project.orchestrate(["show", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: "unfinished" });
  },
);
