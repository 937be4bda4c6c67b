/** Shell commands from cold beside a bare Node loop that spawns them: `node bench/shell-commands.ts`. */
import { benchOptions } from "./bench-options.ts";
import { compareFromCold } from "./compare-from-cold.ts";
import { chain, fan, layers } from "./graph.ts";

const options = benchOptions(process.argv.slice(2));
const graphs = [
  { graph: chain(200), rounds: 7 },
  { graph: fan(1_000), rounds: 3 },
  { graph: layers(100, 100), rounds: 1 },
];

for (const { graph, rounds } of options.size === "quick" ? [{ graph: layers(2, 2), rounds: 1 }] : graphs) {
  if (options.sizes?.includes(graph.tasks.length) === false) continue;
  const atMost = { strict: 1.3, relaxed: 1.3 };
  compareFromCold({ title: "Shell commands from cold", graph, work: "shell", rounds, atMost }, options);
}
