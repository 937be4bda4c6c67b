import { chmodSync, cpSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { digestBytes } from "../digest/digest-bytes.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { place } from "../fixtures/sample.ts";
import { sampleRun } from "../fixtures/sample-run.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { verifyRun } from "./verify-run.ts";

/** Changes one field of a JSON record, as a tamperer would who knows the format but not the chain. */
function edit(path: string, field: string, value: string | number): void {
  const record: unknown = JSON.parse(readFileSync(path, "utf8"));
  const names = field.split(".");
  const last = names.pop() ?? "";
  const holder = names.reduce<unknown>((object, name) => (object as Record<string, unknown>)[name], record);
  (holder as Record<string, unknown>)[last] = value;
  overwrite(path, `${JSON.stringify(record)}\n`);
}

function overwrite(path: string, text: string): void {
  chmodSync(path, 0o644);
  writeFileSync(path, text);
}

const other = digestBytes("something else");

describe("verifyRun", () => {
  it("finds a finished run whole, and says how much it checked", async () => {
    expect(await verifyRun(await sampleRun("finished"))).toEqual({
      run: "20261121T204235Z-k3f9",
      state: "finished",
      ok: true,
      checked: { phases: 4, artifacts: 8, inputs: 4, sources: 1 },
      problems: [],
      unchecked: [],
    });
  });

  it("finds it whole where it was moved or copied, its sources unchecked", async () => {
    const runDir = await sampleRun("finished");
    const copy = `${freshDirectory()}/elsewhere`;
    cpSync(runDir, copy, { recursive: true });
    const moved = `${freshDirectory()}/moved`;
    renameSync(runDir, moved);
    for (const place of [copy, moved]) {
      const { ok, checked, unchecked } = await verifyRun(place);
      expect({ ok, sources: checked.sources }).toEqual({ ok: true, sources: 0 });
      expect(unchecked).toEqual([
        { where: "phases/dataset/manifest.json inputs.notes", why: "outside of the run, and not there" },
      ]);
    }
  });

  it("checks what is there of an unfinished run, and says so", async () => {
    const runDir = await sampleRun("unfinished");
    place(`${runDir}/phases/export/attempt-1/half`, "");
    expect(await verifyRun(runDir)).toMatchObject({
      state: "unfinished",
      ok: true,
      checked: { phases: 4 },
      unchecked: [{ where: "phases/export", why: "not committed" }],
    });
    overwrite(`${runDir}/phases/report/artifacts/out.txt`, "tampered");
    expect((await verifyRun(runDir)).ok).toBe(false);
  });

  it("skips sources where it is asked to, and notices a changed one where it is not", async () => {
    const runDir = await sampleRun("finished");
    writeFileSync(`${runDir}/../notes.txt`, "other notes");
    const where = "phases/dataset/manifest.json inputs.notes";
    const skipped = await verifyRun(runDir, { sources: "skip" });
    expect(skipped).toMatchObject({ ok: true, unchecked: [{ where, why: "outside of the run, and skipped" }] });
    expect((await verifyRun(runDir)).problems).toEqual([
      { where, what: "source has changed since", expected: digestBytes("notes"), found: digestBytes("other notes") },
    ]);
  });

  it.each<[string, (runDir: string) => void, readonly [string, string][]]>([
    [
      "an artifact's bytes",
      (dir) => overwrite(`${dir}/phases/train/a/artifacts/out.txt`, "x"),
      [["phases/train/a/artifacts/out.txt", "digest differs"]],
    ],
    [
      "a file in a tree",
      (dir) => rmSync(`${dir}/phases/train/a/artifacts/images/a.png`),
      [["phases/train/a/artifacts/images", "digest differs"]],
    ],
    [
      "a link out of a tree",
      (dir) => symlinkSync("/etc", `${dir}/phases/train/a/artifacts/images/etc`),
      [["phases/train/a/artifacts/images", "digest differs"]],
    ],
    [
      "a missing artifact",
      (dir) => rmSync(`${dir}/phases/report/artifacts/out.txt`),
      [["phases/report/artifacts/out.txt", "missing"]],
    ],
    [
      "a file nobody named",
      (dir) => place(`${dir}/phases/report/artifacts/more.txt`, ""),
      [["phases/report/artifacts/more.txt", "not named by any manifest"]],
    ],
    [
      "a metric in a manifest that others rely on",
      (dir) => edit(`${dir}/phases/train/a/manifest.json`, "metrics.mcc", 1),
      [
        ["phases/train/a/manifest.json", "digest differs"],
        ["phases/report/manifest.json inputs.trained[a].manifest", "digest differs"],
      ],
    ],
    [
      "a fingerprint's part",
      (dir) => edit(`${dir}/phases/report/manifest.json`, "fingerprint.parts.config", other),
      [
        ["phases/report/manifest.json", "digest differs"],
        ["phases/report/manifest.json fingerprint.digest", "digest differs"],
      ],
    ],
    [
      "the digest of an input",
      (dir) => edit(`${dir}/phases/train/b/manifest.json`, "inputs.dataset.digest", other),
      [
        ["phases/train/b/manifest.json", "digest differs"],
        ["phases/report/manifest.json inputs.trained[b].manifest", "digest differs"],
        ["phases/train/b/manifest.json inputs.dataset.digest", "digest differs"],
      ],
    ],
    ["run.json", (dir) => edit(`${dir}/run.json`, "seed", 7), [["run.json", "digest differs"]]],
    ["a missing run.json", (dir) => rmSync(`${dir}/run.json`), [["run.json", "missing"]]],
    [
      "the run hash",
      (dir) => edit(`${dir}/manifest.json`, "run_hash", other),
      [["manifest.json run_hash", "digest differs"]],
    ],
    [
      "an output's digest in the run manifest",
      (dir) => edit(`${dir}/manifest.json`, "phases.0.outputs.text", other),
      [
        ["manifest.json run_hash", "digest differs"],
        ["phases/dataset/manifest.json outputs", "not what the run manifest says"],
      ],
    ],
    [
      "a missing phase",
      (dir) => rmSync(`${dir}/phases/dataset`, { recursive: true }),
      [
        ["manifest.json phases dataset", "missing"],
        ["phases/train/a/manifest.json inputs.dataset", "missing"],
        ["phases/train/b/manifest.json inputs.dataset", "missing"],
      ],
    ],
    [
      "a phase that lies where another belongs",
      (dir) => cpSync(`${dir}/phases/report`, `${dir}/phases/copy`, { recursive: true }),
      [
        ["phases/copy/manifest.json", "not named by any manifest"],
        ["phases/copy/manifest.json", "lies in the wrong place"],
      ],
    ],
    [
      "a manifest that is cut short",
      (dir) => overwrite(`${dir}/phases/report/manifest.json`, '{"schema"'),
      [
        ["phases/report/manifest.json", "unreadable"],
        ["manifest.json phases report", "missing"],
      ],
    ],
    [
      "a phase of another run",
      (dir) => edit(`${dir}/phases/report/manifest.json`, "run", "another"),
      [
        ["phases/report/manifest.json", "digest differs"],
        ["phases/report/manifest.json run", "belongs to another run"],
      ],
    ],
    [
      "an artifact path that leaves the phase",
      (dir) => edit(`${dir}/phases/report/manifest.json`, "outputs.text.path", "artifacts/../../../run.json"),
      [
        ["phases/report/manifest.json", "digest differs"],
        ["phases/report/artifacts/../../../run.json", "digest differs"],
        ["phases/report/artifacts/out.txt", "not named by any manifest"],
      ],
    ],
  ])("notices %s", async (_name, tamper, expected) => {
    const runDir = await sampleRun("finished");
    tamper(runDir);
    const { ok, problems } = await verifyRun(runDir, { sources: "skip" });
    expect(ok).toBe(false);
    expect(problems.map(({ where, what }) => [where, what])).toEqual(expected);
    for (const problem of problems) expect(problem.expected).not.toBe(problem.found);
  });

  it("says which output an input names that is not there", async () => {
    const runDir = await sampleRun("finished");
    edit(`${runDir}/phases/train/b/manifest.json`, "inputs.dataset.output", "toString");
    const { problems } = await verifyRun(runDir, { sources: "skip" });
    expect(problems).toContainEqual({
      where: "phases/train/b/manifest.json inputs.dataset.digest",
      what: "digest differs",
      expected: expect.stringMatching(/^sha256:/),
      found: 'no output "toString" in phases/dataset/manifest.json',
    });
  });

  it("says that there is no such run directory", async () => {
    const error = await thrownBy(() => verifyRun("/nowhere/run"));
    expect(error).toMatchObject({ code: "not-found", category: "io" });
    expect(error.detail).toContain("Could not verify /nowhere/run: ENOENT");
  });
});
