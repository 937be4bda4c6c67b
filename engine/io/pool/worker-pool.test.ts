import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AttemptOrder, AttemptReport, AttemptResult, AttemptService } from "../../run/ports/executor.ts";
import { hasBegun } from "../proc/fence.ts";
import { WorkerPool } from "./worker-pool.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const entry = fileURLToPath(new URL("../../dist/worker.js", import.meta.url));

let place: string;
let pool: WorkerPool;
let attempts: number;
let reports: AttemptReport[];
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "worker-pool-"));
  pool = new WorkerPool({ entry, size: 1, graceMs: 1_000 });
  attempts = 0;
  reports = [];
});
afterEach(() => {
  vi.useRealTimers();
  pool.kill();
  rmSync(place, { recursive: true });
});

describe("a worker's next attempt", () => {
  it("runs in the same process where the one before left nothing", async () => {
    expect(pidOf(await attempt("nothing"))).toBe(pidOf(await attempt("nothing")));
  });

  it("runs in another process, without the variable that the one before set", async () => {
    const first = await attempt("a variable");
    const second = await attempt("nothing");
    expect(second).toMatchObject({ type: "completed", metrics: { left: 0 } });
    expect(pidOf(second)).not.toBe(pidOf(first));
  });

  it("runs in another process, where the one before left a thread that holds nothing up", async () => {
    const first = await attempt("a thread");
    expect(pidOf(await attempt("nothing"))).not.toBe(pidOf(first));
  });

  it("runs in the same process where the one before looked for a process manager to tell that it is ready", async () => {
    const first = pidOf(await attempt("a word for a process manager"));
    expect(pidOf(await attempt("nothing"))).toBe(first);
  });

  it("makes files as others do, where the one before took every permission from its own", async () => {
    await attempt("a mask");
    await attempt("nothing");
    const [first, second] = [1, 2].map((number) => statSync(join(place, `attempt-${number}/made.txt`)).mode & 0o777);
    expect(second).toBe(first);
    expect(second).not.toBe(0);
  });

  it("runs in another process, where the one before left a loop, whose reports end with their attempt", async () => {
    const first = await attempt("a loop");
    reports.length = 0;
    expect(pidOf(await attempt("nothing"))).not.toBe(pidOf(first));
    expect(reports).toEqual([expect.objectContaining({ name: "pid" }), { type: "metric", name: "left", value: 0 }]);
  });
});

describe.skipIf(process.platform !== "linux")("a worker that dies while it is idle (needs /proc)", () => {
  it("takes no attempt with it that it was given and had not begun", async () => {
    const pid = pidOf(await attempt("nothing"));
    process.kill(pid, "SIGSTOP");
    while (stateOf(pid) !== "T") await setImmediate();
    const next = attempt("nothing");
    await setImmediate();
    process.kill(pid, "SIGKILL");
    const result = await next;
    expect(result).toMatchObject({ type: "completed" });
    expect(pidOf(result)).not.toBe(pid);
  });
});

it("workers that all die before they begin are told as what they are", async () => {
  pool = new WorkerPool({ entry: fixture("dying-worker.js"), size: 1, graceMs: 1_000 });
  expect(await attempt("nothing")).toEqual({
    type: "failed",
    error: {
      error: "worker-lost",
      category: "io",
      detail:
        "Three processes ended one after the other before made-up/leave began, the last with status 9. It said: no room here",
      hint: "See whether the machine has memory left, and what kills its processes; then resume the run.",
    },
  });
});

it("an attempt whose time is over is told as that, also where the run is stopped before it has ended", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const stop = new AbortController();
  const ended = attempt("no end", [], { timeoutMs: 60_000 }, stop.signal);
  while (!hasBegun(join(place, "attempt-1"))) await setImmediate();
  vi.advanceTimersByTime(60_000);
  stop.abort();
  vi.advanceTimersByTime(1_000);
  expect(await ended).toMatchObject({
    type: "failed",
    error: { error: "attempt-timeout", detail: "made-up/leave was still running after 60 s." },
  });
});

describe("a service", () => {
  it("that is kept and holds something open keeps its worker, and is disposed of at the worker's end", async () => {
    const file = join(place, "bell.txt");
    const bell = service("bell-service.js", { file });
    const first = pidOf(await attempt("nothing", [bell]));
    expect(pidOf(await attempt("nothing", [bell]))).toBe(first);
    pool.close();
    while (stateOf(first) !== undefined) await setImmediate();
    expect(readFileSync(file, "utf8")).toBe("made\ndisposed\n");
  });

  it("that can't be disposed of fails its attempt", async () => {
    expect(await attempt("nothing", [service("refusing-service.js", {})])).toMatchObject({
      type: "failed",
      error: { error: "step-threw", detail: "made-up/leave threw Error: the service's own" },
    });
  });

  it("that can't be disposed of hides no error of the step", async () => {
    expect(await attempt("an error", [service("refusing-service.js", {})])).toMatchObject({
      type: "failed",
      error: { error: "step-threw", detail: "made-up/leave threw Error: the step's own" },
    });
  });
});

function attempt(
  leave: string,
  services: readonly AttemptService[] = [],
  rest: Partial<AttemptOrder> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<AttemptResult> {
  attempts += 1;
  const staging = join(place, `attempt-${attempts}`);
  mkdirSync(staging);
  const order: AttemptOrder = {
    attempt: `made-up-${process.pid}/leave/${attempts}`,
    number: attempts,
    step: { name: "made-up/leave", module: fixture("leaving-step.js") },
    staging,
    log: join(place, "log.ndjson"),
    phaseDirectory: place,
    fingerprint: `sha256:${"0".repeat(64)}`,
    durability: "relaxed",
    config: { leave },
    inputs: {},
    outputs: {},
    services,
    code: {},
    project: place,
    seeds: {},
    resources: { cpu: 1, memory: 0, gpu: 0 },
    env: {},
    secrets: {},
    token: "",
    series: "",
    timeoutMs: null,
    ...rest,
  };
  return pool.run(order, (report) => reports.push(report), signal);
}

function service(file: string, options: Record<string, string>): AttemptService {
  return { token: "made-up/bell", name: file, module: fixture(file), options };
}

function pidOf(result: AttemptResult): number {
  if (result.type !== "completed") throw new Error(JSON.stringify(result));
  return result.metrics.pid!;
}

/** The state of a process as /proc tells of it; undefined where it has ended. */
function stateOf(pid: number): string | undefined {
  try {
    return /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, "latin1"))?.[1];
  } catch {
    return undefined;
  }
}
