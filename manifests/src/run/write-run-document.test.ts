import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { place, sampleDocument } from "../fixtures/sample.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { readRunDocument } from "../read/read-record.ts";
import { writeRunDocument } from "./write-run-document.ts";

describe("writeRunDocument", () => {
  it.each(["strict", "relaxed"] as const)("writes run.json whole, with its digest: %s", async (durability) => {
    const runDir = `${freshDirectory()}/run`;
    mkdirSync(runDir);
    const document = sampleDocument({ durability });
    const digest = await writeRunDocument(runDir, document, durability);
    expect(readdirSync(runDir)).toEqual(["run.json"]);
    expect(readRunDocument(`${runDir}/run.json`)).toEqual({ document, digest });
  });

  it("never changes one that is there", async () => {
    const runDir = freshDirectory();
    place(`${runDir}/run.json`, "the first");
    const error = await thrownBy(() => writeRunDocument(runDir, sampleDocument(), "strict"));
    expect(error).toMatchObject({
      code: "run-exists",
      category: "invariant",
      detail: `${runDir}/run.json is there already, and a run.json is never changed.`,
      hint: "Resume that run, or begin one in a new directory.",
    });
    expect(readFileSync(`${runDir}/run.json`, "utf8")).toBe("the first");
  });

  it("says that the disk is full, and leaves no run.json", async () => {
    const runDir = freshDirectory();
    symlinkSync("/dev/full", `${runDir}/.run.json`);
    const error = await thrownBy(() => writeRunDocument(runDir, sampleDocument(), "strict"));
    expect(error).toMatchObject({ code: "disk-full", category: "io" });
    expect(error.detail).toContain(`Could not write ${runDir}/run.json: ENOSPC`);
    expect(readdirSync(runDir)).toEqual([".run.json"]);
  });
});
