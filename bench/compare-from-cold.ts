import type { BenchOptions } from "./bench-options.ts";
import { fromCold } from "./from-cold.ts";
import type { Graph } from "./graph.ts";
import { measure } from "./measure.ts";
import { report } from "./report.ts";
import { bare } from "./sides/bare.ts";
import { orchestrate } from "./sides/orchestrate.ts";
import { makeDirectory, rivals } from "./sides/rivals.ts";
import { workspace } from "./workspace.ts";

export interface ColdComparison {
  readonly title: string;
  readonly graph: Graph;
  readonly work: "function" | "shell";
  readonly rounds: number;
  /** By durability: the ratio to the bare loop that is to be reached. */
  readonly atMost: Readonly<Record<"strict" | "relaxed", number>>;
}

/**
 * Runs a graph from cold by the engine and by the bare loop, strict and relaxed, with ninja beside them, and prints it.
 */
export function compareFromCold(comparison: ColdComparison, options: BenchOptions): void {
  using space = workspace();
  const { graph, work, atMost } = comparison;
  const levels = ["strict", "relaxed"] as const;
  const sides = levels.flatMap((durability) => [
    orchestrate(graph, makeDirectory(space.path, `ours-${durability}`), { work, durability }),
    bare(graph, makeDirectory(space.path, `bare-${durability}`), { work, durability }),
    ...(work === "function"
      ? [bare(graph, makeDirectory(space.path, `call-${durability}`), { work: "call", durability })]
      : []),
  ]);
  const timings = measure(
    [...sides, ...rivals(graph, space.path, ["ninja"])].map((side) => fromCold(side, graph)),
    options.size === "quick" ? { count: 1, warmUp: 0 } : { count: options.rounds ?? comparison.rounds, warmUp: 1 },
  );
  const targets = levels.map((level) => ({
    of: `orchestrate, ${level}`,
    against: `bare loop, ${level}`,
    atMost: atMost[level],
  }));
  console.log(report(`${comparison.title}, ${graph.name}`, timings, targets));
}
