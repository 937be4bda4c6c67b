/** The time after a change must follow what has to run again: `node bench/one-change.ts`. */
import { benchOptions } from "./bench-options.ts";
import { type ChangingSide, changingSide } from "./changing-side.ts";
import { chain, countBelow, fan, firstSources, type Graph, layers } from "./graph.ts";
import { type Contender, measure, type Timing } from "./measure.ts";
import { columns, ratioLine, report } from "./report.ts";
import { setAside } from "./set-aside.ts";
import { type OrchestrateSide, orchestrate } from "./sides/orchestrate.ts";
import { makeDirectory, rivals } from "./sides/rivals.ts";
import type { Side } from "./sides/side.ts";
import { workspace } from "./workspace.ts";

/** How far the time may be above the line from "nothing runs again" to "all run again". */
const AT_MOST = 1.25;

const options = benchOptions(process.argv.slice(2));
const graphs = [
  { graph: chain(200), counts: [1], rounds: 7 },
  { graph: fan(1_000), counts: [1, 100, 500], rounds: 5 },
  { graph: layers(100, 100), counts: [1], rounds: 2 },
];

for (const { graph, counts, rounds } of options.size === "quick" ? [{ ...graphs[0]!, graph: chain(8) }] : graphs) {
  if (options.sizes?.includes(graph.tasks.length) === false) continue;
  using space = workspace();
  const side = orchestrate(graph, makeDirectory(space.path, "ours"), { work: "function", durability: "relaxed" });
  const ours = changingSide(side, graph);
  side.run();
  const others = rivals(graph, space.path, ["ninja"]).map((other) => changingSide(other, graph));
  for (const other of others) other.side.run();
  const cases = counts.map((count) => lastSources(graph, count));
  const timings = measure(
    [
      newRun(ours, [], 0, ["--new-run"]),
      ...cases.map(({ sources, below }) => newRun(ours, sources, below, [])),
      newRun(ours, [], graph.tasks.length, ["--no-cache"]),
      ...others.flatMap((other) => cases.map(({ sources, below }) => inPlace(other, sources, below))),
    ],
    options.size === "quick" ? { count: 1, warmUp: 0 } : { count: options.rounds ?? rounds, warmUp: 1 },
  );
  const proportions = cases.map(({ below }) => proportion(timings, below, graph.tasks.length));
  console.log(report(`After a change, ${graph.name}`, timings, []) + columns(proportions).join("\n"));
}

/** The last sources of a graph, on which the least rests. */
function lastSources(graph: Graph, count: number): { readonly sources: readonly string[]; readonly below: number } {
  const sources = [...firstSources(graph).keys()].slice(-count);
  return { sources, below: countBelow(graph, new Set(sources)) };
}

function newRun(
  { side, change, check }: ChangingSide<OrchestrateSide>,
  sources: readonly string[],
  below: number,
  args: readonly string[],
): Contender {
  let former: string | undefined;
  return {
    name: nameOf(below),
    prepare: () => {
      former = side.runDirectory();
      change(sources);
    },
    run: () => void side.run(args),
    check: () => {
      check();
      const computed = side.count("computed");
      if (computed !== below) throw new Error(`${computed} phases ran again, where ${below} had to`);
      setAside(former!);
    },
  };
}

function inPlace({ side, change, check }: ChangingSide<Side>, sources: readonly string[], below: number): Contender {
  return {
    name: `${side.name}, ${below} run again`,
    prepare: () => change(sources),
    run: () => void side.run(),
    check,
  };
}

function nameOf(below: number): string {
  return `orchestrate, ${below} run again`;
}

function proportion(timings: readonly Timing[], below: number, all: number): readonly string[] {
  const timeOf = (count: number) => timings.find(({ name }) => name === nameOf(count))!.median;
  const line = timeOf(0) + (below / all) * (timeOf(all) - timeOf(0));
  return ratioLine(`${below} run again / in proportion`, timeOf(below) / line, AT_MOST);
}
