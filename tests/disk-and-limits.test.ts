import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { Project } from "./rig/project.ts";
import { errorOf, eventsOf, manifestsOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";
import { canMount, smallDisk } from "./rig/small-disk.ts";

const scratch = scratchDirectory();
const mountable = canMount(scratch);

describe.skipIf(!mountable)("a full disk (needs the right to mount a tmpfs)", () => {
  it("fails the step that fills it; the run goes on once there is room", async () => {
    using disk = smallDisk(scratch, 4);
    const project = new Project(scratch, { pipeline: misbehaving("writes much") });
    const where = ["--runs-dir", join(disk.directory, "runs")];

    const ended = await project.orchestrate(["run", "--json", ...where]);
    expect(ended).toMatchObject({ status: 5 });
    expect(errorOf(ended)).toEqual({
      error: "disk-full",
      detail: "bad: rig/misbehave failed with ENOSPC: no space left on device, write.",
      hint: "Free some space on the disk that holds it (df -h; df -i for the number of files), then resume the run.",
    });
    const { directory } = resultOf(ended);
    expect(Object.keys(manifestsOf(directory))).toEqual(["first"]);
    expect(await verifyRun(directory)).toMatchObject({ problems: [] });
    expect(existsSync(join(directory, "phases/bad/attempt-1/half.txt"))).toBe(true);

    disk.resize(200);
    expect(await project.orchestrate(["resume", ...where])).toMatchObject({ status: 0, stderr: "" });
    expect(project.executions()).toEqual(["first", "misbehave", "misbehave"]);
    expect(await verifyRun(directory)).toMatchObject({ ok: true });
  });

  it("stops a run whose journal can't be written, and what is committed stays", async () => {
    using disk = smallDisk(scratch, 4);
    const project = new Project(scratch, { pipeline: misbehaving("tells much") });
    const where = ["--runs-dir", join(disk.directory, "runs")];
    {
      await using gate = await Gate.open(project);
      const engine = project.start(["run", "--json", ...where]);
      const held = await gate.arrival("tells much");
      fill(disk.directory);
      held.release();
      const ended = await engine.ended;
      expect(ended).toMatchObject({ status: 5 });
      expect(errorOf(ended)).toMatchObject({ error: "disk-full", detail: expect.stringMatching(/ENOSPC/) });
    }
    const [run] = readdirSync(where[1]!).filter((name) => !name.startsWith("."));
    const directory = join(where[1]!, run!);
    expect(manifestsOf(directory)).toHaveProperty("first");
    expect(await verifyRun(directory)).toMatchObject({ problems: [] });

    disk.resize(200);
    expect(await project.orchestrate(["resume", ...where])).toMatchObject({ status: 0, stderr: "" });
    expect(await verifyRun(directory)).toMatchObject({ ok: true });
    expect(eventsOf(directory).at(-1)).toMatchObject({ type: "run-finished", outcome: "succeeded" });
  });

  it("refuses a run that can't even begin", async () => {
    using disk = smallDisk(scratch, 1);
    const project = new Project(scratch, { pipeline: misbehaving("throws") });
    const runs = join(disk.directory, "runs");
    mkdirSync(runs);
    fill(disk.directory);
    const ended = await project.orchestrate(["run", "--json", "--runs-dir", runs]);
    expect(ended).toMatchObject({ status: 5 });
    expect(errorOf(ended)).toMatchObject({ error: "disk-full", detail: expect.stringMatching(/ENOSPC|disk is full/) });
    expect(project.executions()).toEqual([]);
    expect(readdirSync(runs).filter((name) => !name.startsWith("."))).toEqual([]);
  });
});

describe.skipIf(!mountable)("a read-only runs directory (needs the right to mount a tmpfs)", () => {
  it("is refused before anything runs", async () => {
    using disk = smallDisk(scratch, 4);
    const project = new Project(scratch, { pipeline: misbehaving("throws") });
    disk.makeReadOnly();
    const ended = await project.orchestrate(["run", "--json", "--runs-dir", disk.directory]);
    expect(ended).toMatchObject({ status: 5 });
    expect(errorOf(ended)).toEqual({
      error: "runs-directory-unusable",
      detail: expect.stringMatching(/^No run can be begun in \S+: EROFS: read-only file system, mkdir '\S+'\.$/),
      hint: "Make it a directory that this user may read and write, or name another one with --runs-dir.",
    });
    expect(project.executions()).toEqual([]);
  });

  it("can still be looked at, and is not resumed", async () => {
    using disk = smallDisk(scratch, 4);
    const project = new Project(scratch, { pipeline: misbehaving("throws") });
    const where = ["--runs-dir", disk.directory];
    expect(await project.orchestrate(["run", ...where])).toMatchObject({ status: 1 });
    disk.makeReadOnly();
    const resumed = await project.orchestrate(["resume", "--json", ...where]);
    expect(resumed).toMatchObject({ status: 5 });
    expect(errorOf(resumed)).toMatchObject({
      error: "not-permitted",
      detail: expect.stringMatching(/EROFS|read-?only/),
    });
    expect(await project.orchestrate(["runs", ...where])).toMatchObject({ status: 0, stderr: "" });
  });
});

describe.skipIf(process.platform === "win32")("a limit of open files", () => {
  it("that allows no worker is told before anything runs", async () => {
    const project = new Project(scratch, { pipeline: misbehaving("throws") });
    const ended = await project.orchestrate(["run", "--json"], { under: limited(28) });
    expect(ended).toMatchObject({ status: 5 });
    expect(errorOf(ended)).toEqual({
      error: "worker-not-started",
      detail: "No worker process could be started: the system allows no more open files, or no more processes.",
      hint: "Raise the limits (ulimit -n, ulimit -u), or run fewer phases at once: --concurrency.",
    });
    expect(project.executions()).toEqual([]);
  });

  it("that is reached within a run fails a phase, and the run is resumed under a higher one", async () => {
    const phases = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`held${at}`, { step: "rig/hold", with: { name: `held${at}` } }]),
    );
    const project = new Project(scratch, { pipeline: { pipeline: "many", phases } });
    const ended = await project.orchestrate(["run", "--json", "--concurrency", "12"], { under: limited(48) });
    expect(ended).toMatchObject({ status: 5 });
    expect(errorOf(ended)).toMatchObject({
      error: expect.stringMatching(/^(worker-not-started|too-many-open-files)$/),
    });
    expect(await verifyRun(project.onlyRun())).toMatchObject({ problems: [] });

    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    expect(Object.keys(manifestsOf(project.onlyRun()))).toHaveLength(12);
  });
});

function misbehaving(how: string): object {
  return {
    pipeline: "misbehaving",
    phases: {
      first: { step: "rig/write", with: { name: "first" } },
      bad: { step: "rig/misbehave", with: { how }, inputs: { before: "first.text" } },
    },
  };
}

/** Takes every byte that is left. */
function fill(directory: string): void {
  for (const size of [1 << 16, 1 << 12, 1]) {
    for (let at = 0; ; at++) {
      try {
        writeFileSync(join(directory, `filler-${size}-${at}`), Buffer.alloc(size));
      } catch {
        break;
      }
    }
  }
}

function limited(files: number): readonly string[] {
  return ["sh", "-c", `ulimit -n ${files}; exec "$0" "$@"`];
}
