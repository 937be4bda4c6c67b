/**
 * Materialising reused phases beside a bare loop of the same mkdir, link and manifest write:
 * `node bench/reused-phases.ts`.
 */
import { benchOptions } from "./bench-options.ts";
import { fromCold } from "./from-cold.ts";
import { chain, fan, firstSources, type Graph, layers } from "./graph.ts";
import { type Contender, measure } from "./measure.ts";
import { report } from "./report.ts";
import { setAside } from "./set-aside.ts";
import { bare } from "./sides/bare.ts";
import { type OrchestrateOptions, orchestrate } from "./sides/orchestrate.ts";
import { makeDirectory } from "./sides/rivals.ts";
import { checkResults } from "./sides/side.ts";
import { workspace } from "./workspace.ts";

const options = benchOptions(process.argv.slice(2));
const levels = ["strict", "relaxed"] as const;
const graphs = [
  { graph: chain(200), rounds: 9 },
  { graph: fan(1_000), rounds: 5 },
  { graph: layers(100, 100), rounds: 2 },
];

for (const { graph, rounds } of options.size === "quick" ? [{ graph: layers(2, 2), rounds: 1 }] : graphs) {
  if (options.sizes?.includes(graph.tasks.length) === false) continue;
  using space = workspace();
  const contenders = levels.flatMap((durability) => [
    newRun(graph, makeDirectory(space.path, `ours-${durability}`), durability),
    fromCold(bare(graph, makeDirectory(space.path, `bare-${durability}`), { work: "link", durability }), graph),
  ]);
  const timings = measure(
    contenders,
    options.size === "quick" ? { count: 1, warmUp: 0 } : { count: options.rounds ?? rounds, warmUp: 1 },
  );
  const targets = levels.map((level) => ({
    of: `orchestrate, ${level}`,
    against: `bare loop, ${level}`,
    atMost: 1.3,
  }));
  console.log(report(`Every phase reused in a new run, ${graph.name}`, timings, targets));
}

/** A run of which everything is there already in another; the former one like it is taken away before. */
function newRun(graph: Graph, directory: string, durability: OrchestrateOptions["durability"]): Contender {
  const side = orchestrate(graph, directory, { work: "function", durability });
  side.run();
  let former: string | undefined;
  return {
    name: side.name,
    prepare: () => {
      if (former !== undefined) setAside(former);
    },
    run: () => void side.run(["--new-run"]),
    check: () => {
      former = side.runDirectory();
      const reused = side.count("reused");
      if (reused !== graph.tasks.length) throw new Error(`${reused} phases of ${graph.tasks.length} were reused`);
      checkResults(side, graph, firstSources(graph));
    },
  };
}
