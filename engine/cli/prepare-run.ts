import { buildGraph } from "../core/graph/build-graph.ts";
import { checkResources } from "../core/graph/check-resources.ts";
import { type Graph, withAncestors, withDescendants } from "../core/graph/graph.ts";
import { PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import type { Candidate } from "../core/plan/candidate.ts";
import type { Pinned } from "../core/plan/instance-facts.ts";
import type { Capacity } from "../core/schedule/ready-queue.ts";
import { areSettled, type CodeStamp, stampOf } from "../io/code/code-stamp.ts";
import { machineCapacity } from "../io/outside/machine-capacity.ts";
import { loadPlugins } from "../io/plugins/load-plugins.ts";
import { checkPublish } from "../run/check-publish.ts";
import { checkSources } from "../run/check-sources.ts";
import { makePlan, type PreparedPlan } from "../run/make-plan.ts";
import { pinPrevious } from "../run/pin-previous.ts";
import type { Modules } from "../run/prepare-instances.ts";
import { buildCatalog, stepsOf } from "./build-catalog.ts";
import { namesOfPhases, selectedPhases } from "./check-phase-names.ts";
import { type ChosenFollower, chooseFollowers } from "./choose-followers.ts";
import type { Workbench } from "./containers/workbench-container.ts";
import { curbMemory } from "./curb-memory.ts";
import type { Project } from "./open-project.ts";
import type { StateLocks } from "./state-locks.ts";
import { unsetSecrets } from "./unset-secrets.ts";

/** Which phases, and what of earlier runs may be reused. */
export interface Selection {
  readonly phases: readonly string[];
  readonly force: readonly string[];
  readonly from: readonly string[];
  readonly reuse: "allowed" | "never";
  readonly concurrency: number | null;
}

/** All that is known before anything runs. */
export interface PreparedRun {
  /**
   * Of all that says which plugins there are and what their code is; undefined where times can't tell a later change.
   */
  readonly code: readonly CodeStamp[] | undefined;
  readonly graph: Graph;
  readonly modules: Modules;
  readonly capacity: Capacity;
  /** As asked for. */
  readonly asked: readonly string[];
  /** With all ancestors. */
  readonly selected: ReadonlySet<string>;
  readonly forced: ReadonlySet<string>;
  readonly reuse: "allowed" | "never";
  readonly previous: ReadonlyMap<string, Pinned>;
  readonly plan: PreparedPlan;
  readonly followers: readonly ChosenFollower[];
}

/** What a run that is to be driven adds to a plan. */
export interface Preparation {
  readonly recovered?: Recovered;
  /** Takes the locks of the state that is about to be looked at. */
  readonly locks?: StateLocks;
}

/** What a resumed run brings with it. */
export interface Recovered {
  readonly previous: ReadonlyMap<string, Pinned>;
  readonly candidates: ReadonlyMap<string, Candidate>;
}

/** Checks everything, and plans. @throws OrchestrateError for bad input, naming its place. */
export async function prepareRun(
  project: Project,
  bench: Workbench,
  selection: Selection,
  preparation: Preparation = {},
): Promise<PreparedRun> {
  try {
    return await prepare(project, bench, selection, preparation);
  } catch (error) {
    throw await project.place(error);
  }
}

async function prepare(
  project: Project,
  bench: Workbench,
  selection: Selection,
  { recovered, locks }: Preparation,
): Promise<PreparedRun> {
  const { pipeline } = project;
  await curbMemory(pipeline);
  const began = bench.clock.now();
  const looked: CodeStamp[] = [];
  const plugins = await loadPlugins({ root: project.root, onLook: (path) => looked.push(stampOf(path)) });
  const catalogScope = { plugins, inspector: bench.inspector, cache: bench.index };
  const { catalog, modules, stamps } = await buildCatalog(catalogScope, stepsOf(pipeline, plugins));
  const seen = [...looked, ...stamps];
  const code = areSettled(seen, began) ? seen : undefined;
  const graph = buildGraph(pipeline, catalog);
  const asked =
    selection.phases.length > 0 ? namesOfPhases(graph, selection.phases, "--phases") : [...graph.phases.keys()];
  const selected = withAncestors(graph, asked);
  const capacity = machineCapacity(selection.concurrency ?? pipeline.options.concurrency);
  bench.pool.limit(capacity.slots);
  const variable = (name: string) => bench.surroundings.variable(name);
  const place = { root: project.root, file: project.file, runsDirectory: bench.runsDirectory };
  const issues = [
    ...checkSources(graph, place),
    ...checkPublish(graph, place),
    ...checkResources(graph, selected, capacity),
    ...[...selected].flatMap((name) =>
      unsetSecrets(graph.phases.get(name)!.phase.secrets, ["phases", name, "secrets"], variable),
    ),
  ];
  if (issues.length > 0) throw new PipelineIssues(issues);
  const followers = await chooseFollowers(catalogScope, pipeline, variable);
  const again = [
    ...selectedPhases(selected, namesOfPhases(graph, selection.force, "--force"), "--force"),
    ...withDescendants(graph, selectedPhases(selected, namesOfPhases(graph, selection.from, "--from"), "--from")),
  ];
  const forced = new Set(again.filter((name) => selected.has(name)));
  const { index } = bench;
  // Whoever held them may have committed that state since the index was opened.
  if ((await locks?.take(graph, selected)) === "taken") index.refresh();
  const previous =
    recovered?.previous ??
    (await pinPrevious(graph, selected, (phase) =>
      index.previous({ pipeline: pipeline.name, state: pipeline.state, phase }),
    ));
  const newest = index.newestComplete(pipeline.name, pipeline.state);
  if (newest !== undefined) index.loadRun(newest);
  const { inspector, surroundings, files } = bench;
  const plan = await makePlan({
    graph,
    modules,
    inspector,
    surroundings,
    files,
    records: index,
    selected,
    decision: { platform: surroundings.platform, previous, forced, reuse: selection.reuse },
    ...(recovered === undefined ? {} : { recovered: recovered.candidates }),
  });
  index.flush();
  const { reuse } = selection;
  return { code, graph, modules, capacity, asked, selected, forced, reuse, previous, plan, followers };
}
