import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestBytes, statRecord, unchangedButForLinks, unchangedSince } from "@orchestrate/manifests";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { guardInputs } from "./guard-inputs.ts";
import type { FoundInput } from "./locate-inputs.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "guard-inputs-"));
});
afterEach(() => rmSync(place, { recursive: true }));

const surroundings = { isUnchanged: unchangedSince, isUnchangedButForLinks: unchangedButForLinks };

/** An input of a file, as it was digested; `unsure` where that was just after it was written. */
function inputOf(text: string, times: "sure" | "unsure"): Readonly<Record<string, FoundInput>> {
  const path = join(place, "notes.txt");
  writeFileSync(path, text);
  const artifact = { path, digest: digestBytes(text), form: "file" as const };
  const stat = { path: ".", ...statRecord(path), ...(times === "unsure" ? { ctimeMs: Number.NaN } : {}) };
  return {
    notes: {
      input: { is: "one", artifact },
      record: undefined,
      guard: [{ artifact, stats: [stat], phase: undefined }],
    },
  };
}

describe("guardInputs", () => {
  it.each(["sure", "unsure"] as const)("takes what is as it was: %s", async (times) => {
    await guardInputs(surroundings, inputOf("as it was", times));
  });

  it("reads what was written so lately that its times can't tell a change", async () => {
    const input = inputOf("before", "unsure");
    const path = join(place, "notes.txt");
    const { mtime } = statSync(path);
    writeFileSync(path, "behind");
    utimesSync(path, mtime, mtime);
    await expect(guardInputs(surroundings, input)).rejects.toMatchObject({
      code: "input-changed",
      category: "invariant",
      detail: `The input "notes" (${path}) was changed while the step was reading it.`,
      hint: "Nothing was committed. A step must not write to its inputs; where another program did, run again once it has ended.",
    });
  });
});
