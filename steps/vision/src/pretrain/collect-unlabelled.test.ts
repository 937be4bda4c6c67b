import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StepError } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import sharp from "sharp";
import { afterEach, beforeEach, expect, it } from "vitest";
import dataset from "../dataset.ts";
import { readSplit } from "../images/read-split.ts";
import infer from "../infer.ts";
import { requireUnseen } from "../lineage/require-unseen.ts";
import { fitArchitecture } from "../network/fit-architecture.ts";
import { initialValues } from "../network/initial-values.ts";
import { measure } from "../network/preprocessing.ts";
import { generator } from "../random/generator.ts";
import train from "../train.ts";
import embedded from "../trainer/embedded.ts";
import { encodeBackbone } from "../weights/backbone-file.ts";
import { toTensors } from "../weights/flat-tensors.ts";
import { collectUnlabelled, type Unlabelled } from "./collect-unlabelled.ts";
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

const log = { debug() {}, info() {}, warn() {}, error() {} };
const context = { seed: 1, log, signal: new AbortController().signal };

async function paintClasses(): Promise<void> {
  for (let index = 0; index < 30; index++) {
    await paint(`data/clear/${index}.png`, index);
    await paint(`data/works/${index}.png`, 1000 + index);
  }
}

const collect = (name: string | undefined, count = 1) =>
  collectUnlabelled(name && join(folder, name), { size: 8, scenes: { count } }, context);

const divide = () => runStep(dataset, { config: { size: 8 }, inputs: { images: { path: join(folder, "data") } } });

/** A backbone as it would be after training on these pictures. */
function backboneOn({ images, fitted_on, seen }: Unlabelled): Uint8Array {
  const architecture = fitArchitecture(8, { patch: 4, width: 8, depth: 1, heads: 1 });
  const specs = maskedLayout(architecture);
  return encodeBackbone({
    architecture,
    preprocessing: measure(images),
    origin: "pretrained",
    fitted_on,
    seen,
    tensors: toTensors(specs, initialValues(specs, 1)),
  });
}

async function trainFrom(backbone: Uint8Array, splits: Awaited<ReturnType<typeof divide>>["outputs"], epochs = 1) {
  const trainer = await embedded.definition.create({ options: { threads: 1 }, log });
  const inputs = {
    train: { path: splits.train.path },
    val_select: { path: splits.val_select.path },
    backbone: { bytes: backbone },
  };
  return runStep(train, { config: { epochs }, services: { trainer }, inputs });
}

it("tells that a backbone has seen the very pictures that a data set is cut from", async () => {
  await paintClasses();
  const seen = await collect("data");
  const scenes = await collect(undefined, 20);

  using data = await divide();
  const { path } = data.outputs.val_test;
  const { origin } = readSplit({ path, file: (each) => join(path, each) }, "val_test");
  expect(() => requireUnseen("vision/evaluate", "the model", seen.fitted_on, origin)).toThrow(
    "vision/evaluate must not use the model on val_test: it was fitted on train of another cut, which may share pictures with it.",
  );
  requireUnseen("vision/evaluate", "the model", scenes.fitted_on, origin);

  using trained = await trainFrom(backboneOn(seen), data.outputs);
  expect((trained.error as StepError).toEnvelope()).toMatchObject({
    error: "lineage-touches-split",
    category: "policy",
    detail:
      "vision/train must not use the backbone on val_select: " +
      "it was fitted on train of another cut, which may share pictures with it.",
  });
});

it("tells that a backbone has seen some of a split's pictures, in a folder of another name with others beside them", async () => {
  await paintClasses();
  using data = await divide();
  const { path } = data.outputs.val_select;
  const { names } = readSplit({ path, file: (each) => join(path, each) }, "val_select");
  await paint("elsewhere/new.png", 5000);
  for (const [index, name] of names.slice(0, 2).entries()) {
    cpSync(join(folder, "data", name), join(folder, `elsewhere/deep/${index}.png`));
  }
  using refused = await trainFrom(backboneOn(await collect("elsewhere")), data.outputs);
  expect((refused.error as StepError).toEnvelope()).toEqual({
    error: "pictures-seen",
    category: "policy",
    detail:
      "vision/train must not use the backbone on val_select: " +
      `it has seen 2 of its ${names.length} pictures, ${names[0]} among them.`,
    hint: "Pretrain on pictures that are not in val_select, or take them out of the data set's folder.",
  });
});

it("goes with a model to the splits it is run on", async () => {
  await paintClasses();
  using data = await divide();
  const { path } = data.outputs.val_test;
  const [name] = readSplit({ path, file: (each) => join(path, each) }, "val_test").names;
  await paint("elsewhere/new.png", 5000);
  cpSync(join(folder, "data", name!), join(folder, "elsewhere/old.png"));
  using trained = await trainFrom(backboneOn(await collect("elsewhere")), data.outputs);
  expect(trained.error).toBeUndefined();
  const trainer = await embedded.definition.create({ options: { threads: 1 }, log });
  const inputs = {
    checkpoint: { path: trained.outputs.checkpoint.path },
    calib_fit: { path: data.outputs.calib_fit.path },
    val_test: { path },
  };
  using refused = await runStep(infer, { services: { trainer }, inputs });
  expect((refused.error as StepError).toEnvelope()).toMatchObject({
    error: "pictures-seen",
    detail: expect.stringMatching(
      /^vision\/infer must not use the model on val_test: it has seen 1 of its \d+ pictures, /,
    ),
  });
});
