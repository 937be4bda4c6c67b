/**
 * Neighbours under the residual correlation: points of the unit cube, Matérn 5/2, lengthscale 0.2, 512 inducing points.
 * Wall time on two threads, and processor time beside it, which a busy machine does not change much:
 *
 *     node bench/cover-tree/residual.ts [--part some,far,all] [--quick]
 */
import { parseArgs } from "node:util";
import { generatePoints } from "../../steps/cover-tree/src/points/generate-points.ts";
import type { PointSet } from "../../steps/cover-tree/src/points/point-set.ts";
import { answerQueries } from "../../steps/cover-tree/src/query/answer-queries.ts";
import { automaticTraversals } from "../../steps/cover-tree/src/query/built-in-traversals.ts";
import { selectQueries } from "../../steps/cover-tree/src/query/select-queries.ts";
import { traversalContext } from "../../steps/cover-tree/src/query/traversal-context.ts";
import { chooseInducing } from "../../steps/cover-tree/src/residual/choose-inducing.ts";
import { ResidualOptions } from "../../steps/cover-tree/src/residual/residual-options.ts";
import type { Distance } from "../../steps/cover-tree/src/space/distance.ts";
import { openSpace } from "../../steps/cover-tree/src/space/open-space.ts";
import { buildTree } from "../../steps/cover-tree/src/tree/build-tree.ts";
import type { CoverTree } from "../../steps/cover-tree/src/tree/cover-tree.ts";
import { columns, ratioLine, verdict } from "../report.ts";
import { growth } from "./settings.ts";

const { quick, part } = parseArgs({
  options: { quick: { type: "boolean", default: false }, part: { type: "string", default: "some,far,all" } },
}).values;
const share = quick ? 16 : 1;
const count = 32_768 / share;
const k = 50;
const points = generatePoints("uniform", count, 3, 1);
const rows = Int32Array.from({ length: count }, (_, row) => row);
const some = Array.from({ length: 1024 / share }, (_, index) => index * 32);
const parts = new Set(part.split(","));

console.log(`${count} points, k = ${k}, two threads, times include V`);
if (parts.has("some") || parts.has("all")) {
  const { distance, inducing, tree } = await given("Matérn 5/2 of lengthscale 0.2", 0.2);
  if (parts.has("some")) {
    const first = await compareWithScan(distance, inducing, tree);
    console.log(`  ${some.length} queries at most 5 s: ${verdict(first.wall, 5)}`);
  }
  if (parts.has("all")) {
    const all = await timed(() => answered(distance, inducing, tree, "automatic", undefined, true));
    tell(`all ${count} predecessor queries (${all.result})`, all);
    console.log(`  all at most 40 s: ${verdict(all.wall, 40)}`);
  }
}
if (parts.has("far")) {
  // A thousandth of the cube's side: nothing is correlated with anything, and all distances are close to 1.
  const { distance, inducing, tree } = await given("Nothing to prune: lengthscale 0.001", 0.001);
  await compareWithScan(distance, inducing, tree);
}

async function given(title: string, lengthscale: number) {
  console.log(title);
  const process_ = ResidualOptions.parse({ lengthscale, inducing: 512 / share });
  const distance: Distance = { kind: "residual", name: "residual-correlation", options: process_, process: process_ };
  const inducing = chooseInducing(points, process_.inducing, 1);
  const built = await timed(async () => {
    const open = openSpace(distance, points, inducing, "points");
    return buildTree(open, rows, rows, growth());
  });
  tell("build of the tree", built);
  return { distance, inducing, tree: built.result };
}

/** The automatic choice beside our own scan, in turn; the least of three times each. */
async function compareWithScan(distance: Distance, inducing: PointSet, tree: CoverTree) {
  const ours: Times[] = [];
  const scans: Times[] = [];
  let chosen = "";
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    const automatic = await timed(() => answered(distance, inducing, tree, "automatic", some, false));
    chosen = automatic.result;
    ours.push(automatic);
    scans.push(await timed(() => answered(distance, inducing, tree, "tiled-scan", some, false)));
  }
  const least = (times: readonly Times[]) => times.toSorted((a, b) => a.cpu - b.cpu)[0]!;
  tell(`${some.length} queries (automatic: ${chosen})`, least(ours));
  tell(`${some.length} queries (tiled-scan)`, least(scans));
  const ratio = least(ours).cpu / least(scans).cpu;
  console.log(columns([ratioLine("automatic / tiled scan, processor time", ratio, 1.1)]).join("\n"));
  return least(ours);
}

interface Times {
  readonly wall: number;
  readonly cpu: number;
}

function tell(what: string, { wall, cpu }: Times): void {
  console.log(`  ${what}: ${wall.toFixed(2)} s, processor ${cpu.toFixed(2)} s`);
}

/** From points to answers: V, the choice of a traversal, its layout, and the search. */
async function answered(
  distance: Distance,
  inducing: PointSet,
  tree: CoverTree,
  traversal: "automatic" | "tiled-scan",
  chosen: readonly number[] | undefined,
  predecessor: boolean,
) {
  const open = openSpace(distance, points, inducing, "points");
  const { queries, ends } = selectQueries(rows, 0, predecessor, chosen);
  const ask = { kind: "nearest", k } as const;
  const context = traversalContext(open, tree, ask, queries, ends);
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
