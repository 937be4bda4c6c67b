import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { madeOrigin } from "../fixtures/made-origin.ts";
import type { Picture } from "./image-set.ts";
import { readSplit } from "./read-split.ts";
import { writeSplit } from "./write-split.ts";

const picture = (name: string, label: number, shade: number): Picture => ({
  name,
  label,
  source: `sha256:${"a".repeat(64)}`,
  pixels: new Uint8Array(2 * 2 * 3).fill(shade),
  metadata: { shade },
});

let path: string;
let target: { readonly path: string; file(relative: string): string };

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "vision-split-"));
  target = { path, file: (relative) => join(path, relative) };
  writeSplit(target, { origin: madeOrigin("train"), size: 2, fit: "fill", classes: ["no", "yes"] }, [
    picture("no/1.png", 0, 9),
    picture("yes/1.png", 1, 250),
  ]);
});
afterEach(() => rmSync(path, { recursive: true }));

function refusal(): StepError {
  try {
    readSplit(target, "train");
  } catch (error) {
    if (error instanceof StepError) return error;
  }
  throw new Error("the split was not refused");
}

describe("a split's directory", () => {
  it("is read as it was written", () => {
    const { pixels, ...rest } = readSplit(target, "train");
    expect(rest).toEqual({
      size: 2,
      channels: 3,
      fit: "fill",
      classes: ["no", "yes"],
      labels: Uint8Array.of(0, 1),
      names: ["no/1.png", "yes/1.png"],
      sources: [`sha256:${"a".repeat(64)}`, `sha256:${"a".repeat(64)}`],
      metadata: [{ shade: 9 }, { shade: 250 }],
      origin: madeOrigin("train"),
    });
    expect([...pixels]).toEqual([...Array(12).fill(9), ...Array(12).fill(250)]);
  });

  it("is refused where it is another split than the step may touch", () => {
    writeSplit(target, { origin: madeOrigin("calib_conformal"), size: 2, fit: "fill", classes: ["no", "yes"] }, []);
    expect(refusal().toEnvelope()).toEqual({
      error: "split-not-allowed",
      category: "policy",
      detail: `The split at ${path} is calib_conformal; the step may touch train alone here.`,
      hint: "Wire train of a vision/dataset phase.",
    });
  });

  it("is refused where pixels are missing", () => {
    writeFileSync(target.file("images.u8"), new Uint8Array(23));
    expect(refusal().toEnvelope()).toEqual({
      error: "split-malformed",
      category: "invariant",
      detail: `In the split at ${path}, images.u8 has 23 bytes, its index says 24.`,
      hint: "Wire a split that vision/dataset wrote.",
    });
  });

  it("is refused where there are labels too many", () => {
    appendFileSync(target.file("labels.u8"), Uint8Array.of(1));
    expect(refusal().detail).toContain("3 labels and 2 names do not go with 2 images");
  });

  it("is refused where a label differs", () => {
    writeFileSync(target.file("labels.u8"), Uint8Array.of(0, 0));
    expect(refusal().detail).toContain("the label of yes/1.png differs between its two files");
  });

  it("is refused where the index is another document", () => {
    writeFileSync(target.file("index.json"), "{}");
    expect(refusal().detail).toContain("index.json is not a split's index");
  });
});
