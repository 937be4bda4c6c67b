import type { Issue } from "../pipeline/pipeline-issue.ts";
import type { Capacity } from "../schedule/ready-queue.ts";
import type { Graph } from "./graph.ts";

/** Phases that ask for more than the machine has, and would never start. */
export function checkResources(graph: Graph, selected: ReadonlySet<string>, capacity: Capacity): readonly Issue[] {
  return [...selected].flatMap((name) => {
    const { resources } = graph.phases.get(name)!;
    return (["cpu", "memory", "gpu"] as const)
      .filter((kind) => resources[kind] > capacity[kind])
      .map((kind) => ({
        path: ["phases", name, "resources", kind],
        message: `asks for ${resources[kind]} ${UNITS[kind]}; there ${capacity[kind] === 1 ? "is" : "are"} ${capacity[kind]}.`,
        hint: "Ask for less, or run it where there is more.",
      }));
  });
}

const UNITS = { cpu: "cores", memory: "MiB of memory", gpu: "gpu" } as const;
