import type { FoundOutput } from "./check-outputs.ts";
import type { ReusedOutput } from "./commit-request.ts";
import { parentsOf } from "./remove-extras.ts";
import { filesOf } from "./seal-output.ts";

/** All that must be durable before a staging directory is renamed: its files, and every directory in it and itself. */
export function pathsToSync(
  staging: string,
  outputs: readonly FoundOutput[],
  reused: Readonly<Record<string, ReusedOutput>>,
): string[] {
  const paths = new Set<string>();
  for (const output of outputs) {
    if (reused[output.name]?.bytes !== "durable") for (const { absolute } of filesOf(output)) paths.add(absolute);
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
