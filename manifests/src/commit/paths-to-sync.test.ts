import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { digestOfNothing, imagesOutput, modelOutput, sampleCommit } from "../fixtures/sample.ts";
import { checkOutputs } from "./check-outputs.ts";
import { pathsToSync } from "./paths-to-sync.ts";

const DIRECTORIES = ["", "/data", "/data/images", "/data/images/empty", "/data/images/sub"];
const FILES = ["/data/images/a.png", "/data/images/sub/b.png", "/model.bin"];
const durable = { digest: digestOfNothing, size: 0, bytes: "durable" as const };
const loose = { digest: digestOfNothing, size: 0 };

/** What is synced of the sample, relative to its staging directory, sorted. */
function synced(request: Parameters<typeof pathsToSync>[2]): string[] {
  const phaseDir = freshDirectory();
  sampleCommit(phaseDir);
  const staging = `${phaseDir}/attempt-1`;
  const found = checkOutputs(staging, { model: modelOutput, images: imagesOutput });
  const paths = pathsToSync(staging, found, request);
  expect(new Set(paths).size).toBe(paths.length);
  return paths.map((path) => path.slice(staging.length)).sort();
}

describe("what a commit syncs before its first rename", () => {
  it("is every file and every directory, once", () => {
    expect(synced({})).toEqual([...DIRECTORIES, ...FILES].sort());
  });

  it("leaves out the files of an output whose bytes are durable, and no directory", () => {
    expect(synced({ reusedDigests: { model: durable } })).toEqual([...DIRECTORIES, ...FILES.slice(0, 2)].sort());
    expect(synced({ reusedDigests: { images: durable } })).toEqual([...DIRECTORIES, "/model.bin"].sort());
    expect(synced({ reusedDigests: { images: loose } })).toEqual([...DIRECTORIES, ...FILES].sort());
  });

  it("leaves out single files that were carried over and are durable", () => {
    const carried = { "data/images/a.png": durable, "model.bin": loose };
    expect(synced({ carried })).toEqual([...DIRECTORIES, ...FILES.slice(1)].sort());
  });
});
