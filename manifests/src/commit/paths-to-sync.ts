import type { FoundOutput } from "./check-outputs.ts";
import type { CommitRequest } from "./commit-request.ts";
import { parentsOf } from "./remove-extras.ts";
import { filesOf } from "./seal-output.ts";

/** All that must be durable before a staging directory is renamed: its files, and every directory in it and itself. */
export function pathsToSync(
  staging: string,
  outputs: readonly FoundOutput[],
  { reusedDigests = {}, carried = {} }: Pick<CommitRequest, "reusedDigests" | "carried">,
): string[] {
  const paths = new Set<string>();
  const isCarried = (path: string) => carried[path.slice(staging.length + 1)]?.bytes === "durable";
  for (const output of outputs) {
    if (reusedDigests[output.name]?.bytes !== "durable")
      for (const { absolute } of filesOf(output)) if (!isCarried(absolute)) paths.add(absolute);
    for (const directory of directoriesOf(staging, output)) paths.add(directory);
  }
  return [...paths, staging];
}

function directoriesOf(staging: string, { declared, absolute, items }: FoundOutput): string[] {
  const parents = parentsOf(declared.path).map((parent) => `${staging}/${parent}`);
  if (declared.form !== "directory") return parents;
  const below = items.filter(({ type }) => type === "directory").map(({ path }) => `${absolute}/${path}`);
  return [...below, absolute, ...parents];
}
