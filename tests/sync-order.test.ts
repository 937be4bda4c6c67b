import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { crashPipeline } from "./rig/crash-pipeline.ts";
import { Project } from "./rig/project.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";
import { AUDITED_CALLS, auditSyncs } from "./rig/sync-audit.ts";
import { tracedCalls } from "./rig/traced-call.ts";

const scratch = scratchDirectory();
const traceable = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]).status === 0;

describe.skipIf(!traceable)("the system calls of a whole run (needs strace)", () => {
  it("make everything durable before the rename that relies on it", async () => {
    const project = crashProject("strict");
    const calls = await trace(project, ["run"]);
    expect(calls.filter(({ name }) => name === "fsync").length).toBeGreaterThan(30);
    const published = calls.filter(({ text, told }) => /\.coming", .*\/out\/tree"/.test(text) && told !== "ends");
    expect(published).toHaveLength(1);
    expect(auditSyncs(calls, project.directory)).toEqual([]);
  });

  it("do so as well where all is reused", async () => {
    const project = crashProject("strict");
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    const calls = await trace(project, ["run", "--new-run"]);
    expect(calls.some(({ name }) => name === "link" || name === "linkat")).toBe(true);
    expect(auditSyncs(calls, project.directory)).toEqual([]);
  });

  it("do so as well where files are carried over", async () => {
    const keeping = (write: string) => ({
      pipeline: "keeping",
      phases: {
        keep: {
          step: "rig/carry",
          with: { name: "keep", write, text: write },
          inputs: { before: { previous: "keep.tree" } },
        },
      },
    });
    const project = new Project(scratch, { pipeline: keeping("a") });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    project.pipeline(keeping("b"));
    const calls = await trace(project, ["run"]);
    const linked = calls.filter(({ name, told }) => /^link(at)?$/.test(name) && told !== "ends");
    expect(linked.filter(({ text }) => text.includes("/tree/a"))).toHaveLength(1);
    expect(calls.filter(({ name, text }) => name === "fsync" && text.includes("/tree/a"))).toEqual([]);
    expect(auditSyncs(calls, project.directory)).toEqual([]);
  });

  it("do so as well where a killed run is rolled forward and resumed", async () => {
    const project = crashProject("strict");
    const at = { env: { ORCHESTRATE_TEST_KILL_AT: "commit:artifacts-synced:work[a]" } };
    expect((await project.orchestrate(["run"], at)).signal).toBe("SIGKILL");
    const calls = await trace(project, ["resume"]);
    expect(auditSyncs(calls, project.directory)).toEqual([]);
  });

  it("leave much to the system where the run is relaxed, which the audit tells", async () => {
    const project = crashProject("relaxed");
    const calls = await trace(project, ["run"]);
    const syncs = calls.filter(({ name, told }) => /^f(data)?sync$/.test(name) && told !== "ends");
    // What is published is made durable in any run; of all else the entries of two new directories, runs/ and out/,
    // alone.
    const synced = syncs.map(({ text }) => /<([^>]*)>/.exec(text)?.[1] ?? text);
    expect(synced.filter((path) => !path.includes("/out"))).toEqual([project.directory, project.directory]);
    const problems = auditSyncs(calls, project.directory);
    expect(problems).toContain(
      "runs/RUN/phases/list/artifacts was put in place before runs/RUN/phases/list/attempt-1/items.json was durable",
    );
    expect(problems).toContain("at the end runs/RUN/phases/join/manifest.json is not durable");
  });
});

describe("the audit", () => {
  const trace = (...lines: readonly string[]) =>
    auditSyncs(tracedCalls(lines.map((line) => `7 ${line}`).join("\n")), "/p");
  const commit = ['mkdir("/p/phases/a", 0777) = 0', 'rename("/p/phases/a/attempt-1", "/p/phases/a/artifacts") = 0'];

  it("sees an entry that was not made durable", () => {
    expect(trace(...commit)[0]).toBe("phases/a/artifacts was put in place before phases/a was durable");
  });

  it("sees a publication that was not made durable", () => {
    const copy = 'openat(AT_FDCWD</p>, "/p/out/.a.coming", O_WRONLY|O_CREAT|O_TRUNC, 0644) = 3</p/out/.a.coming>';
    const put = 'rename("/p/out/.a.coming", "/p/out/a") = 0';
    const [late, end] = ["out/a was put in place before out/.a.coming was durable", "at the end out/a is not durable"];
    expect(trace(copy, put)).toEqual([late, end, end]);
    expect(trace(copy, "fsync(3</p/out/.a.coming>) = 0", put)).toEqual([end]);
    expect(trace(copy, "fsync(3</p/out/.a.coming>) = 0", put, "fsync(3</p/out>) = 0")).toEqual([]);
  });

  it("does not count an fsync that failed, nor one that began too early", () => {
    const early = ["fsync(3</p/phases> <unfinished ...>", commit[0]!, "<... fsync resumed>) = 0", commit[1]!];
    const failed = [commit[0]!, "fsync(3</p/phases>) = -1 EIO (Input/output error)", commit[1]!];
    for (const lines of [early, failed])
      expect(trace(...lines)).toContain("phases/a/artifacts was put in place before phases/a was durable");
    const right = [commit[0]!, "fsync(3</p/phases> <unfinished ...>", "<... fsync resumed>) = 0", commit[1]!];
    expect(trace(...right)).toEqual(["at the end phases/a/artifacts is not durable"]);
  });
});

function crashProject(durability: "strict" | "relaxed"): Project {
  return new Project(scratch, { pipeline: crashPipeline(durability), files: { "notes.txt": "notes\n" } });
}

async function trace(project: Project, words: readonly string[]) {
  const log = join(project.outside, "trace");
  const under = ["strace", "-f", "-y", "-s", "4096", "-o", log, "-e", `trace=${AUDITED_CALLS.join(",")}`];
  expect(await project.orchestrate(words, { under, env: { UV_USE_IO_URING: "0" } })).toMatchObject({ status: 0 });
  return tracedCalls(readFileSync(log, "utf8"));
}
