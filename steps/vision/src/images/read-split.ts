import { readFileSync } from "node:fs";
import { StepError } from "@orchestrate/sdk";
import type { Split } from "./image-set.ts";
import { SplitIndex, splitFiles } from "./split-index.ts";
import type { SplitName } from "./split-kinds.ts";

/**
 * Reads a split's directory. The plan has compared kinds; what is wired by path has none, so the content is asked too.
 *
 * @param name the split that it must be.
 * @throws StepError `split-malformed` (invariant) where index, sizes and labels do not agree, and `split-not-allowed`
 * (policy) where it is another split.
 */
export function readSplit(source: { readonly path: string; file(relative: string): string }, name: SplitName): Split {
  const index = readIndex(source);
  if (index.origin.split !== name) throw notAllowed(source.path, index.origin.split, name);
  const pixels = new Uint8Array(readFileSync(source.file(splitFiles.images)));
  const labels = new Uint8Array(readFileSync(source.file(splitFiles.labels)));
  const expected = index.count * index.size * index.size * index.channels;
  if (pixels.length !== expected) {
    throw malformed(source.path, `${splitFiles.images} has ${pixels.length} bytes, its index says ${expected}`);
  }
  if (labels.length !== index.count || index.files.length !== index.count) {
    throw malformed(
      source.path,
      `${labels.length} labels and ${index.files.length} names do not go with ${index.count} images`,
    );
  }
  const wrong = labels.findIndex((label, position) => label !== index.files[position]?.label);
  if (wrong >= 0)
    throw malformed(source.path, `the label of ${index.files[wrong]?.name} differs between its two files`);
  const names = index.files.map((file) => file.name);
  const sources = index.files.map((file) => file.source);
  const metadata = index.files.map((file) => file.metadata);
  return {
    size: index.size,
    channels: index.channels,
    fit: index.fit,
    classes: index.classes,
    pixels,
    labels,
    names,
    sources,
    metadata,
    origin: index.origin,
  };
}

function readIndex(source: { readonly path: string; file(relative: string): string }): SplitIndex {
  const text = readFileSync(source.file(splitFiles.index), "utf8");
  try {
    return SplitIndex.parse(JSON.parse(text));
  } catch (cause) {
    throw malformed(source.path, `${splitFiles.index} is not a split's index`, cause);
  }
}

function notAllowed(path: string, found: SplitName, wanted: SplitName): StepError {
  return new StepError({
    error: "split-not-allowed",
    category: "policy",
    detail: `The split at ${path} is ${found}; the step may touch ${wanted} alone here.`,
    hint: `Wire ${wanted} of a vision/dataset phase.`,
  });
}

function malformed(path: string, what: string, cause?: unknown): StepError {
  return new StepError(
    {
      error: "split-malformed",
      category: "invariant",
      detail: `In the split at ${path}, ${what}.`,
      hint: "Wire a split that vision/dataset wrote.",
    },
    { cause },
  );
}
