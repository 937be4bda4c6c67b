import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { acquireLock } from "./run-lock.ts";
import { unbegunRuns } from "./unbegun-runs.ts";

it("finds what was killed before it was a run, and nothing that is one or is about to be", async () => {
  const runs = mkdtempSync(join(tmpdir(), "unbegun-"));
  onTestFinished(() => rmSync(runs, { recursive: true, force: true }));
  const make = (name: string, ...files: readonly string[]) => {
    mkdirSync(join(runs, name));
    for (const file of files) writeFileSync(join(runs, name, file), "");
    return join(runs, name);
  };
  const killed = make("20261121T204235Z-aaaa", "run.lock", ".run.json");
  make("20261121T204236Z-bbbb", "run.lock", "run.json");
  make("20261121T204237Z-cccc");
  make("20261121T204239Z-eeee", "run.lock", "journal.ndjson");
  make("mine", "run.lock");
  const begun = make("20261121T204238Z-dddd");
  const held = await acquireLock(join(begun, "run.lock"), "The run");
  const later = Date.now() + 61_000;
  expect(unbegunRuns(runs, later)).toEqual([killed]);
  held.release();
  expect(unbegunRuns(runs, later)).toEqual([killed, begun]);
  expect(unbegunRuns(runs, Date.now())).toEqual([]);
});
