import { existsSync } from "node:fs";
import { join } from "node:path";
import { INDEX_FILE } from "../../io/index/index-file.ts";
import { openIndex } from "../../io/index/open-index.ts";

/**
 * Deletes runs so that what others hold is not digested anew: files are shared by hard links, and one link less is a
 * new ctime of them all. It is taken over where nothing else of a file is new.
 */
export async function keepIndexTrue<T>(
  runsDirectory: string,
  keptRuns: Iterable<string>,
  deleteOthers: () => Promise<T>,
): Promise<T> {
  if (!existsSync(join(runsDirectory, INDEX_FILE))) return deleteOthers();
  const index = openIndex(runsDirectory);
  try {
    const unchanged = [...keptRuns].flatMap((run) => index.unchangedOf(run));
    const deleted = await deleteOthers();
    for (const { directory } of unchanged) index.linked(directory);
    return deleted;
  } finally {
    index.close();
  }
}
