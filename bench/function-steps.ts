/** Function steps from cold beside a bare loop of the same file operations: `node bench/function-steps.ts`. */
import { benchOptions } from "./bench-options.ts";
import { compareFromCold } from "./compare-from-cold.ts";
import { chain, fan, layers } from "./graph.ts";

const options = benchOptions(process.argv.slice(2));
const graphs = [
  { graph: chain(200), rounds: 9 },
  { graph: fan(1_000), rounds: 5 },
  { graph: layers(100, 100), rounds: 2 },
];

for (const { graph, rounds } of options.size === "quick" ? [{ graph: layers(2, 2), rounds: 1 }] : graphs) {
  if (options.sizes?.includes(graph.tasks.length) === false) continue;
  const atMost = { strict: 1.5, relaxed: 2 };
  compareFromCold({ title: "Function steps from cold", graph, work: "function", rounds, atMost }, options);
}
