import { join } from "node:path";
import { type Profile, parseProfile } from "../core/pipeline/overlay.ts";
import { PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import type { ProfilePlaces } from "../io/config/list-profiles.ts";
import { loadProfile } from "../io/config/load-profile.ts";
import { placeIssues } from "./place-issues.ts";

/** A profile by name, checked. @throws OrchestrateError for one that is not there or not right, with the place. */
export async function readProfile(name: string, places: ProfilePlaces): Promise<Profile> {
  const loaded = await loadProfile(name, places);
  const parsed = parseProfile(loaded.document, join("profiles", name));
  if ("profile" in parsed) return parsed.profile;
  throw await placeIssues(new PipelineIssues(parsed.issues), loaded);
}
