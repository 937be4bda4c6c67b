import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { isNetworkFilesystem } from "../io/run-directory/network-filesystem.ts";

/** The option by which a person allows it. */
export interface NetworkOptions {
  readonly allowNetworkFilesystem?: true;
}

/**
 * @param isNetwork whether a path that is there lies on a network file system.
 * @throws OrchestrateError `network-filesystem` (policy): locks can't be trusted there.
 */
export function refuseNetwork(
  runsDirectory: string,
  options: NetworkOptions,
  isNetwork: (path: string) => boolean = isNetworkFilesystem,
): void {
  let place = runsDirectory;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  if (options.allowNetworkFilesystem === true || !isNetwork(place)) return;
  throw new OrchestrateError({
    error: "network-filesystem",
    category: "policy",
    detail: `${runsDirectory} lies on a network file system, where a lock may not keep two engines apart.`,
    hint: "Choose another place with --runs-dir, or allow it with --allow-network-filesystem.",
  });
}
