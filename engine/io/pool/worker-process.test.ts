import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type WorkerExit, WorkerProcess } from "./worker-process.ts";

const entry = fileURLToPath(new URL("fixtures/telling-worker.js", import.meta.url));

let place: string;
let worker: WorkerProcess;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "worker-process-"));
  worker = new WorkerProcess(entry, 0);
});
afterEach(() => {
  worker.kill();
  rmSync(place, { recursive: true });
});

/** Lets the worker say something as an attempt of its own, which it ends with if it has nothing to say. */
function say(words: string, attempt: number): Promise<"answered" | WorkerExit> {
  worker.output.begin({
    path: join(place, `${attempt}.ndjson`),
    attempt,
    mask: (text) => text.replaceAll("secret", "***"),
  });
  return new Promise((resolve) => {
    const question = { ask: "step", module: "/made-up.js", name: words } as const;
    worker.order({ type: "question", question }, () => resolve("answered"), resolve);
  });
}

async function logOf(attempt: number): Promise<string> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    try {
      return readFileSync(join(place, `${attempt}.ndjson`), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
}

describe("a worker", () => {
  it("says at its end what it wrote itself, masked, and nothing that a former attempt wrote", async () => {
    expect(await say("a secret of the first", 1)).toBe("answered");
    expect(JSON.parse(await logOf(1))).toMatchObject({ attempt: 1, stream: "stderr", message: "a *** of the first" });
    expect(await say("", 2)).toEqual({ status: 3, signal: null, stderr: "", order: "not-begun" });
  });

  it("starts also where its memory is no whole number of MiB", async () => {
    worker.kill();
    worker = new WorkerProcess(entry, 100.5);
    expect(await say("begun", 1)).toBe("answered");
  });

  it("that has ended kills no group that took its id", async () => {
    expect(await say("", 1)).toMatchObject({ status: 3 });
    const other = spawn(process.execPath, ["-e", "process.stdin.resume()"], {
      detached: true,
      stdio: ["pipe", "ignore", "inherit"],
    });
    Object.defineProperty(worker, "pid", { value: other.pid });
    worker.kill();
    other.stdin.end();
    expect(await once(other, "exit")).toEqual([0, null]);
  });
});
