import { describe, expect, it } from "vitest";
import { digestBytes } from "../digest/digest-bytes.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { place } from "../fixtures/sample.ts";
import { inspectArtifact } from "./inspect-artifact.ts";

const record = (path: string) => ({ path, digest: digestBytes("x"), size: 1, kind: "text", form: "file" }) as const;

describe("inspectArtifact", () => {
  // What lies there has the digest that the manifest gives.
  it.each(["outside", "artifacts/../outside", "./artifacts/inside", "artifacts//inside", "artifacts/./inside"])(
    "does not look at %s",
    async (path) => {
      const phaseDir = freshDirectory();
      place(`${phaseDir}/outside`, "x");
      place(`${phaseDir}/artifacts/inside`, "x");
      for (const check of ["digest", "exists"] as const)
        expect(await inspectArtifact(phaseDir, record(path), check)).toBe("a path that leaves artifacts/");
      expect(await inspectArtifact(phaseDir, record("artifacts/inside"), "digest")).toBe(digestBytes("x"));
    },
  );
});
