import { writeFileSync } from "node:fs";
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
  const bytes = split.size * split.size * 3;
  const pixels = new Uint8Array(pictures.length * bytes);
  for (const [position, picture] of pictures.entries()) pixels.set(picture.pixels, position * bytes);
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
  writeFileSync(target.file(splitFiles.images), pixels);
  writeFileSync(
    target.file(splitFiles.labels),
    Uint8Array.from(pictures, ({ label }) => label),
  );
  writeFileSync(target.file(splitFiles.index), `${JSON.stringify(index)}\n`);
}
