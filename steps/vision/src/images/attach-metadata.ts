import { type Log, StepError } from "@orchestrate/sdk";
import type { Picture } from "./image-set.ts";
import type { Metadata } from "./metadata.ts";

/**
 * Adds columns to the pictures that rows name, over those that are known already. Rows that name no picture are told
 * of.
 *
 * @throws StepError `metadata-repeats` (input) where two rows name one picture.
 */
export async function attachMetadata(
  pictures: readonly Picture[],
  rows: AsyncIterable<Metadata & { readonly name: string }>,
  log: Log,
): Promise<Picture[]> {
  const byName = new Map<string, Metadata>();
  for await (const { name, ...columns } of rows) {
    if (byName.has(name)) throw repeats(name);
    byName.set(name, columns);
  }
  const named = pictures.map((picture) => {
    const columns = byName.get(picture.name);
    return columns === undefined ? picture : { ...picture, metadata: { ...picture.metadata, ...columns } };
  });
  const known = new Set(pictures.map(({ name }) => name));
  const strangers = [...byName.keys()].filter((name) => !known.has(name));
  if (strangers.length > 0)
    log.warn(`${strangers.length} rows of metadata name no picture: ${strangers.slice(0, 20).join(", ")}`);
  return named;
}

function repeats(name: string): StepError {
  return new StepError({
    error: "metadata-repeats",
    category: "input",
    detail: `Two rows of the metadata name the picture ${name}.`,
    hint: "Keep one row a picture, with all its columns.",
  });
}
