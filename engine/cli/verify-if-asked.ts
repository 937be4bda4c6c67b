import { type Verification, verifyRun } from "@orchestrate/manifests";
import type { Project } from "./open-project.ts";

/** Verifies a run where the pipeline or profile says `verify: digest`. */
export async function verifyIfAsked(
  { pipeline }: Project,
  directory: string,
): Promise<{ readonly verification?: Verification }> {
  return pipeline.options.verify === "digest" ? { verification: await verifyRun(directory) } : {};
}
