import { resolve } from "node:path";
import type { Graph } from "../core/graph/graph.ts";
import type { Phase } from "../core/pipeline/pipeline.ts";
import type { Issue } from "../core/pipeline/pipeline-issue.ts";
import { isWithin } from "./is-within.ts";

/**
 * Paths that hold the runs directory. It changes with every run: an input would never be as it was when it was
 * digested, and code would never be the same again.
 */
export function checkSources(
  graph: Graph,
  { root, runsDirectory }: { readonly root: string; readonly runsDirectory: string },
): readonly Issue[] {
  return [...graph.phases.values()]
    .flatMap(({ phase }) => pathsOf(phase))
    .filter(({ written }) => isWithin(runsDirectory, resolve(root, written)))
    .map(({ path }) => ({
      path,
      message: `holds the runs directory ${runsDirectory}, which changes with every run.`,
      hint: "Name what is meant more closely, or keep the runs elsewhere with --runs-dir.",
    }));
}

function pathsOf({ name, inputs, code }: Phase) {
  return [
    ...Object.entries(inputs).flatMap(([input, wiring]) =>
      wiring.from === "path" ? [{ written: wiring.path, path: ["phases", name, "inputs", input, "path"] }] : [],
    ),
    ...code.map((written, index) => ({ written, path: ["phases", name, "code", index] })),
  ];
}
