/** How long it takes to see that nothing is to be done: `node bench/nothing-to-do.ts`. */
import { benchOptions } from "./bench-options.ts";
import { chain, fan, firstSources, type Graph, layers } from "./graph.ts";
import { type Contender, measure } from "./measure.ts";
import { report, type Target } from "./report.ts";
import { bareNode } from "./sides/bare-node.ts";
import { orchestrate } from "./sides/orchestrate.ts";
import { makeDirectory, rivals } from "./sides/rivals.ts";
import { checkResults, type Side } from "./sides/side.ts";
import { workspace } from "./workspace.ts";

const options = benchOptions(process.argv.slice(2));
const us = "orchestrate, relaxed";
const measured: readonly { readonly graph: Graph; readonly rounds: number; readonly targets: readonly Target[] }[] = [
  {
    graph: chain(200),
    rounds: 15,
    targets: [
      { of: us, against: "node -e 0", atMost: 4 },
      { of: us, against: "turbo", atMost: 1 },
    ],
  },
  { graph: fan(1_000), rounds: 11, targets: [{ of: us, against: "turbo", atMost: 2 / 3 }] },
  { graph: layers(100, 100), rounds: 5, targets: [{ of: us, against: "turbo", atMost: 1 / 5 }] },
];

for (const { graph, rounds, targets } of options.size === "quick" ? [{ ...measured[0]!, graph: chain(5) }] : measured) {
  if (options.sizes?.includes(graph.tasks.length) === false) continue;
  using space = workspace();
  const ours = orchestrate(graph, makeDirectory(space.path, "ours"), { work: "function", durability: "relaxed" });
  const sides = [
    ours,
    ...rivals(graph, space.path, options.turbo === "with" ? ["ninja", "make", "turbo"] : ["ninja", "make"]),
  ];
  for (const side of sides) side.run();
  const timings = measure(
    [bareNode(space.path), ...sides.map((side) => unchanged(side, graph))],
    options.size === "quick" ? { count: 1, warmUp: 0 } : { count: options.rounds ?? rounds, warmUp: 1 },
  );
  console.log(report(`Nothing to do, ${graph.name}`, timings, targets));
}

function unchanged(side: Side, graph: Graph): Contender {
  let printed = "";
  return {
    name: side.name,
    run: () => {
      printed = side.run();
    },
    check: () => {
      if (!side.didNothing(printed)) throw new Error(`${side.name} did something:\n${printed.slice(-1_000)}`);
      checkResults(side, graph, firstSources(graph));
    },
  };
}
