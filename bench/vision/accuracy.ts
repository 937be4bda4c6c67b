import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runStep } from "@orchestrate/sdk/testing";
import { binaryMetrics } from "../../steps/vision/src/metrics/binary-metrics.ts";
import { confusion } from "../../steps/vision/src/metrics/confusion.ts";
import train from "../../steps/vision/src/train.ts";
import embedded from "../../steps/vision/src/trainer/embedded.ts";
import { decodeModel } from "../../steps/vision/src/weights/model-file.ts";
import { columns } from "../report.ts";
import { pythonWith } from "./python-with.ts";
import { type DividedImages, splitImages } from "./split-images.ts";

// Test MCC of vision/train, as it is by default, on a folder of images of two classes, over fixed seeds of a 60/10/10/20 split, beside logistic
// regression on pixels and a support vector machine on HOG features, fitted by scikit-learn to the same splits. The first seed is trained twice: equal bits.
//   npx node bench/vision/accuracy.ts --images DIR [--seeds 1,2,…] [--with '{"epochs": 300}']

const { values } = parseArgs({
  options: {
    images: { type: "string" },
    seeds: { type: "string", default: "1,2,3,4,5,6,7,8,9,10" },
    with: { type: "string", default: "{}" },
  },
});
const seeds = values.seeds.split(",").map(Number);
const python = pythonWith("sklearn");
const baselines = fileURLToPath(new URL("./baselines.py", import.meta.url));
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const trainer = await embedded.definition.create({ options: embedded.definition.options.parse({}), log });

const rows: (readonly [seed: number, ours: number, linear: number, machine: number, seconds: number])[] = [];
for (const seed of seeds) {
  const divided = await splitImages(values.images, seed);
  const { model, seconds, digest } = await trainOn(divided, seed);
  if (seed === seeds[0]) {
    const again = await trainOn(divided, seed);
    console.log(`two runs with seed ${seed}: ${again.digest === digest ? "equal bits" : "OTHER BITS"}`);
  }
  const ours = await testMcc(model, divided);
  const [linear = Number.NaN, machine = Number.NaN] = execFileSync(python, [baselines, divided.directory], {
    encoding: "utf8",
  })
    .trim()
    .split("\n")
    .map(Number);
  rmSync(divided.directory, { recursive: true });
  rows.push([seed, ours, linear, machine, seconds]);
  console.log(`seed ${seed}: ${ours.toFixed(4)}, ${linear.toFixed(4)}, ${machine.toFixed(4)}, ${seconds.toFixed(0)} s`);
}

const mean = (at: 1 | 2 | 3 | 4) => rows.reduce((sum, row) => sum + row[at], 0) / rows.length;
const shown = rows.map(([seed, ...rest]) => [
  String(seed),
  ...rest.map((value, at) => value.toFixed(at === 3 ? 0 : 4)),
]);
const means = ["mean", mean(1).toFixed(4), mean(2).toFixed(4), mean(3).toFixed(4), mean(4).toFixed(0)];
const titles = ["seed", "vision/train", "logistic regression", "SVM on HOG", "seconds"];
console.log(["Test MCC", ...columns([titles, ...shown, means])].join("\n"));
judge("mean test MCC", mean(1), 0.93);
judge("mean above logistic regression", mean(1) - mean(2), 0.03);
judge("least seconds left of 180", 180 - Math.max(...rows.map((row) => row[4])), 0);
console.log(`  aim 0.97: ${mean(1) >= 0.97 ? "reached" : `short by ${(0.97 - mean(1)).toFixed(4)}`}`);

async function trainOn({ directory }: DividedImages, seed: number) {
  const inputs = { train: { path: join(directory, "train") }, val_select: { path: join(directory, "val_select") } };
  const start = performance.now();
  using made = await runStep(train, { config: JSON.parse(values.with), seed, services: { trainer }, inputs });
  if (made.error !== undefined) throw made.error;
  const { digest } = made.outputs.checkpoint;
  const seconds = (performance.now() - start) / 1000;
  return { model: decodeModel(made.outputs.checkpoint.bytes(), "model"), seconds, digest };
}

async function testMcc(
  model: Parameters<typeof trainer.predict>[0]["model"],
  { splits: { val_test } }: DividedImages,
): Promise<number> {
  const processes = { run: () => Promise.reject(new Error("the embedded trainer runs no program")) };
  const signal = new AbortController().signal;
  const { logits } = await trainer.predict({ model, images: val_test, processes, signal });
  const calls = Array.from(val_test.labels, (_, row) => (logits[row * 2 + 1]! >= logits[row * 2]! ? 1 : 0));
  return binaryMetrics(confusion(val_test.labels, calls)).mcc;
}

function judge(name: string, value: number, least: number): void {
  console.log(`  ${name}: ${value.toFixed(4)}, at least ${least}: ${value >= least ? "reached" : "not reached"}`);
}
