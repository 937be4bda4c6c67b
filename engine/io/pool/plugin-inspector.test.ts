import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { digestBytes } from "@orchestrate/manifests";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AnswerCache, CONTRACT_TIMEOUT, PluginInspector } from "./plugin-inspector.ts";
import { WorkerPool } from "./worker-pool.ts";

const entry = fileURLToPath(new URL("../../dist/worker.js", import.meta.url));
const nothingKept: AnswerCache = {
  contract: () => undefined,
  keepContract: () => undefined,
  config: () => undefined,
  keepConfig: () => undefined,
};

let place: string;
let pool: WorkerPool;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "plugin-inspector-"));
  pool = new WorkerPool({ entry, size: 1, graceMs: 1_000 });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
  pool.kill();
  rmSync(place, { recursive: true });
});

describe("a module that hangs when it is imported", () => {
  it("is told once its time is over, and its process is ended", async () => {
    const module = join(place, "own.mjs");
    const told = join(place, "pid");
    const tell = `import { renameSync, writeFileSync } from "node:fs";
      writeFileSync(${JSON.stringify(`${told}~`)}, String(process.pid));
      renameSync(${JSON.stringify(`${told}~`)}, ${JSON.stringify(told)});`;
    writeFileSync(module, `${tell} for (;;);`);
    const inspector = new PluginInspector(pool, nothingKept);
    const asked = inspector.step({ name: "own/step", plugin: "own", module, code: digestBytes("") });
    const refused = expect(asked).rejects.toMatchObject({
      code: "plugin-hangs",
      category: "input",
      detail: `own/step did not say what it is within 20 s of importing ${module}.`,
      hint: "A module must only define things when it is imported. Mend own, or take it out of plugins.json.",
    });
    while (!existsSync(told)) await setImmediate();
    vi.advanceTimersByTime(CONTRACT_TIMEOUT);
    await refused;
    const pid = Number(readFileSync(told, "utf8"));
    while (isAlive(pid)) await setImmediate();
  });
});

describe("a version", () => {
  const definition = (version: string) => `import { defineStep, z } from "@orchestrate/sdk";
    export default defineStep({ summary: "Reads.", config: z.strictObject({}), reads: "external",
      version: () => { ${version} }, run: async () => {} });`;

  it.each([
    ["new Promise(() => {})", "plugin-hangs", "`version` of own/step did not answer within 20 s."],
    ["process.exit(3)", "plugin-exits", "The process that asked own/step for its version ended with status 3."],
  ])("that never comes is told as that: %s", async (version, code, detail) => {
    const module = join(place, "own.mjs");
    symlinkSync(fileURLToPath(new URL("../../../node_modules", import.meta.url)), join(place, "node_modules"));
    writeFileSync(module, definition(`return ${version};`));
    const reference = { name: "own/step", plugin: "own", module, code: digestBytes("") };
    const asked = new PluginInspector(pool, nothingKept).version({
      reference,
      config: {},
      services: [],
      env: {},
      secrets: {},
    });
    const refused = expect(asked).rejects.toMatchObject({
      code,
      detail,
      hint: "`version` must look, and answer soon. Mend own, or take it out of plugins.json.",
    });
    if (code === "plugin-hangs") vi.advanceTimersByTime(CONTRACT_TIMEOUT);
    await refused;
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
