import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { Gate } from "./rig/gate.ts";
import { died } from "./rig/is-alive.ts";
import { Project } from "./rig/project.ts";
import { errorOf, eventsOf, outcomeOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const phases = {
  list: { step: "rig/list", with: { items: ["a"] } },
  work: { step: "rig/write", with: { name: "work" }, after: ["list"] },
};
const followed = (witness: object) => ({ pipeline: "followed", phases, follow: { witness } });

/** What the follower noted, in order. */
const noted = (project: Project) => project.executions().filter((line) => / |lingered/.test(line));

describe("a follower", () => {
  it("is told of every event, and its secrets are masked in its log", async () => {
    const project = new Project(scratch, { pipeline: followed({ secrets: ["WITNESS_KEY"] }) });
    const ended = await project.orchestrate(["run"], { env: { WITNESS_KEY: "hunter2" } });
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(noted(project)).toEqual(eventsOf(project.onlyRun()).map(({ type }) => `saw ${type}`));
    const log = readFileSync(join(project.onlyRun(), "follower-witness.ndjson"), "utf8");
    expect(JSON.parse(log)).toMatchObject({ follower: "witness", level: "info", message: "told ***" });
    expect(await verifyRun(project.onlyRun())).toMatchObject({ ok: true });
  });

  it("has the options of plugins.json, and over them those of the pipeline", async () => {
    const project = new Project(scratch, { pipeline: followed({}) });
    const options = { word: "heard", last: "throw" };
    project.write("plugins.json", JSON.stringify({ plugins: [{ name: "orchestrate-plugin-rig", options }] }));
    project.pipeline(followed({ with: { last: "return" } }));
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    expect(noted(project)).toContain("heard run-finished");
  });

  it("that a profile switches off is not started", async () => {
    const project = new Project(scratch, { pipeline: followed({}) });
    const profile = {
      profile: "quiet",
      description: "None.",
      workload: "Any.",
      follow: { witness: { enabled: false } },
    };
    project.write("profiles/quiet.json", JSON.stringify(profile));
    expect(await project.orchestrate(["run", "--profile", "quiet"])).toMatchObject({ status: 0, stderr: "" });
    expect(noted(project)).toEqual([]);
  });

  it.each([
    [
      "throws",
      { last: "throw" },
      /The follower witness failed: The follower witness threw Error: no place for \S+ .*The run is not affected\./,
    ],
    ["exits", { last: "exit" }, /The follower witness ended with status 3\. The run is not affected\./],
    [
      "hangs",
      { last: "hang" },
      /The follower witness had not taken the run in after 5 s and was ended\. The run is not affected\./,
    ],
  ])("that %s changes nothing of the run", async (_what, options, words) => {
    const project = new Project(scratch, { pipeline: followed({ with: options }) });
    const ended = await project.orchestrate(["run"]);
    expect(ended.status).toBe(0);
    expect(ended.stdout + ended.stderr).toMatch(words);
    const plain = new Project(scratch, { pipeline: { pipeline: "followed", phases } });
    await plain.orchestrate(["run"]);
    expect(outcomeOf(project.onlyRun())).toEqual(outcomeOf(plain.onlyRun()));
    const told = await project.orchestrate(["run", "--new-run", "--json"]);
    expect(told).toMatchObject({ status: 0, stderr: "" });
    expect(resultOf(told)).toMatchObject({ warnings: [expect.stringMatching(words)] });
  });

  it("that was killed follows the run anew, and nobody need be told", async () => {
    const project = new Project(scratch, { pipeline: followed({ with: { last: "kill" } }) });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const [first, ...anew] = noted(project);
    expect(first).toBe(anew[0]);
    expect(anew).toEqual(eventsOf(project.onlyRun()).map(({ type }) => `saw ${type}`));
  });

  it("may take its time once what must not be lost is safe: the engine does not wait", async () => {
    const project = new Project(scratch, { pipeline: followed({ with: { last: "linger" } }) });
    await using gate = await Gate.open(project);
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const held = await gate.arrival("witness");
    expect(noted(project).at(-1)).toBe("saw run-finished");
    held.release();
    await died(held.pid);
    expect(noted(project).at(-1)).toBe("lingered");
  });

  it("reads the journal to its end when the engine is killed, and from its beginning when the run is resumed", async () => {
    const project = new Project(scratch, { pipeline: followed({ with: { last: "linger" } }) });
    await using gate = await Gate.open(project);
    const env = { ORCHESTRATE_TEST_KILL_AT: "journal:phase-committed:work" };
    expect(await project.orchestrate(["run"], { env })).toMatchObject({ signal: "SIGKILL" });
    (await gate.arrival("witness")).release();
    const before = eventsOf(project.onlyRun()).map(({ type }) => `saw ${type}`);
    expect(noted(project).slice(0, before.length)).toEqual(before);

    expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
    (await gate.arrival("witness")).release();
    const all = eventsOf(project.onlyRun()).map(({ type }) => `saw ${type}`);
    expect(noted(project).filter((line) => line !== "lingered")).toEqual([...before, ...all]);
  });

  it.each(["resume", "run"])(
    "is told of a run's end by the next %s, where the engine was killed as the run was complete and that not told",
    async (command) => {
      const project = new Project(scratch, { pipeline: followed({ with: { last: "linger" } }) });
      await using gate = await Gate.open(project);
      const env = { ORCHESTRATE_TEST_KILL_AT: "journal:run-finished:" };
      expect(await project.orchestrate(["run"], { env })).toMatchObject({ signal: "SIGKILL" });
      (await gate.arrival("witness")).release();
      const before = eventsOf(project.onlyRun()).map(({ type }) => `saw ${type}`);
      expect(before).not.toContain("saw run-finished");

      const ended = await project.orchestrate([command]);
      expect(ended).toMatchObject({ status: 0, stderr: "" });
      expect(ended.stdout).toContain("Nothing to do");
      (await gate.arrival("witness")).release();
      expect(noted(project).filter((line) => line !== "lingered")).toEqual([...before, ...before, "saw run-finished"]);
      const { run_hash } = JSON.parse(readFileSync(join(project.onlyRun(), "manifest.json"), "utf8"));
      expect(eventsOf(project.onlyRun()).at(-1)).toMatchObject({ outcome: "succeeded", run_hash });

      expect(await project.orchestrate([command])).toMatchObject({ status: 0, stderr: "" });
      expect(eventsOf(project.onlyRun()).filter(({ type }) => type === "run-finished")).toHaveLength(1);
    },
  );

  it("that did not take in the end of a run that was told late is named, and the run is not affected", async () => {
    const project = new Project(scratch, { pipeline: followed({ with: { last: "exit" } }) });
    const env = { ORCHESTRATE_TEST_KILL_AT: "journal:run-finished:" };
    expect(await project.orchestrate(["run"], { env })).toMatchObject({ signal: "SIGKILL" });
    const ended = await project.orchestrate(["run"]);
    expect(ended.status).toBe(0);
    expect(ended.stderr).toBe("The follower witness ended with status 3. The run is not affected.\n");
  });
});

describe("before anything runs", () => {
  it.each([
    [{ follow: { wittness: {} } }, /no plugin provides a follower "wittness"\..*Did you mean "witness"\?/s],
    [
      { follow: { witness: { with: { wrd: 1 } } } },
      /follow\.witness\.with\.wrd.*this key is not known\..*Did you mean "word"\?/s,
    ],
    [{ follow: { witness: { secrets: ["UNSET_KEY"] } } }, /the environment variable UNSET_KEY is not set\./],
  ])("%j is refused", async (follow, words) => {
    const project = new Project(scratch, { pipeline: { pipeline: "followed", phases, ...follow } });
    const ended = await project.orchestrate(["run", "--json"]);
    expect(ended.status).toBe(2);
    const { error, detail, hint } = errorOf(ended);
    expect(error).toBe("pipeline-invalid");
    expect(`${detail} ${hint}`).toMatch(words);
    expect(existsSync(project.path("runs")) && project.runs().length > 0).toBe(false);
  });
});
