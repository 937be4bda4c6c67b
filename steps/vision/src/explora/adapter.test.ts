import { StepError } from "@orchestrate/sdk";
import { expect, it } from "vitest";
import { smallArchitecture } from "../network/fixtures/small-architecture.ts";
import { initialValues } from "../network/initial-values.ts";
import { maskedLayout } from "../pretrain/masked-layout.ts";
import { generator } from "../random/generator.ts";
import { toTensors } from "../weights/flat-tensors.ts";
import { type Adaptation, adapterScale, frozenLayout, trainedLayout } from "./adapter.ts";
import { checkMerge } from "./check-merge.ts";
import { mergeAdapter } from "./merge-adapter.ts";
import { startAdaptation } from "./start-adaptation.ts";

const { classes: _, ...small } = { ...smallArchitecture, size: 8, patch: 4, width: 16, depth: 2 };
const backbone = { ...small, mixing: "attention", heads: 2 } as const;
const adaptation: Adaptation = { backbone, rank: 2, alpha: 4, unfrozen: 1 };
const preprocessing = { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] };
const tensors = toTensors(maskedLayout(backbone), initialValues(maskedLayout(backbone), 1));
const random = generator(2);
const images = { size: 8, channels: 3, pixels: Uint8Array.from({ length: 4 * 192 }, () => random.below(256)) };
const start = startAdaptation(
  adaptation,
  { architecture: backbone, preprocessing, origin: "pretrained", fitted_on: [], seen: "", tensors },
  images,
  3,
);

/** All tensors of the adaptation, the trained ones moved from where they start. */
function unmerged(move: (value: number, at: number) => number) {
  return new Map([
    ...toTensors(frozenLayout(adaptation), start.frozen),
    ...toTensors(trainedLayout(adaptation), start.trained.map(move)),
  ]);
}

it("adapters are scaled by alpha / √rank", () => {
  expect(adapterScale({ alpha: 6, rank: 9 })).toBe(2);
});

it("adapters change nothing before they are trained", () => {
  const merged = mergeAdapter(
    adaptation,
    unmerged((value) => value),
  );
  expect([...merged.keys()].sort()).toEqual([...tensors.keys()].sort());
  for (const [name, { data }] of tensors) expect(merged.get(name)!.data, name).toEqual(data);
});

it("a backbone with its adapters merged is compared with the two apart, to 1e-4", async () => {
  const trained = unmerged((value, at) => value + 0.05 * Math.sin(at));
  const merged = mergeAdapter(adaptation, trained);
  const { signal } = new AbortController();
  const differs = (to: typeof merged) =>
    checkMerge(adaptation, preprocessing, { merged: to, unmerged: trained }, images, signal);
  expect(await differs(merged)).toBeLessThan(1e-5);
  const bias = merged.get("norm.bias")!;
  const moved = new Map(merged).set("norm.bias", { ...bias, data: bias.data.map((value) => value + 2e-4) });
  const refused = differs(moved);
  await expect(refused).rejects.toBeInstanceOf(StepError);
  await expect(refused).rejects.toMatchObject({
    code: "adapter-merge-differs",
    category: "invariant",
    detail: "With the adapters merged a feature differs by 2.0e-4, which is more than 0.0001.",
    hint: "Lower alpha or lr: the adapters have grown so far that rounding changes the result.",
  });
});
