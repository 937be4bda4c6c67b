import { type Workbench, type WorkbenchOptions, workbench } from "./containers/workbench-container.ts";
import type { Invocation } from "./invocation.ts";
import { locatePipeline } from "./locate-pipeline.ts";
import type { RunsOptions } from "./locate-runs.ts";
import { openProject, type Project, type ProjectOptions } from "./open-project.ts";

/** Makes a workbench for as long as it is used. */
export async function withWorkbench<T>(options: WorkbenchOptions, use: (bench: Workbench) => Promise<T>): Promise<T> {
  const bench = workbench(options);
  try {
    return await use(bench);
  } finally {
    bench.close();
  }
}

/** What most commands begin with. */
export interface OpenedProject {
  readonly project: Project;
  readonly runsDirectory: string;
}

/** Loads and resolves the pipeline, and finds its runs. */
async function openWithRuns(invocation: Invocation, options: ProjectOptions & RunsOptions): Promise<OpenedProject> {
  const { found, runsDirectory } = await locatePipeline(invocation, options);
  return { project: await openProject(found, options), runsDirectory };
}

/** The same, with a workbench for a command that runs nothing. */
export async function withPlanner<T>(
  invocation: Invocation,
  options: ProjectOptions & RunsOptions,
  use: (opened: OpenedProject & { readonly bench: Workbench }) => Promise<T>,
): Promise<T> {
  const opened = await openWithRuns(invocation, options);
  const { project, runsDirectory } = opened;
  const { environment } = invocation;
  return withWorkbench({ runsDirectory, root: project.root, environment }, (bench) => use({ ...opened, bench }));
}
