import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { phaseDirectory, type RunDocument, readRunDocument } from "@orchestrate/manifests";
import { type Change, explain, type GatheredDigests } from "../core/plan/explain.ts";
import type { PlanEntry } from "../core/plan/plan.ts";
import { seedsOf } from "../core/plan/seeds.ts";
import { runNames } from "./locate-runs.ts";
import type { PreparedRun } from "./prepare-run.ts";
import { manifestIn } from "./records/manifest-in.ts";

/** What an entry differs in from the nearest earlier run that has it. */
export interface Explanation {
  readonly run: string;
  readonly changes: readonly Change[];
}

/** How many runs back are looked at. */
const LOOKED_AT = 20;

/** The newest runs of a directory, for the entries of a plan to be compared with. */
export class EarlierRuns {
  readonly #prepared: PreparedRun;
  readonly #directories: readonly string[];
  /** What each run.json says of steps: it may list ten thousand items, and ten thousand entries ask. */
  readonly #steps = new Map<string, RunDocument["steps"]>();
  readonly #gathered = new Map<string, GatheredDigests>();

  constructor(prepared: PreparedRun, runsDirectory: string) {
    this.#prepared = prepared;
    this.#directories = runNames(runsDirectory)
      .slice(0, LOOKED_AT)
      .map((run) => join(runsDirectory, run));
  }

  /** Compares an entry that runs, and gives the run with the fewest changes, of equals the newest. */
  explain(entry: PlanEntry): Explanation | undefined {
    const { decision, facts, instance } = entry;
    if (decision.type === "pending" || decision.type === "reuse" || facts === undefined || instance === undefined)
      return undefined;
    const { graph } = this.#prepared;
    const vertex = graph.phases.get(entry.phase)!;
    const present = {
      fingerprint: decision.fingerprint,
      config: facts.config.value,
      item: instance.item,
      seeds: seedsOf(graph, instance),
      files: vertex.step.files,
      gathered: this.#gatheredBy(entry),
    };
    let nearest: Explanation | undefined;
    for (const directory of this.#directories) {
      const earlier = manifestIn(phaseDirectory(directory, entry.phase, entry.key));
      if (earlier?.pipeline !== graph.pipeline.name || earlier.step.name !== vertex.step.name) continue;
      const changes = explain(present, earlier, this.#stepsOf(directory)[vertex.step.name]?.files);
      if (nearest === undefined || changes.length < nearest.changes.length)
        nearest = { run: basename(directory), changes };
    }
    return nearest;
  }

  #stepsOf(directory: string): RunDocument["steps"] {
    const known = this.#steps.get(directory);
    if (known !== undefined) return known;
    const path = join(directory, "run.json");
    const steps = existsSync(path) ? readRunDocument(path).document.steps : {};
    this.#steps.set(directory, steps);
    return steps;
  }

  /** What an entry gathers, as far as the plan knows it: that which is reused. */
  #gatheredBy({ instance }: PlanEntry): Readonly<Record<string, GatheredDigests>> {
    return Object.fromEntries(
      Object.entries(instance?.inputs ?? {}).flatMap(([name, input]) =>
        input.from === "gather" ? [[name, this.#digestsOf(input.phase, input.output)]] : [],
      ),
    );
  }

  #digestsOf(phase: string, output: string): GatheredDigests {
    const reference = `${phase}[*].${output}`;
    const known = this.#gathered.get(reference);
    if (known !== undefined) return known;
    const shares = [...this.#prepared.plan.entries.values()].flatMap((entry) => {
      if (entry.phase !== phase || entry.decision.type !== "reuse") return [];
      const digest = entry.decision.candidate.outputs[output]?.digest;
      return digest === undefined ? [] : [[entry.key ?? "", digest] as const];
    });
    const digests = new Map(shares);
    this.#gathered.set(reference, digests);
    return digests;
  }
}
