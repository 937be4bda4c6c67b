import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runStep } from "@orchestrate/sdk/testing";
import dataset from "../../steps/vision/src/dataset.ts";
import { bySplit } from "../../steps/vision/src/images/by-split.ts";
import type { Split } from "../../steps/vision/src/images/image-set.ts";
import { readSplit } from "../../steps/vision/src/images/read-split.ts";
import { type SplitName, splitNames } from "../../steps/vision/src/images/split-kinds.ts";

/** The splits of a data set, and the directory in which they were left. */
export interface DividedImages {
  readonly splits: Readonly<Record<SplitName, Split>>;
  readonly directory: string;
}

/**
 * A folder of images of two classes (rendered scenes where there is none) divided 60/10/10/20 by a seed.
 */
export async function splitImages(images: string | undefined, seed: number): Promise<DividedImages> {
  using made = await runStep(dataset, {
    config: { split: { train: 0.6, val_select: 0.1, val_calib: 0.1, val_test: 0.2 } },
    seed,
    inputs: images === undefined ? {} : { images: { path: images } },
  });
  if (made.error !== undefined) throw made.error;
  const directory = mkdtempSync(join(tmpdir(), "split-images-"));
  for (const name of splitNames) cpSync(made.outputs[name].path, join(directory, name), { recursive: true });
  const read = (name: SplitName) =>
    readSplit({ path: join(directory, name), file: (relative) => join(directory, name, relative) }, name);
  return { splits: bySplit(read), directory };
}
