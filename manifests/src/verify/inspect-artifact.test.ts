import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { digestBytes } from "../digest/digest-bytes.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { place } from "../fixtures/sample.ts";
import { inspectArtifact } from "./inspect-artifact.ts";

const record = (path: string) => ({ path, digest: digestBytes("x"), size: 1, kind: "text", form: "file" }) as const;

describe("inspectArtifact", () => {
  it.each<[found: string, make: (path: string) => void]>([
    ["nothing", () => {}],
    ["nothing", (path) => place(dirname(path), "")],
    ["a directory", (path) => mkdirSync(path)],
    ["a symbolic link", (path) => symlinkSync("to", path)],
    ["neither a file nor a directory", (path) => void execFileSync("mkfifo", [path])],
  ])("finds %s in place of a file", async (found, make) => {
    const phaseDir = freshDirectory();
    if (found !== "nothing") place(`${phaseDir}/artifacts/to`, "x");
    make(`${phaseDir}/artifacts/out`);
    expect(await inspectArtifact(phaseDir, record("artifacts/out"))).toBe(found);
  });

  // What lies there has the digest that the manifest gives.
  it.each(["outside", "artifacts/../outside", "./artifacts/inside", "artifacts//inside", "artifacts/./inside"])(
    "does not look at %s",
    async (path) => {
      const phaseDir = freshDirectory();
      place(`${phaseDir}/outside`, "x");
      place(`${phaseDir}/artifacts/inside`, "x");
      expect(await inspectArtifact(phaseDir, record(path))).toBe("a path that leaves artifacts/");
      expect(await inspectArtifact(phaseDir, record("artifacts/inside"))).toBe(digestBytes("x"));
    },
  );
});
