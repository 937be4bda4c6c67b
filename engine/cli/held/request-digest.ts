import { digestBytes } from "@orchestrate/manifests";
import type { FoundDocument } from "../../io/config/find-document.ts";
import { loadProfile } from "../../io/config/load-profile.ts";
import { machineCapacity } from "../../io/outside/machine-capacity.ts";
import { thisPlatform } from "../../io/outside/this-platform.ts";
import { builtInProfiles } from "../built-in-profiles.ts";
import { readNumber } from "../read-number.ts";
import type { RunOptions } from "../run-pipeline.ts";

/** What tells one request from another before the pipeline is parsed. */
export interface RequestScope {
  readonly found: FoundDocument;
  /** The pipeline's directory. */
  readonly root: string;
  readonly options: RunOptions;
}

/**
 * The digest of all that `run` is asked for and of the engine that is asked: the pipeline's text, the profile, every
 * option, the machine. Undefined where that can't be had without running code, or where reuse is not wanted.
 */
export async function requestDigest({ found, root, options }: RequestScope): Promise<string | undefined> {
  const { file, content } = found;
  const { force = [], from = [] } = options;
  if (content.as === "module" || options.cache === false || options.newRun === true) return undefined;
  if (force.length > 0 || from.length > 0) return undefined;
  const { profile, set = [], seed = null, phases = [], concurrency = null } = options;
  const preset = profile === undefined ? null : await loadProfile(profile, { root, builtIn: builtInProfiles() });
  const capacity = machineCapacity(concurrency === null ? null : readNumber("--concurrency", concurrency, { from: 1 }));
  // The bundle's name holds a digest of the engine's own code.
  const asked = [import.meta.url, thisPlatform(), capacity, file, content, preset?.document ?? null, set, seed, phases];
  return digestBytes(Buffer.from(JSON.stringify(asked)));
}
