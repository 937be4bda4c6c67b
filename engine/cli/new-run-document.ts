import { hostname } from "node:os";
import { relative } from "node:path";
import type { RunDocument } from "@orchestrate/manifests";
import type { GitState } from "../io/outside/git-state.ts";
import { machineCapacity } from "../io/outside/machine-capacity.ts";
import type { Project } from "./open-project.ts";
import type { PreparedRun } from "./prepare-run.ts";

declare const __VERSION__: string;

/** What a run is known by, and the commit that it is of. */
export interface RunOrigin {
  readonly run: string;
  readonly runDirectory: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly git: GitState | null;
}

/** run.json of a new run. */
export function newRunDocument(
  project: Project,
  prepared: PreparedRun,
  { run, runDirectory, created, git }: RunOrigin,
): RunDocument {
  const { pipeline } = project;
  const steps = new Map(
    [...prepared.selected].map((name) => prepared.graph.phases.get(name)!.step).map((step) => [step.name, step]),
  );
  return {
    schema: "orchestrate.run/1",
    run,
    pipeline: pipeline.name,
    state: pipeline.state,
    created,
    root: relative(runDirectory, project.root) || ".",
    file: relative(project.root, project.file),
    profile: project.profile,
    overrides: [...project.overrides],
    seed: pipeline.seed,
    durability: pipeline.options.durability,
    reuse: pipeline.options.reuse,
    selected: [...prepared.asked],
    // A run that was to reuse nothing is resumed so as well.
    forced: [...(prepared.reuse === "never" ? prepared.selected : prepared.forced)],
    resolved: project.resolved as RunDocument["resolved"],
    previous: Object.fromEntries(
      [...prepared.previous].map(([reference, pinned]) => [
        reference,
        pinned === null ? null : { ...pinned, path: relative(runDirectory, pinned.path) },
      ]),
    ),
    steps: Object.fromEntries(
      [...steps].map(([name, { plugin, version, code, files, contract }]) => [
        name,
        { plugin, version, code, effects: contract.effects, files: { ...files } },
      ]),
    ),
    git,
    environment: {
      engine: __VERSION__,
      node: process.version,
      platform: process.platform,
      arch: process.arch,
      hostname: hostname(),
      cpus: machineCapacity(null).cpu,
    },
  };
}
