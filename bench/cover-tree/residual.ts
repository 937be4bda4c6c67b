/**
 * Neighbours under the residual correlation: points of the unit cube, Matérn 5/2, lengthscale 0.2, 512 inducing points.
 * Wall time on two threads, and processor time beside it, which a busy machine does not change much:
 *
 *     node bench/cover-tree/residual.ts [--quick]
 */
import { parseArgs } from "node:util";
import { generatePoints } from "../../steps/cover-tree/src/points/generate-points.ts";
import { answerQueries } from "../../steps/cover-tree/src/query/answer-queries.ts";
import { automaticTraversals } from "../../steps/cover-tree/src/query/built-in-traversals.ts";
import { selectQueries } from "../../steps/cover-tree/src/query/select-queries.ts";
import { traversalContext } from "../../steps/cover-tree/src/query/traversal-context.ts";
import { chooseInducing } from "../../steps/cover-tree/src/residual/choose-inducing.ts";
import { ResidualOptions } from "../../steps/cover-tree/src/residual/residual-options.ts";
import type { Distance } from "../../steps/cover-tree/src/space/distance.ts";
import { openSpace } from "../../steps/cover-tree/src/space/open-space.ts";
import { buildTree } from "../../steps/cover-tree/src/tree/build-tree.ts";
import { columns, ratioLine, verdict } from "../report.ts";
import { growth } from "./settings.ts";

const { quick } = parseArgs({ options: { quick: { type: "boolean", default: false } } }).values;
const share = quick ? 16 : 1;
const count = 32_768 / share;
const k = 50;
const process_ = ResidualOptions.parse({ lengthscale: 0.2, inducing: 512 / share });
const distance: Distance = { kind: "residual", name: "residual-correlation", options: process_, process: process_ };
const points = generatePoints("uniform", count, 3, 1);
const inducing = chooseInducing(points, process_.inducing, 1);
const rows = Int32Array.from({ length: count }, (_, row) => row);
const some = Array.from({ length: 1024 / share }, (_, index) => index * 32);

console.log(`${count} points, k = ${k}, two threads, times include V`);
const tree = await timed(async () => {
  const { space } = openSpace(distance, points, inducing, "points");
  return buildTree(space, rows, rows, growth());
});
tell("build of the tree", tree, "reported");
const first = await timed(() => answered("automatic", some, false));
tell(`${some.length} queries (${first.result})`, first, `at most 5 s: ${verdict(first.wall, 5)}`);
const scan = await timed(() => answered("tiled-scan", some, false));
tell(`${some.length} queries (tiled-scan)`, scan, "to compare");
console.log(columns([ratioLine("automatic / tiled scan, processor time", first.cpu / scan.cpu, 1.1)]).join("\n"));
const all = await timed(() => answered("automatic", undefined, true));
tell(`all ${count} predecessor queries (${all.result})`, all, `at most 40 s: ${verdict(all.wall, 40)}`);

function tell(what: string, { wall, cpu }: { readonly wall: number; readonly cpu: number }, verdictText: string): void {
  console.log(`  ${what}: ${wall.toFixed(2)} s, processor ${cpu.toFixed(2)} s, ${verdictText}`);
}

/** From points to answers: V, the choice of a traversal, its layout, and the search. */
async function answered(
  traversal: "automatic" | "tiled-scan",
  chosen: readonly number[] | undefined,
  predecessor: boolean,
) {
  const open = openSpace(distance, points, inducing, "points");
  const { queries, ends } = selectQueries(rows, 0, predecessor, chosen);
  const ask = { kind: "nearest", k } as const;
  const context = traversalContext(open, tree.result, ask, queries, ends);
  const { name, made } =
    traversal === "automatic"
      ? automaticTraversals().select(context, console.log)
      : { name: traversal, made: context.plan(traversal) };
  const signal = new AbortController().signal;
  await answerQueries(open, made, { ask, queries, ends, threads: 2, signal, progress: () => {} });
  return name;
}

async function timed<T>(work: () => Promise<T>) {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}
