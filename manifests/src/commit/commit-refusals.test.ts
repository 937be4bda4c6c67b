import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { modelOutput, place, sampleCommit, sampleManifest } from "../fixtures/sample.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { commitAttempt } from "./commit-attempt.ts";
import type { CommitPoint } from "./commit-point.ts";
import type { CommitRequest } from "./commit-request.ts";
import { recoverPhase } from "./recover-phase.ts";

/** Commits the sample after `spoil` changed it, and gives the error together with what is left in the directory. */
async function refused(spoil: (staging: string, phaseDir: string) => Partial<CommitRequest> | undefined) {
  const phaseDir = freshDirectory();
  const request = sampleCommit(phaseDir);
  const staging = `${phaseDir}/attempt-1`;
  const change = spoil(staging, phaseDir);
  const error = await thrownBy(() => commitAttempt({ ...request, ...change }));
  return { error, staging, phaseDir, left: readdirSync(phaseDir).sort() };
}

/** The spoiling of one point by an action that is taken just before it. */
function at(point: CommitPoint, act: () => void): Partial<CommitRequest> {
  return { beforePoint: (reached) => (reached === point ? act() : undefined) };
}

describe("commitAttempt refuses", () => {
  it("a missing output, naming output and path", async () => {
    const { error, staging, left } = await refused((staging) => void rmSync(`${staging}/model.bin`));
    expect(error).toMatchObject({
      code: "output-missing",
      category: "failed",
      detail: `The step ended without its output "model": there is no model.bin in ${staging}.`,
      hint: "Let the step write model.bin in its working directory, or declare the output optional.",
    });
    expect(left).toEqual(["attempt-1"]);
  });

  it.each([
    ["a directory", (path: string) => mkdirSync(path)],
    ["a symbolic link", (path: string) => symlinkSync("/etc/hostname", path)],
  ])("%s where a file was declared", async (name, make) => {
    const { error, staging } = await refused((staging) => {
      rmSync(`${staging}/model.bin`);
      return void make(`${staging}/model.bin`);
    });
    expect(error).toMatchObject({
      code: "output-form",
      category: "failed",
      detail: `The output "model" is declared as a file, but ${staging}/model.bin is ${name}.`,
    });
    expect(error.hint).toContain("write a file there");
  });

  it("a file where a directory was declared", async () => {
    const { error, staging } = await refused((staging) => {
      rmSync(`${staging}/data/images`, { recursive: true });
      return void place(`${staging}/data/images`, "");
    });
    expect(error).toMatchObject({
      code: "output-form",
      detail: `The output "images" is declared as a directory, but ${staging}/data/images is a file.`,
    });
  });

  it("a missing output in whose directory's place there is a file", async () => {
    const { error, staging } = await refused((staging) => {
      rmSync(`${staging}/data`, { recursive: true });
      return void place(`${staging}/data`, "");
    });
    expect(error).toMatchObject({
      code: "output-missing",
      detail: `The step ended without its output "images": there is no data/images in ${staging}.`,
    });
  });

  it("where it can't prepare the manifest, and there is none to be taken back", async () => {
    const phaseDir = freshDirectory();
    const change = at("manifest-prepared", () => rmSync(phaseDir, { recursive: true }));
    const error = await thrownBy(() => commitAttempt(sampleCommit(phaseDir, change)));
    expect(error).toMatchObject({ category: "io", detail: expect.stringContaining("attempt-1") });
  });

  it("an output behind a linked directory", async () => {
    const elsewhere = freshDirectory();
    place(`${elsewhere}/images/a.png`, "");
    const { error, staging } = await refused((staging) => {
      rmSync(`${staging}/data`, { recursive: true });
      return void symlinkSync(elsewhere, `${staging}/data`);
    });
    expect(error.detail).toBe(
      `The output "images" is declared as a directory, but ${staging}/data is a symbolic link.`,
    );
  });

  it("a link that leaves a directory output", async () => {
    const { error, staging } = await refused((staging) => void symlinkSync("../../x", `${staging}/data/images/out`));
    expect(error.code).toBe("link-leaves-tree");
    expect(error.detail).toContain(`${staging}/data/images/out leads to ../../x`);
  });

  it("a declared path that leaves the step's directory", async () => {
    const { error } = await refused(() => ({ outputs: { model: { ...modelOutput, path: "../model.bin" } } }));
    expect(error).toMatchObject({
      code: "output-path",
      category: "input",
      detail: 'The output "model" is declared at "../model.bin", which does not stay in the step\'s directory.',
    });
  });

  it("a metric that JSON can't hold", async () => {
    const { error } = await refused(() => ({ manifest: sampleManifest({ metrics: { loss: Number.NaN } }) }));
    expect(error).toMatchObject({
      code: "metric-not-finite",
      category: "failed",
      detail: 'The metric "loss" is NaN, which a manifest can\'t hold.',
    });
  });

  it("a staging directory that was removed", async () => {
    const { error, staging } = await refused((staging) => void rmSync(staging, { recursive: true }));
    expect(error.code).toBe("staging-missing");
    expect(error.detail).toBe(`The staging directory ${staging} is not there any more.`);
  });

  it("an output that is still written to", async () => {
    const { error, staging, left } = await refused((staging) =>
      at("outputs-sealed", () => writeFileSync(`${staging}/model.bin`, "more weights")),
    );
    expect(error).toMatchObject({
      code: "output-changed",
      category: "failed",
      detail: `The output "model" changed while it was committed: ${staging}/model.bin.`,
    });
    expect(left).toEqual(["attempt-1"]);
  });

  it("a phase that is committed already, and leaves it as it was", async () => {
    const phaseDir = freshDirectory();
    await commitAttempt(sampleCommit(phaseDir));
    const before = readFileSync(`${phaseDir}/manifest.json`, "utf8");
    const error = await thrownBy(() => commitAttempt(sampleCommit(phaseDir)));
    expect(error).toMatchObject({ code: "already-committed", category: "invariant" });
    expect(error.detail).toContain(`${phaseDir}/manifest.json is in place`);
    expect(readFileSync(`${phaseDir}/manifest.json`, "utf8")).toBe(before);
    expect((await recoverPhase(phaseDir)).state).toBe("committed");
  });

  it("to replace artifacts that were not recovered, and keeps what they need for that", async () => {
    const { error, phaseDir, left } = await refused((_staging, phaseDir) => {
      mkdirSync(`${phaseDir}/artifacts`);
      return void writeFileSync(`${phaseDir}/attempt-7.manifest.json`, "{}");
    });
    expect(error).toMatchObject({ code: "artifacts-in-the-way", category: "invariant" });
    expect(error.detail).toBe(`${phaseDir}/artifacts is there already, without a manifest.`);
    expect(left).toEqual(["artifacts", "attempt-1", "attempt-7.manifest.json"]);
  });
});

