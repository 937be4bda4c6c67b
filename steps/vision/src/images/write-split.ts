import { closeSync, openSync, writeFileSync } from "node:fs";
import type { Origin } from "../lineage/origin.ts";
import type { Fit } from "./fit.ts";
import type { Picture } from "./image-set.ts";
import { type SplitIndex, splitFiles } from "./split-index.ts";

/** Writes pictures, in the order given, as a split's directory; `target.file` joins a relative path. */
export function writeSplit(
  target: { file(relative: string): string },
  split: { readonly origin: Origin; readonly size: number; readonly fit: Fit; readonly classes: readonly string[] },
  pictures: readonly Picture[],
): void {
  const index: SplitIndex = {
    schema: "vision.split/1",
    origin: split.origin,
    count: pictures.length,
    size: split.size,
    channels: 3,
    fit: split.fit,
    classes: [...split.classes],
    files: pictures.map(({ name, label, source, metadata }) => ({ name, label, source, metadata })),
  };
  writePixels(target.file(splitFiles.images), pictures);
  writeFileSync(
    target.file(splitFiles.labels),
    Uint8Array.from(pictures, ({ label }) => label),
  );
  writeFileSync(target.file(splitFiles.index), `${JSON.stringify(index)}\n`);
}

/** One picture after the other: all of a large folder would hardly fit into memory twice. */
function writePixels(path: string, pictures: readonly Picture[]): void {
  const file = openSync(path, "w");
  try {
    for (const { pixels } of pictures) writeFileSync(file, pixels);
  } finally {
    closeSync(file);
  }
}
