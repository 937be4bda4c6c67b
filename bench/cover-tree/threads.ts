/**
 * Builds on one thread and on two, in turn, by the clock on the wall; both must give the same tree. Threads are started
 * in all of them, also where the steps would not, to see from how many points on that pays:
 *
 *     node bench/cover-tree/threads.ts [--part 65536x3,65536x8,262144x3,262144x8,1000000x3,1000000x8,residual] [--rounds 3] [--quick]
 */
import { isDeepStrictEqual, parseArgs } from "node:util";
import { generatePoints } from "../../steps/cover-tree/src/points/generate-points.ts";
import { noPoints } from "../../steps/cover-tree/src/points/join-points.ts";
import { chooseInducing } from "../../steps/cover-tree/src/residual/choose-inducing.ts";
import { ResidualOptions } from "../../steps/cover-tree/src/residual/residual-options.ts";
import type { Distance } from "../../steps/cover-tree/src/space/distance.ts";
import { openSpace } from "../../steps/cover-tree/src/space/open-space.ts";
import { buildTree } from "../../steps/cover-tree/src/tree/build-tree.ts";
import type { CoverTree } from "../../steps/cover-tree/src/tree/cover-tree.ts";
import { summarize } from "../measure.ts";
import { columns } from "../report.ts";
import { euclidean, growth } from "./settings.ts";

const parts = "65536x3,65536x8,262144x3,262144x8,1000000x3,1000000x8,residual";
const { quick, part, rounds } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    part: { type: "string", default: parts },
    rounds: { type: "string", default: "3" },
  },
}).values;
const share = quick ? 16 : 1;

for (const each of part.split(",")) {
  if (each === "residual") {
    const process = ResidualOptions.parse({ lengthscale: 0.2, inducing: 512 / share });
    const distance: Distance = { kind: "residual", name: "residual-correlation", options: {}, process };
    await compare(`residual correlation, ${32_768 / share} x 3`, distance, 32_768 / share, 3);
  } else {
    const [count, dimension] = each.split("x").map(Number);
    await compare(`Gaussian, ${count! / share} x ${dimension}`, euclidean, Math.floor(count! / share), dimension!);
  }
}

async function compare(title: string, distance: Distance, count: number, dimension: number): Promise<void> {
  const points = generatePoints(distance.kind === "residual" ? "uniform" : "normal", count, dimension, 1);
  const inducing = distance.kind === "residual" ? chooseInducing(points, distance.process.inducing, 1) : noPoints;
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const numbers = count * (dimension + inducing.count);
  const times: Record<number, number[]> = { 1: [], 2: [] };
  const trees: Record<number, CoverTree> = {};
  for (let round = quick ? 0 : -1; round < (quick ? 1 : Number(rounds)); round++) {
    for (const most of [1, 2]) {
      const open = openSpace(distance, points, inducing, "points");
      const options = growth();
      const least = Math.min(numbers, options.threads.least);
      const start = performance.now();
      trees[most] = await buildTree(open, rows, rows, { ...options, threads: { most, least } });
      if (round >= 0) times[most]!.push(performance.now() - start);
    }
  }
  if (!isDeepStrictEqual(trees[1], trees[2])) throw new Error(`${title}: the trees differ`);
  const [one, two] = [1, 2].map((most) => summarize("", times[most]!));
  const range = ({ median, low, high }: NonNullable<typeof one>) =>
    `${median.toFixed(0)} ms (${low.toFixed(0)} to ${high.toFixed(0)})`;
  const ratios = times[1]!.map((time, round) => time / times[2]![round]!).sort((a, b) => a - b);
  const saved = `two threads ${(one!.median / two!.median).toFixed(2)}x as fast (${ratios[0]!.toFixed(2)} to ${ratios.at(-1)!.toFixed(2)})`;
  console.log(columns([[title, `one ${range(one!)}`, `two ${range(two!)}`, saved]]).join("\n"));
}