describe("commitAttempt, when the disk fails", () => {
  it("says that the disk is full, and commits nothing", async () => {
    const { error, staging, left } = await refused(
      (_staging, phaseDir) => void symlinkSync("/dev/full", `${phaseDir}/attempt-1.manifest.json`),
    );
    expect(error).toMatchObject({ code: "disk-full", category: "io" });
    expect(error.detail).toContain(`Could not commit ${staging}: ENOSPC`);
    expect(error.hint).toBe(
      "Free some space on the disk that holds it (df -h; df -i for the number of files), then resume the run.",
    );
    expect(left).toEqual(["attempt-1"]);
  });

  // A character device takes what is written and answers fsync with EINVAL.
  it("fails where an fsync fails, and commits nothing", async () => {
    const { error, phaseDir, left } = await refused(
      (_staging, phaseDir) => void symlinkSync("/dev/null", `${phaseDir}/attempt-1.manifest.json`),
    );
    expect(error).toMatchObject({ code: "fsync-failed", category: "io" });
    expect(error.detail).toContain(`Could not make ${phaseDir}/attempt-1.manifest.json durable: EINVAL`);
    expect(error.hint).toContain("Nothing of this attempt was committed.");
    expect(left).toEqual(["attempt-1"]);
    expect((await recoverPhase(phaseDir)).state).toBe("nothing");
  });

  it.each(["artifacts-renamed", "artifacts-synced", "manifest-renamed", "committed"] as const)(
    "takes everything back that it did before %s, so that recovery can't roll it forward",
    async (point) => {
      const { error, staging, phaseDir, left } = await refused(() =>
        at(point, () => {
          throw Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
        }),
      );
      expect(error.detail).toBe(`Could not commit ${staging}: EIO: i/o error.`);
      expect(left).toEqual(["attempt-1"]);
      expect(existsSync(`${staging}/model.bin`)).toBe(true);
      expect((await recoverPhase(phaseDir)).state).toBe("nothing");
    },
  );
});
