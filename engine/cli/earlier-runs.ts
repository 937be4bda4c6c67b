import { existsSync } from "node:fs";
import { join } from "node:path";
import { type PhaseManifest, phaseDirectory, readPhaseManifest, readRunDocument } from "@orchestrate/manifests";
import { type Change, explain, type GatheredDigests } from "../core/plan/explain.ts";
import type { Plan, PlanEntry } from "../core/plan/plan.ts";
import { seedsOf } from "../core/plan/seeds.ts";
import { runNames } from "./locate-runs.ts";
import type { PreparedRun } from "./prepare-run.ts";

/** What an entry differs in from the nearest earlier run that has it. */
export interface Explanation {
  readonly run: string;
  readonly changes: readonly Change[];
}

/** How many runs back are looked at. */
const LOOKED_AT = 20;

/** Compares an entry with the earlier runs, and gives the one with the fewest changes, of equals the newest. */
export function explainEntry(prepared: PreparedRun, runsDirectory: string, entry: PlanEntry): Explanation | undefined {
  const { decision, facts } = entry;
  if (decision.type === "pending" || decision.type === "reuse" || facts === undefined) return undefined;
  const vertex = prepared.graph.phases.get(entry.phase)!;
  const present = {
    fingerprint: decision.fingerprint,
    config: facts.config.value,
    seeds: seedsOf(prepared.graph, vertex),
    files: vertex.step.files,
    gathered: gatheredDigests(prepared.plan, entry),
  };
  let nearest: Explanation | undefined;
  for (const run of runNames(runsDirectory).slice(0, LOOKED_AT)) {
    const earlier = earlierManifest(join(runsDirectory, run), entry);
    if (
      earlier === undefined ||
      earlier.pipeline !== prepared.graph.pipeline.name ||
      earlier.step.name !== vertex.step.name
    )
      continue;
    const changes = explain(present, earlier, earlierFiles(join(runsDirectory, run), vertex.step.name));
    if (nearest === undefined || changes.length < nearest.changes.length) nearest = { run, changes };
  }
  return nearest;
}

/** What an entry gathers, as far as the plan knows it: that which is reused. */
function gatheredDigests({ entries }: Plan, { instance }: PlanEntry): Readonly<Record<string, GatheredDigests>> {
  return Object.fromEntries(
    Object.entries(instance?.inputs ?? {}).flatMap(([name, input]) => {
      if (input.from !== "gather") return [];
      const shares = [...entries.values()].flatMap(({ phase, key, decision }) => {
        const digest = decision.type === "reuse" ? decision.candidate.outputs[input.output]?.digest : undefined;
        return phase === input.phase && digest !== undefined ? [[key ?? "", digest] as const] : [];
      });
      return [[name, new Map(shares)]];
    }),
  );
}

function earlierManifest(directory: string, { phase, key }: PlanEntry): PhaseManifest | undefined {
  const path = `${phaseDirectory(directory, phase, key)}/manifest.json`;
  return existsSync(path) ? readPhaseManifest(path).manifest : undefined;
}

function earlierFiles(directory: string, step: string): Readonly<Record<string, string>> | undefined {
  const path = join(directory, "run.json");
  return existsSync(path) ? readRunDocument(path).document.steps[step]?.files : undefined;
}
