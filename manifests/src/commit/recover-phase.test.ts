import { chmodSync, cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { digestBytes } from "../digest/digest-bytes.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { place, sampleCommit } from "../fixtures/sample.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { commitAttempt } from "./commit-attempt.ts";
import { recoverPhase } from "./recover-phase.ts";

async function committed(): Promise<string> {
  const phaseDir = freshDirectory();
  await commitAttempt(sampleCommit(phaseDir));
  return phaseDir;
}

/** As after a kill between the two renames. */
async function halfCommitted(attempt = 1): Promise<string> {
  const phaseDir = await committed();
  renameSync(`${phaseDir}/manifest.json`, `${phaseDir}/attempt-${attempt}.manifest.json`);
  return phaseDir;
}

function overwrite(path: string, text: string): void {
  chmodSync(path, 0o644);
  writeFileSync(path, text);
}

describe("recoverPhase", () => {
  it("finds nothing where nothing was committed", async () => {
    expect(await recoverPhase(`${freshDirectory()}/never-made`)).toEqual({ state: "nothing" });
    const phaseDir = freshDirectory();
    sampleCommit(phaseDir);
    writeFileSync(`${phaseDir}/attempt-1.manifest.json`, "{");
    expect(await recoverPhase(phaseDir)).toEqual({ state: "nothing" });
  });

  it("rolls forward what was complete, and is idempotent", async () => {
    const phaseDir = await halfCommitted();
    const first = await recoverPhase(phaseDir);
    expect(first.state).toBe("rolled-forward");
    expect(await recoverPhase(phaseDir)).toEqual({ ...first, state: "committed" });
  });

  it("rolls forward beside the staging directory of an earlier, failed attempt", async () => {
    const phaseDir = await halfCommitted(2);
    mkdirSync(`${phaseDir}/attempt-1`);
    cpSync(`${phaseDir}/attempt-2.manifest.json`, `${phaseDir}/attempt-1.manifest.json`);
    expect((await recoverPhase(phaseDir)).state).toBe("rolled-forward");
    expect(readdirSync(phaseDir).sort()).toEqual([
      "artifacts",
      "attempt-1",
      "attempt-1.manifest.json",
      "manifest.json",
    ]);
  });

  it("rolls forward by the newest attempt whose manifest vouches for the artifacts", async () => {
    const phaseDir = await halfCommitted(9);
    cpSync(`${phaseDir}/attempt-9.manifest.json`, `${phaseDir}/attempt-10.manifest.json`);
    writeFileSync(`${phaseDir}/attempt-11.manifest.json`, "{");
    expect((await recoverPhase(phaseDir)).state).toBe("rolled-forward");
    expect(readdirSync(phaseDir).sort()).toEqual([
      "artifacts",
      "attempt-11.manifest.json",
      "attempt-9.manifest.json",
      "manifest.json",
    ]);
  });

  it.each<[string, (phaseDir: string) => void]>([
    ["without a prepared manifest", (dir) => rmSync(`${dir}/attempt-1.manifest.json`)],
    ["with one that is cut short", (dir) => writeFileSync(`${dir}/attempt-1.manifest.json`, '{"schema":"orch')],
    ["with a digest that differs", (dir) => overwrite(`${dir}/artifacts/model.bin`, "WEIGHTS")],
    ["with an artifact missing", (dir) => rmSync(`${dir}/artifacts/model.bin`)],
  ])("moves artifacts aside: %s", async (_name, spoil) => {
    const phaseDir = await halfCommitted();
    mkdirSync(`${phaseDir}/discarded-1`);
    spoil(phaseDir);
    expect(await recoverPhase(phaseDir)).toEqual({ state: "discarded", to: `${phaseDir}/discarded-2` });
    expect(readdirSync(`${phaseDir}/discarded-2`)).toContain("data");
    expect(readdirSync(phaseDir).sort()).toEqual(["discarded-1", "discarded-2"]);
    expect(await recoverPhase(phaseDir)).toEqual({ state: "nothing" });
  });

  it("refuses a committed artifact that was changed, naming file, expected and found", async () => {
    const phaseDir = await committed();
    overwrite(`${phaseDir}/artifacts/model.bin`, "WEIGHTS");
    const error = await thrownBy(() => recoverPhase(phaseDir));
    expect(error).toMatchObject({ code: "artifact-differs", category: "invariant" });
    expect(error.detail).toBe(
      `${phaseDir}/artifacts/model.bin is not what its manifest says: ` +
        `expected ${digestBytes("weights")}, found ${digestBytes("WEIGHTS")}.`,
    );
    expect(error.hint).toBe("It was changed after it was committed. Restore it from a copy, or start a new run.");
  });

  it("refuses where a committed artifact is missing", async () => {
    const phaseDir = await committed();
    rmSync(`${phaseDir}/artifacts/data/images`, { recursive: true });
    expect((await thrownBy(() => recoverPhase(phaseDir))).detail).toContain("found nothing.");
    place(`${phaseDir}/artifacts/data/images`, "a file");
    expect((await thrownBy(() => recoverPhase(phaseDir))).detail).toContain("found a file.");
  });

  it("refuses a manifest that can't be read, naming file and field", async () => {
    const phaseDir = await committed();
    overwrite(`${phaseDir}/manifest.json`, '{"schema":"orchestrate.manifest/1","run":1}');
    expect(await thrownBy(() => recoverPhase(phaseDir))).toMatchObject({
      code: "manifest-unreadable",
      category: "invariant",
      detail: expect.stringMatching(/manifest\.json can't be read: run: Invalid input: expected string/),
    });
  });
});
