import { rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { knownSource } from "./digest-source.ts";
import { makeRun, newRunsDir, one, told } from "./fixtures/made-run.ts";
import { openIndex } from "./open-index.ts";

const isDirectory = ({ form }: { readonly form: string }) => form === "directory";

describe("runs", () => {
  it("lists them, the newest first, and finds the newest complete one of a pipeline and state", async () => {
    const runsDir = newRunsDir();
    await makeRun(runsDir, { run: "r1", phases: one, minute: 1 });
    await makeRun(runsDir, { run: "r2", phases: one, minute: 2 });
    await makeRun(runsDir, { run: "r3", phases: one, minute: 3, ends: "unfinished" });
    await makeRun(runsDir, { run: "r4", phases: one, minute: 4, state: "other" });
    const index = openIndex(runsDir);
    expect(index.runs().map(({ run, complete, state }) => [run, complete, state])).toEqual([
      ["r4", true, "other"],
      ["r3", false, null],
      ["r2", true, null],
      ["r1", true, null],
    ]);
    expect(index.runs()[2]?.runHash).toMatch(/^sha256:/);
    expect([
      index.newestComplete("p", null),
      index.newestComplete("p", "other"),
      index.newestComplete("q", null),
    ]).toEqual(["r2", "r4", undefined]);
    index.close();
  });

  it("finds the newest committed phase of a pipeline and state for `previous`", async () => {
    const runsDir = newRunsDir();
    await makeRun(runsDir, { run: "r1", phases: one, minute: 1 });
    const { train } = await makeRun(runsDir, { run: "r2", phases: one, minute: 2, ends: "unfinished" });
    await makeRun(runsDir, { run: "r3", phases: one, minute: 3, state: "other" });
    const index = openIndex(runsDir);
    const query = { pipeline: "p", state: null, phase: "train" };
    expect(await index.previous(query)).toMatchObject({ run: "r2", directory: train!.directory });
    expect(await index.previous({ ...query, state: "other" })).toMatchObject({ run: "r3" });
    expect(index.previous({ ...query, phase: "none" })).toBeUndefined();
    index.close();
  });

  it("finds what was committed since it was opened, once it is refreshed", async () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir);
    await makeRun(runsDir, { run: "r1", phases: one });
    const query = { pipeline: "p", state: null, phase: "train" };
    expect(await index.previous(query)).toBeUndefined();
    index.refresh();
    expect(await index.previous(query)).toMatchObject({ run: "r1" });
    index.close();
  });

  it("takes a run that took up what another had committed for the later one, though the clock was set back between them", async () => {
    const runsDir = newRunsDir();
    await makeRun(runsDir, { run: "r1", phases: one, minute: 3 });
    const previous = async () => {
      const index = openIndex(runsDir);
      const found = await index.previous({ pipeline: "p", state: null, phase: "train" });
      index.close();
      return found!;
    };
    const takingUp = async (run: string, minute: number) => {
      const { manifest, committed } = await previous();
      const pinned = { run: "any", path: "p", digest: manifest, manifest, committed };
      await makeRun(runsDir, { run, phases: one, minute, previous: { "train.out": pinned } });
    };
    await takingUp("r2", 1);
    await takingUp("r3", 2);
    expect(await previous()).toMatchObject({ run: "r3", committed: "2026-01-01T00:03:00.002Z" });
    // Nor does it matter what became of those between.
    rmSync(join(runsDir, "r2"), { recursive: true });
    expect(await previous()).toMatchObject({ run: "r3" });
    rmSync(join(runsDir, "r3"), { recursive: true });
    expect(await previous()).toMatchObject({ run: "r1" });
  });

  it("knows the artifacts of a phase that it found, and no others, without reading them", async () => {
    const { runsDir, train } = await told();
    const [path, output] = [train.tree, Object.values(train.committed.manifest.outputs).find(isDirectory)!];
    const index = openIndex(runsDir);
    expect(knownSource(path, index)).toBeUndefined();
    await index.previous({ pipeline: "p", state: null, phase: "train" });
    expect(knownSource(path, index)).toMatchObject({ path, digest: output.digest, form: "directory" });
    expect(knownSource(`${train.directory}/artifacts/other`, index)).toBeUndefined();
    utimesSync(path, 1, 1);
    expect(knownSource(path, index)).toBeUndefined();
    index.close();
  });

  it("knows how long a phase took when it was computed last", async () => {
    const { runsDir } = await told();
    const index = openIndex(runsDir);
    expect([...index.durations("p")]).toEqual([["train", 1_500]]);
    expect([...index.durations("q")]).toEqual([]);
    index.close();
  });
});
