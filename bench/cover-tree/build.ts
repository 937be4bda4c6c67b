/**
 * How the time of a build grows with the number of points, in processor time:
 *
 *     node bench/cover-tree/build.ts [--quick]
 */
import { parseArgs } from "node:util";
import { generatePoints } from "../../steps/cover-tree/src/points/generate-points.ts";
import { noPoints } from "../../steps/cover-tree/src/points/join-points.ts";
import { openSpace } from "../../steps/cover-tree/src/space/open-space.ts";
import { buildTree } from "../../steps/cover-tree/src/tree/build-tree.ts";
import { LEAF } from "../../steps/cover-tree/src/tree/cover-tree.ts";
import { columns, ratioLine, verdict } from "../report.ts";
import { processorTime } from "./processor-time.ts";
import { euclidean, growth } from "./settings.ts";

const { quick } = parseArgs({ options: { quick: { type: "boolean", default: false } } }).values;
const rounds = quick ? 1 : 5;
const share = quick ? 16 : 1;

for (const [dimension, count, atMost] of [
  [2, 32_768, 2.3],
  [3, 32_768, 2.3],
  [8, 32_768, 2.3],
  [16, 10_000, undefined],
  [64, 10_000, undefined],
] as const) {
  const [one, two] = [count / share, (2 * count) / share].map((size) => built(size, dimension));
  const ratio = two!.milliseconds / one!.milliseconds;
  const growthLine =
    atMost === undefined
      ? ["time for twice as many points", `${ratio.toFixed(2)}×`, "", "reported"]
      : ratioLine("time for twice as many points", ratio, atMost);
  const rows = [one!, two!].map(({ size, milliseconds, nodes }) => [
    `${size} points`,
    `${milliseconds.toFixed(0)} ms`,
    `${nodes} nodes`,
    dimension === 8 && size === count ? `at most 1000 ms: ${verdict(milliseconds, 1000)}` : "",
  ]);
  console.log(`Gaussian, ${dimension} columns\n${columns([...rows, [...growthLine]]).join("\n")}\n`);
}

/** The median of some builds after one that warms up. */
function built(size: number, dimension: number) {
  const points = generatePoints("normal", size, dimension, 1);
  const rows = Int32Array.from({ length: size }, (_, row) => row);
  const times: number[] = [];
  let nodes = 0;
  for (let round = 0; round <= rounds; round++) {
    const { result, milliseconds } = processorTime(() => {
      const { space } = openSpace(euclidean, points, noPoints, "points");
      return buildTree(space, rows, rows, growth());
    });
    nodes = result.levels.reduce((count, level) => count + (level === LEAF ? 0 : 1), 0);
    if (round > 0) times.push(milliseconds);
  }
  return { size, nodes, milliseconds: times.sort((a, b) => a - b)[times.length >> 1]! };
}
