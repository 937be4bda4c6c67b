import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { listPhases, type RunDocument } from "@orchestrate/manifests";
import { instanceId } from "../../core/graph/instance.ts";
import { resolvePipeline } from "../../core/pipeline/resolve-pipeline.ts";

/** The phase instances of a run that began to change something outside and did not commit it, by id. */
export function begunEffects(directory: string, document: RunDocument): readonly string[] {
  const steps = new Set(
    Object.entries(document.steps).flatMap(([name, { effects }]) => (effects === "external" ? [name] : [])),
  );
  if (steps.size === 0) return [];
  const { pipeline } = resolvePipeline(document.resolved);
  return listPhases(directory)
    .filter(({ phase }) => steps.has(pipeline.phases.get(phase)?.step ?? ""))
    .filter(
      (phase) =>
        !existsSync(join(phase.directory, "manifest.json")) &&
        readdirSync(phase.directory).some((name) => name.endsWith(".fence.json")),
    )
    .map(({ phase, key }) => instanceId(phase, key));
}
