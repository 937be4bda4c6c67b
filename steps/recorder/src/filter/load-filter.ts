import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { composeFilter } from "./compose-filter.ts";
import type { Filter } from "./model.ts";
import { parseFilter } from "./parse-filter.ts";

/** One source: a file, or text that comes with the recorder. */
export type SourceOrigin = { readonly path: string } | { readonly inline: string; readonly text: string };

/**
 * Loads and composes filters, in the order given; `root` is what the file selectors of inline ones are relative to.
 *
 * @throws StepError `filter-unreadable`, `filter-invalid`, which cites file and field, or `filter-empty`.
 */
export function loadFilter(origins: readonly SourceOrigin[], root: string): Filter {
  const loaded = origins.map((origin) => {
    const path = "path" in origin ? origin.path : `<inline:${origin.inline}>`;
    const bytes = "path" in origin ? read(origin.path) : Buffer.from(origin.text);
    const base = "path" in origin ? rootOf(origin.path) : root;
    const document = parseFilter(bytes.toString(), path);
    return { path, root: base, document, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
  return composeFilter(loaded);
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new StepError(
      {
        error: "filter-unreadable",
        category: "input",
        detail: `The filter ${path} can't be read: ${error instanceof Error ? error.message : String(error)}.`,
        hint: "Write its path relative to the pipeline file.",
      },
      { cause: error },
    );
  }
}

/** A filter in `.codetracer` is the project's around it. */
function rootOf(path: string): string {
  const directory = dirname(path);
  return basename(directory) === ".codetracer" ? dirname(directory) : directory;
}
