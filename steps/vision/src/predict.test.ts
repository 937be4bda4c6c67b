import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StepError } from "@orchestrate/sdk";
import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { madeParts } from "./bundle/fixtures/made-bundle.ts";
import exportStep from "./export.ts";
import type { Fit } from "./images/fit.ts";
import predict from "./predict.ts";
import embedded from "./trainer/embedded.ts";

const trainer = await embedded.definition.create({
  options: { threads: 1 },
  log: { debug() {}, info() {}, warn() {}, error() {} },
});
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "vision-predict-"));
  mkdirSync(join(directory, "images/deep"), { recursive: true });
  mkdirSync(join(directory, "none"));
  const plain = (background: string) =>
    sharp({ create: { width: 12, height: 10, channels: 3, background } })
      .png()
      .toBuffer();
  writeFileSync(join(directory, "images/a.png"), await plain("#a33"));
  writeFileSync(join(directory, "images/deep/b.png"), await plain("#3a3"));
  writeFileSync(join(directory, "images/notes.txt"), "not a picture");
  await exportBundle("export", "fill");
});
afterAll(() => rmSync(directory, { recursive: true }));

async function exportBundle(name: string, fit: Fit): Promise<void> {
  const { model, policy } = madeParts(fit);
  const inputs = { checkpoint: { bytes: model }, policy: { json: policy } };
  using made = await runStep(exportStep, { inputs, directory: join(directory, name) });
  if (made.error !== undefined) throw made.error;
}

const given = (images = "images", bundle = "export") => ({
  services: { trainer },
  inputs: { bundle: { path: join(directory, bundle, "staging/bundle") }, images: { path: join(directory, images) } },
});

describe("vision/predict", () => {
  it("decides on every picture of a folder as the bundle's policy says", async () => {
    using result = await runStep(predict, given());
    expect(result.error).toBeUndefined();
    const rows = result.outputs.decisions.rows() as { name: string; decision: string; probability: number }[];
    expect(rows.map(({ name }) => name)).toEqual(["a.png", "deep/b.png"]);
    for (const { decision, probability } of rows) expect(decision).toBe(probability >= 0.5 ? "works" : "clear");
    expect(new Set(rows.map(({ probability }) => probability)).size).toBe(2);
    expect(result.metrics).toMatchObject({ images: 2, deferred: 0 });
    expect(result.log.map(({ message }) => message)).toEqual(["1 files are no pictures: notes.txt"]);
  });

  it("takes a link for the picture it names, and nothing of hidden folders", async () => {
    mkdirSync(join(directory, "linked/.ipynb_checkpoints"), { recursive: true });
    symlinkSync("../images/a.png", join(directory, "linked/again.png"));
    writeFileSync(join(directory, "linked/.ipynb_checkpoints/again.png"), "an older copy");
    using result = await runStep(predict, given("linked"));
    const rows = result.outputs.decisions.rows() as { name: string }[];
    expect(rows.map(({ name }) => name)).toEqual(["again.png"]);
  });

  it("brings pictures to size as those were that the model was trained on", async () => {
    await exportBundle("cutting", "cover");
    mkdirSync(join(directory, "shapes"));
    const striped = sharp({ create: { width: 60, height: 12, channels: 3, background: "#a33" } })
      .composite([{ input: { create: { width: 36, height: 12, channels: 3, background: "#3a3" } }, left: 12, top: 0 }])
      .png();
    const bytes = await striped.toBuffer();
    writeFileSync(join(directory, "shapes/wide.png"), bytes);
    const middle = sharp(bytes).extract({ left: 24, top: 0, width: 12, height: 12 });
    writeFileSync(join(directory, "shapes/middle.png"), await middle.png().toBuffer());
    const probabilities = async (bundle: string) => {
      using result = await runStep(predict, given("shapes", bundle));
      const rows = result.outputs.decisions.rows() as { probability: number }[];
      return new Set(rows.map(({ probability }) => probability)).size;
    };
    expect(await probabilities("cutting")).toBe(1);
    expect(await probabilities("export")).toBe(2);
  });

  it("refuses files that can't be decoded, or passes them over where it is told to", async () => {
    writeFileSync(join(directory, "images/torn.png"), "no picture");
    using refused = await runStep(predict, given());
    expect((refused.error as StepError).code).toBe("images-corrupt");
    using passed = await runStep(predict, { ...given(), config: { corrupt: "skip" } });
    expect(passed.outputs.decisions.rows()).toHaveLength(2);
    rmSync(join(directory, "images/torn.png"));
  });

  it("refuses a folder without pictures", async () => {
    using result = await runStep(predict, given("none"));
    expect((result.error as StepError).toEnvelope()).toEqual({
      error: "images-missing",
      category: "input",
      detail: expect.stringMatching(/^There is no picture in .*none that can be read\.$/),
      hint: "Wire a folder with pictures: PNG, JPEG, WebP, AVIF, TIFF or GIF.",
    });
  });

  it("conforms", () => describeConformance(predict, given()));
});
