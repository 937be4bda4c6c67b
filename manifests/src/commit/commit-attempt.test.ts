import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { describe, expect, it } from "vitest";
import { digestBytes } from "../digest/digest-bytes.ts";
import { digestTree } from "../digest/digest-tree.ts";
import { unchangedSince } from "../digest/stat-record.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { modelOutput, place, sampleCommit, sampleManifest } from "../fixtures/sample.ts";
import { readPhaseManifest } from "../read/read-record.ts";
import { commitAttempt } from "./commit-attempt.ts";
import { type CommitPoint, commitPoints } from "./commit-point.ts";

const durabilities = ["strict", "relaxed"] as const;
const permissions = (path: string) => statSync(path).mode & 0o777;

describe.each(durabilities)("commitAttempt, %s", (durability) => {
  it("makes the staging directory the artifacts, and puts a manifest in place that names them", async () => {
    const phaseDir = freshDirectory();
    const { manifest, digest, extras } = await commitAttempt(sampleCommit(phaseDir, { durability }));
    expect(readPhaseManifest(`${phaseDir}/manifest.json`)).toEqual({ manifest, digest });
    expect(manifest.outputs).toEqual({
      model: {
        path: "artifacts/model.bin",
        digest: digestBytes("weights"),
        size: 7,
        kind: "model",
        form: "file",
      },
      images: {
        path: "artifacts/data/images",
        digest: (await digestTree(`${phaseDir}/artifacts/data/images`)).digest,
        size: 2,
        kind: "images",
        form: "directory",
      },
    });
    expect(manifest).toMatchObject({ durability, finished: "2026-11-21T20:43:00.000Z" });
    expect(extras).toEqual([]);
    expect(existsSync(`${phaseDir}/attempt-1`)).toBe(false);
    expect(existsSync(`${phaseDir}/attempt-1.manifest.json`)).toBe(false);
  });

  it("reaches every point, in order", async () => {
    const reached: CommitPoint[] = [];
    await commitAttempt(sampleCommit(freshDirectory(), { durability, beforePoint: (point) => reached.push(point) }));
    expect(reached).toEqual(commitPoints);
  });
});

