import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { crashPipeline } from "./rig/crash-pipeline.ts";
import { Project } from "./rig/project.ts";
import { eventsOf, outcomeOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const STEPS = ["list", "work[a]", "work[b]", "join"];

for (const durability of ["strict", "relaxed"] as const) {
  const undisturbed = await recordPoints(durability);
  const points = durability === "strict" ? undisturbed.points : undisturbed.points.filter(ofLastPhaseOrRun);

  describe.concurrent(`an engine killed while it commits ${durability}ly`, () => {
    it("passes every point of the commit, of the journal and of the run", () => {
      expect(new Set(undisturbed.points.map(kindOf))).toEqual(KINDS);
    });

    it.each(points.filter(isAfterRunDocument))("at %s is resumed to the same results", async (point) => {
      const project = crashProject(durability, undisturbed.project);
      const killed = await project.orchestrate(["run"], { env: { ORCHESTRATE_TEST_KILL_AT: point } });
      expect(killed.signal).toBe("SIGKILL");
      const before = project.executions();
      const left = commitsIn(project.onlyRun());
      expect(left.betweenRenames.filter((id) => point.endsWith(`:${id}#1`))).toEqual(betweenRenames(point));
      expect(left.done).toEqual(expect.arrayContaining([...doneBefore(point)]));

      const resumed = await project.orchestrate(["resume", "--json"]);

      expect(resumed).toMatchObject({ status: 0, stderr: "" });
      const directory = project.onlyRun();
      expect(outcomeOf(directory)).toEqual(undisturbed.outcome);
      expect(resultOf(resumed).run_hash).toBe(undisturbed.outcome.hash);
      // A step that was running when its engine was killed may tell of itself a moment later.
      const executed = new Set(project.executions().slice(before.length));
      expect([...executed]).toEqual(STEPS.filter((id) => !left.done.includes(id)));
      expect(rolledForward(directory)).toEqual(left.betweenRenames);
      expect(await verifyRun(directory)).toMatchObject({ ok: true, problems: [] });
      expect(readlinkSync(project.path("out/tree"))).toMatch(/^\.tree\.[0-9a-f]{16}$/);
      expect(readFileSync(project.path("out/tree/first"), "utf8")).toBe("notes\na\n");
    });

    it.each(points.filter((point) => !isAfterRunDocument(point)))(
      "at %s leaves a directory that nobody minds",
      async (point) => {
        const project = crashProject(durability, undisturbed.project);
        const killed = await project.orchestrate(["run"], { env: { ORCHESTRATE_TEST_KILL_AT: point } });
        expect(killed.signal).toBe("SIGKILL");
        const [abandoned] = project.runs();

        const nothing = await project.orchestrate(["resume", "--json"]);
        expect(nothing).toMatchObject({ status: 2 });
        expect(nothing.stderr).toMatch(/"error":"run-not-found".*There are no runs in /);

        const again = await project.orchestrate(["run", "--json"]);
        expect(again).toMatchObject({ status: 0, stderr: "" });
        const { run, directory } = resultOf(again);
        expect(outcomeOf(directory)).toEqual(undisturbed.outcome);

        const listed = await project.orchestrate(["runs", "--json"]);
        expect(listed).toMatchObject({ status: 0 });
        expect(JSON.parse(listed.stdout)).toMatchObject({ runs: [{ run }] });
        expect(project.runs()).toContain(abandoned);
      },
    );
  });
}

describe("an engine killed again and again", () => {
  it("goes on from where the last one came, and never does a thing twice", async () => {
    const project = crashProject("strict");
    const kills: { readonly done: readonly string[]; readonly executed: number }[] = [];
    const killAt = async (command: string, point: string) => {
      const killed = await project.orchestrate([command], { env: { ORCHESTRATE_TEST_KILL_AT: point } });
      expect(killed.signal).toBe("SIGKILL");
      kills.push({ done: commitsIn(project.onlyRun()).done, executed: project.executions().length });
    };
    await killAt("run", "commit:committed:list");
    await killAt("resume", "commit:outputs-checked:work[a]");
    await killAt("resume", "commit:outputs-checked:work[b]");
    await killAt("resume", "commit:manifest-renamed:join");
    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    expect([...new Set(project.executions())]).toEqual(STEPS);
    for (const { done, executed } of kills) {
      const again = project.executions().slice(executed);
      expect(again.filter((id) => done.includes(id))).toEqual([]);
    }
    expect([kills[0]!.done, kills[3]!.done]).toEqual([["list"], STEPS]);
    expect(await verifyRun(project.onlyRun())).toMatchObject({ ok: true });
    const pids = eventsOf(project.onlyRun()).flatMap((event) => (event.type === "run-started" ? [event.pid] : []));
    expect(new Set(pids).size).toBe(5);
  });
});

/** Every kind of point there is; a new one has to be crashed at as well. */
const KINDS = new Set([
  "run-directory-made",
  ...["prepared", "synced", "renamed", "in-place"].map((step) => `run-document-${step}`),
  ...["run-started", "phase-expanded", "attempt-started", "progress", "checkpoint-saved", "metric"].map(journal),
  ...["phase-committed", "published", "run-finished"].map(journal),
  "attempt:ended",
  ...["outputs-checked", "outputs-digested", "outputs-sealed", "manifest-prepared", "attempt-synced"].map(commit),
  ...["artifacts-renamed", "artifacts-synced", "manifest-renamed", "committed"].map(commit),
  ...["prepared", "synced", "renamed"].map((step) => `run-manifest-${step}`),
  "run-committed",
  "publish",
]);

function journal(type: string): string {
  return `journal:${type}`;
}

function commit(point: string): string {
  return `commit:${point}`;
}

/** `commit:committed:join#1` is of the kind `commit:committed`. */
function kindOf(point: string): string {
  return /^(?:journal|commit|attempt):[a-z-]+|^[a-z-]+/.exec(point)?.[0] ?? "";
}

/** Without fsync the protocol is the same: there the last phase and the run's own points are enough. */
function ofLastPhaseOrRun(point: string): boolean {
  return /:join#|^run-/.test(point);
}

function crashProject(durability: "strict" | "relaxed", knowsPluginsFrom?: Project): Project {
  const files = { "notes.txt": "notes\n" };
  const pipeline = crashPipeline(durability);
  return new Project(
    scratch,
    knowsPluginsFrom === undefined ? { pipeline, files } : { pipeline, files, knowsPluginsFrom },
  );
}

/** Runs once undisturbed, and tells the points passed, the n-th time that a point is passed as `point#n`. */
async function recordPoints(durability: "strict" | "relaxed") {
  const project = crashProject(durability);
  const file = join(project.outside, "points");
  const { status, stderr } = await project.orchestrate(["run"], { env: { ORCHESTRATE_TEST_POINTS: file } });
  if (status !== 0) throw new Error(stderr);
  const times = new Map<string, number>();
  const points = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((point) => {
      times.set(point, (times.get(point) ?? 0) + 1);
      return `${point}#${times.get(point)}`;
    });
  return { project, points, outcome: outcomeOf(project.onlyRun()) };
}

/** A point is reached before what it is named for is done. */
function isAfterRunDocument(point: string): boolean {
  return !/^run-directory-made|^run-document-(prepared|synced|renamed)/.test(point);
}

/**
 * How far a run has come on disk: the steps whose artifacts are in place, and those of them whose manifest is not. A
 * step may begin while the one before it is committed, so that the point of a kill does not tell how far that one had
 * come.
 */
function commitsIn(run: string): { readonly done: readonly string[]; readonly betweenRenames: readonly string[] } {
  const isThere = (id: string, name: string) => existsSync(join(run, "phases", ...id.split(/[[\]]/), name));
  const done = STEPS.filter((id) => isThere(id, "artifacts"));
  return { done, betweenRenames: done.filter((id) => !isThere(id, "manifest.json")) };
}

/** What any point of a step follows: the step's dependencies, and itself from the rename of its artifacts on. */
function doneBefore(point: string): readonly string[] {
  const id = /:(list|work\[[ab]\]|join)#1$/.exec(point)?.[1];
  if (id === undefined) return [];
  const itself = /^commit:(artifacts-synced|manifest-renamed|committed):/.test(point) ? [id] : [];
  return [...(id === "list" ? [] : id === "join" ? STEPS.slice(0, 3) : ["list"]), ...itself];
}

function betweenRenames(point: string): readonly string[] {
  const id = /^commit:(?:artifacts-synced|manifest-renamed):(.+)#1$/.exec(point)?.[1];
  return id === undefined ? [] : [id];
}

function rolledForward(directory: string): readonly string[] {
  return eventsOf(directory).flatMap((event) =>
    event.type === "phase-committed" && event.reason === "rolled-forward"
      ? [event.key === null ? event.phase : `${event.phase}[${event.key}]`]
      : [],
  );
}
