import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StepError } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import sharp from "sharp";
import { afterEach, beforeEach, expect, it } from "vitest";
import dataset from "../dataset.ts";
import { readSplit } from "../images/read-split.ts";
import { requireUnseen } from "../lineage/require-unseen.ts";
import { fitArchitecture } from "../network/fit-architecture.ts";
import { initialValues } from "../network/initial-values.ts";
import { measure } from "../network/preprocessing.ts";
import { generator } from "../random/generator.ts";
import train from "../train.ts";
import embedded from "../trainer/embedded.ts";
import { encodeBackbone } from "../weights/backbone-file.ts";
import { toTensors } from "../weights/flat-tensors.ts";
import { collectUnlabelled } from "./collect-unlabelled.ts";
import { maskedLayout } from "./masked-layout.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vision-unlabelled-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function paint(name: string, seed: number): Promise<void> {
  const random = generator(seed);
  const raw = Uint8Array.from({ length: 10 * 10 * 3 }, () => random.below(256));
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(
    join(folder, name),
    await sharp(raw, { raw: { width: 10, height: 10, channels: 3 } })
      .png()
      .toBuffer(),
  );
}

it("tells that a backbone has seen the very pictures that a data set is cut from", async () => {
  for (let index = 0; index < 30; index++) {
    await paint(`clear/${index}.png`, index);
    await paint(`works/${index}.png`, 1000 + index);
  }
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const context = { seed: 1, log, signal: new AbortController().signal };
  const seen = await collectUnlabelled(folder, { size: 8, scenes: { count: 1 } }, context);
  const scenes = await collectUnlabelled(undefined, { size: 8, scenes: { count: 20 } }, context);

  using data = await runStep(dataset, { config: { size: 8 }, inputs: { images: { path: folder } } });
  const { path } = data.outputs.val_test;
  const { origin } = readSplit({ path, file: (each) => join(path, each) }, "val_test");
  expect(() => requireUnseen("vision/evaluate", "the model", seen.fitted_on, origin)).toThrow(
    "vision/evaluate must not use the model on val_test: it was fitted on train of another cut, which may share pictures with it.",
  );
  requireUnseen("vision/evaluate", "the model", scenes.fitted_on, origin);

  const architecture = fitArchitecture(8, { patch: 4, width: 8, depth: 1, heads: 1 });
  const specs = maskedLayout(architecture);
  const backbone = encodeBackbone({
    architecture,
    preprocessing: measure(seen.images),
    origin: "pretrained",
    fitted_on: seen.fitted_on,
    tensors: toTensors(specs, initialValues(specs, 1)),
  });
  const { train: fitting, val_select } = data.outputs;
  const inputs = {
    train: { path: fitting.path },
    val_select: { path: val_select.path },
    backbone: { bytes: backbone },
  };
  const trainer = await embedded.definition.create({ options: { threads: 1 }, log });
  using trained = await runStep(train, { services: { trainer }, inputs });
  expect((trained.error as StepError).toEnvelope()).toMatchObject({
    error: "lineage-touches-split",
    category: "policy",
    detail:
      "vision/train must not use the backbone on val_select: " +
      "it was fitted on train of another cut, which may share pictures with it.",
  });
});