describe("commitAttempt", () => {
  it("writes the manifest as one line, its keys in the documented order", async () => {
    const phaseDir = freshDirectory();
    await commitAttempt(sampleCommit(phaseDir, { manifest: { ...sampleManifest(), item: { lr: 0.1 } } }));
    const text = readFileSync(`${phaseDir}/manifest.json`, "utf8");
    expect(text.indexOf("\n")).toBe(text.length - 1);
    expect(Object.keys(JSON.parse(text)).join(" ")).toBe(
      "schema run pipeline phase key attempt step fingerprint config item seeds services inputs outputs metrics " +
        "durability reused git environment env started finished",
    );
  });

  it("makes files read-only, keeps the exec bit, and tells how they look then", async () => {
    const phaseDir = freshDirectory();
    const request = sampleCommit(phaseDir);
    writeFileSync(`${phaseDir}/attempt-1/data/images/run.sh`, "", { mode: 0o755 });
    const { outputs, manifestStat } = await commitAttempt(request);
    const artifacts = `${phaseDir}/artifacts`;
    expect(permissions(`${artifacts}/model.bin`)).toBe(0o444);
    expect(permissions(`${artifacts}/data/images/sub/b.png`)).toBe(0o444);
    expect(permissions(`${artifacts}/data/images/run.sh`)).toBe(0o555);
    expect(unchangedSince(`${artifacts}/model.bin`, outputs.model ?? [])).toBe(true);
    expect(unchangedSince(`${artifacts}/data/images`, outputs.images ?? [])).toBe(true);
    expect(unchangedSince(`${phaseDir}/manifest.json`, [{ path: ".", ...manifestStat }])).toBe(true);
    expect(outputs.images?.map(({ path }) => path)).toEqual([".", "a.png", "empty", "run.sh", "sub", "sub/b.png"]);
  });

  it("deletes what is not an output, and names it", async () => {
    const phaseDir = freshDirectory();
    const request = sampleCommit(phaseDir);
    place(`${phaseDir}/attempt-1/scratch/deep/x.tmp`, "");
    place(`${phaseDir}/attempt-1/data/cache.db`, "");
    symlinkSync("/etc", `${phaseDir}/attempt-1/etc`);
    expect((await commitAttempt(request)).extras).toEqual(["data/cache.db", "etc", "scratch/"]);
    expect(existsSync(`${phaseDir}/artifacts/scratch`)).toBe(false);
    expect(existsSync("/etc/passwd")).toBe(true);
  });

  it("commits without an optional output", async () => {
    const phaseDir = freshDirectory();
    const request = sampleCommit(phaseDir);
    const report = { ...modelOutput, path: "report.txt", optional: true };
    const { manifest } = await commitAttempt({ ...request, outputs: { ...request.outputs, report } });
    expect(Object.keys(manifest.outputs)).toEqual(["model", "images"]);
  });

  it("commits a step without outputs", async () => {
    const phaseDir = freshDirectory();
    mkdirSync(`${phaseDir}/attempt-1`);
    const request = { ...sampleCommit(freshDirectory()), phaseDir, outputs: {} };
    expect((await commitAttempt(request)).manifest.outputs).toEqual({});
  });

  it.each(durabilities)("believes the digest of a reused output and leaves its file alone: %s", async (durability) => {
    const phaseDir = freshDirectory();
    const request = sampleCommit(phaseDir, { durability });
    const origin = `${freshDirectory()}/origin`;
    place(origin, "from another run");
    mkdirSync(`${phaseDir}/attempt-1/nested`);
    linkSync(origin, `${phaseDir}/attempt-1/nested/linked`);
    const before = permissions(origin);
    const digest = digestBytes("as the other manifest said");
    const { manifest } = await commitAttempt({
      ...request,
      outputs: { linked: { ...modelOutput, path: "nested/linked" } },
      reusedDigests: { linked: { digest, size: 16, bytes: "durable" } },
    });
    expect(manifest.outputs.linked).toMatchObject({ digest, size: 16 });
    expect(permissions(origin)).toBe(before);
    expect(statSync(origin).nlink).toBe(2);
  });

  it("believes the digests of files that were carried over, and digests one of another size", async () => {
    const phaseDir = freshDirectory();
    const request = sampleCommit(phaseDir);
    const digest = digestBytes("as the index said");
    const carried = { "model.bin": { digest, size: 7 }, "data/images/sub/b.png": { digest, size: 9 } };
    const { manifest } = await commitAttempt({ ...request, carried });
    expect(manifest.outputs.model).toMatchObject({ digest, size: 7 });
    const { digest: ofTree } = await digestTree(`${phaseDir}/artifacts/data/images`);
    expect(manifest.outputs.images).toMatchObject({ digest: ofTree, size: 2 });
  });

  it("tells what larger files of a directory were digested to, carried over or not", async () => {
    const phaseDir = freshDirectory();
    const request = sampleCommit(phaseDir);
    const text = "x".repeat(1 << 16);
    place(`${phaseDir}/attempt-1/data/images/large`, text);
    place(`${phaseDir}/attempt-1/data/images/sub/carried`, text);
    const carried = { "data/images/sub/carried": { digest: digestBytes("as the index said"), size: 1 << 16 } };
    const { outputs } = await commitAttempt({ ...request, carried });
    const told = outputs.images?.flatMap(({ path, digest }) => (digest === undefined ? [] : [[path, digest]]));
    expect(told).toEqual([
      ["large", digestBytes(text)],
      ["sub/carried", digestBytes("as the index said")],
    ]);
  });

  it("leaves the mode of a read-only file alone that is another's as well", async () => {
    const phaseDir = freshDirectory();
    const request = sampleCommit(phaseDir);
    const outside = `${freshDirectory()}/data`;
    place(outside, "shared");
    chmodSync(outside, 0o400);
    linkSync(outside, `${phaseDir}/attempt-1/data/images/shared.png`);
    await commitAttempt(request);
    expect(permissions(outside)).toBe(0o400);
  });

  it("gives an output that a step linked from elsewhere bytes of its own", async () => {
    const phaseDir = freshDirectory();
    const request = sampleCommit(phaseDir);
    const outside = `${freshDirectory()}/data`;
    place(outside, "shared");
    linkSync(outside, `${phaseDir}/attempt-1/data/images/shared.png`);
    const { manifest } = await commitAttempt(request);
    writeFileSync(outside, "changed later");
    expect(permissions(outside) & 0o200).toBe(0o200);
    expect(readFileSync(`${phaseDir}/artifacts/data/images/shared.png`, "utf8")).toBe("shared");
    expect((await digestTree(`${phaseDir}/artifacts/data/images`)).digest).toBe(manifest.outputs.images?.digest);
  });
});
