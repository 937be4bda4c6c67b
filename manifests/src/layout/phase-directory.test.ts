import { existsSync, mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { place } from "../fixtures/sample.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { listPhases } from "./list-phases.ts";
import { makePhaseDirectories } from "./make-phase-directories.ts";
import { phaseDirectory } from "./phase-directory.ts";

describe("phaseDirectory", () => {
  it("is phases/<phase>, and below it the key", () => {
    expect(phaseDirectory("/runs/r", "train", null)).toBe("/runs/r/phases/train");
    expect(phaseDirectory("/runs/r", "train", "0.1")).toBe("/runs/r/phases/train/0.1");
  });

  it.each(["a".repeat(255), "€".repeat(85), "é".repeat(127)])("takes names of up to 255 bytes: %s", (key) => {
    expect(phaseDirectory("/runs/r", "train", key)).toBe(`/runs/r/phases/train/${key}`);
  });

  it.each(["", ".", "..", "a/b", "a\\b", "a\0b", "a\nb", "é".repeat(128), "€".repeat(86), "a".repeat(256), "\ud800"])(
    "refuses the key %j",
    async (key) => {
      const error = await thrownBy(() => phaseDirectory("/runs/r", "train", key));
      expect(error).toMatchObject({ code: "name-unsafe", category: "input" });
      expect(error.detail).toContain(`The key ${JSON.stringify(key)} can't be used:`);
      expect(error.hint).toContain("`key` expression");
    },
  );

  it.each(["artifacts", "manifest.json", "attempt-1", "discarded-2", "attempt-1.manifest.json"])(
    "refuses the key %s, which the layout needs itself",
    async (key) => {
      const error = await thrownBy(() => phaseDirectory("/runs/r", "train", key));
      expect(error.detail).toBe(
        `The key ${JSON.stringify(key)} can't be used: the run directory uses that name itself.`,
      );
    },
  );

  it("refuses a phase whose name is a path", async () => {
    const error = await thrownBy(() => phaseDirectory("/runs/r", "../x", null));
    expect(error.detail).toContain('The phase "../x" can\'t be used');
    expect(error.hint).toBe("Choose another name for the phase.");
  });
});

describe("makePhaseDirectories", () => {
  const instances = [
    { phase: "sweep", key: "a" },
    { phase: "train", key: null },
  ];

  it.each(["strict", "relaxed"] as const)(
    "makes them with all above them, and leaves them where they are: %s",
    async (durability) => {
      const runDir = freshDirectory();
      const { paths, lasting } = makePhaseDirectories(runDir, instances, durability);
      await lasting;
      expect(paths).toEqual([`${runDir}/phases/sweep/a`, `${runDir}/phases/train`]);
      for (const path of paths) place(`${path}/log.ndjson`, "");
      expect(makePhaseDirectories(runDir, instances, durability).paths).toEqual(paths);
      for (const path of paths) expect(existsSync(`${path}/log.ndjson`)).toBe(true);
    },
  );

  it("says where it could not be made", async () => {
    const runDir = freshDirectory();
    place(`${runDir}/phases`, "a file in the way");
    const error = await thrownBy(async () => makePhaseDirectories(runDir, [{ phase: "sweep", key: null }], "strict"));
    expect(error).toMatchObject({ code: "io-failed", category: "io" });
    expect(error.detail).toContain(`Could not make the directory ${runDir}/phases/sweep`);
  });
});

describe("listPhases", () => {
  it("tells instances with a key from phases without", () => {
    const runDir = freshDirectory();
    place(`${runDir}/phases/train/artifacts/manifest.json`, "an artifact of that name");
    place(`${runDir}/phases/sweep/0.1/manifest.json`, "{}");
    mkdirSync(`${runDir}/phases/sweep/0.2/attempt-1`, { recursive: true });
    mkdirSync(`${runDir}/phases/new/attempt-1`, { recursive: true });
    expect(listPhases(runDir).map(({ phase, key }) => [phase, key])).toEqual([
      ["new", null],
      ["sweep", "0.1"],
      ["sweep", "0.2"],
      ["train", null],
    ]);
  });

  it("leaves out those that are only made ahead", () => {
    const runDir = freshDirectory();
    place(`${runDir}/phases/sweep/0.1/manifest.json`, "{}");
    mkdirSync(`${runDir}/phases/sweep/0.2`);
    mkdirSync(`${runDir}/phases/export`);
    expect(listPhases(runDir)).toEqual([{ phase: "sweep", key: "0.1", directory: `${runDir}/phases/sweep/0.1` }]);
  });

  it("lists nothing where the run has no phases yet", () => {
    expect(listPhases(freshDirectory())).toEqual([]);
  });
});
