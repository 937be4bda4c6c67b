import { resolve } from "node:path";
import type { Graph } from "../core/graph/graph.ts";
import type { Phase } from "../core/pipeline/pipeline.ts";
import type { Issue } from "../core/pipeline/pipeline-issue.ts";
import { isWithin } from "./is-within.ts";

/** Where a pipeline stands, absolute. */
export interface PipelinePlace {
  readonly root: string;
  readonly file: string;
  readonly runsDirectory: string;
}

/** A place that publishing would harm, and why. */
interface Taken {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

const ELSEWHERE = "Publish to a place of its own, as out/NAME.";
const STATE = "Publish elsewhere; for what a phase hands on to the next run there is { previous: phase.output }.";

/** Publications that would take the place of each other, of what the pipeline reads, or of the pipeline itself. */
export function checkPublish(graph: Graph, { root, file, runsDirectory }: PipelinePlace): readonly Issue[] {
  const phases = [...graph.phases.values()].map(({ phase }) => phase);
  if (phases.every(({ publish }) => publish === null)) return [];
  const taken: Taken[] = [
    { path: file, message: "is the pipeline's own file.", hint: ELSEWHERE },
    { path: runsDirectory, message: "is in the runs directory, or around it.", hint: ELSEWHERE },
    ...phases.flatMap((phase) => sourcesOf(phase, root)),
  ];
  const issues: Issue[] = [];
  for (const { name, publish } of phases) {
    if (publish === null) continue;
    const to = resolve(root, publish.to);
    const path = ["phases", name, "publish", "to"];
    const other = isWithin(root, to)
      ? { message: "is the pipeline's own directory, or one around it.", hint: ELSEWHERE }
      : taken.find(({ path }) => isWithin(path, to) || isWithin(to, path));
    if (other !== undefined) issues.push({ path, message: other.message, hint: other.hint });
    taken.push({ path: to, message: `is where "${name}" publishes.`, hint: ELSEWHERE });
  }
  return issues;
}

/** The paths that a phase reads, but those that depend on an item. */
function sourcesOf({ name, inputs }: Phase, root: string): readonly Taken[] {
  return Object.entries(inputs).flatMap(([input, wiring]) =>
    wiring.from !== "path" || wiring.path.includes("${")
      ? []
      : [
          {
            path: resolve(root, wiring.path),
            message: `is what "${name}" reads as its input "${input}".`,
            hint: STATE,
          },
        ],
  );
}
